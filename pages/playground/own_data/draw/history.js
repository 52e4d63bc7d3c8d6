// What was done to a drawing, so that it can be undone and done again.

/** @typedef {import("./types.js").Drawing} Drawing */
/** @typedef {ReturnType<typeof makeHistory>} History */

const MOST_STEPS = 100; // each holds a list of at most 20,000 points

/** @param {Drawing} first */
export function makeHistory(first) {
  let present = first;
  /** @type {Drawing[]} */
  let undone = [];
  /** @type {Drawing[]} */
  const done = [];

  return {
    get present() { return present; },
    get canUndo() { return done.length > 0; },
    get canRedo() { return undone.length > 0; },

    /** Goes on with another drawing; the same one is no step. @param {Drawing} next */
    take(next) {
      if (next === present) return;
      done.push(present);
      if (done.length > MOST_STEPS) done.shift();
      [present, undone] = [next, []];
    },

    undo() {
      const before = done.pop();
      if (!before) return;
      undone.push(present);
      present = before;
    },

    redo() {
      const next = undone.pop();
      if (!next) return;
      done.push(present);
      present = next;
    },
  };
}
