// Which inside view is open: asked for here, told by the server. And the norms of all frames that it has told.

/** @typedef {import("../../live/kit/requests.js").Request} Request */
/** @typedef {import("../../live/kit/requests.js").Requests} Requests */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").State} State */
/** @typedef {ReturnType<typeof makeInside>} InsideKeeper */

/** @typedef {{ view: string, layer: number, batch: boolean }} Opened view: "" while all are closed; layer: from 0 */

/**
 * What a header tells of the open view.
 * @typedef {object} InsideFields
 * @property {number} number of this opening: frames tell for which one they were made
 * @property {string[]} [kinds] how each layer's space is drawn
 * @property {number} [lines] of the grid, each way
 * @property {number} [steps] points of each line
 * @property {number} [points] training points that are shown, the first ones
 * @typedef {Opened & InsideFields} Inside
 */

/** @typedef {Record<string, Float64Array>} InsideNumbers by block; some are in single precision, or whole */

/** @typedef {{ epoch: number, values: ArrayLike<number> }} Norms of all layers: gradient first, then update ÷ weight */

/**
 * What is open: as it was asked for, before the server has answered.
 * @param {Pick<State, "header" | "opening">} state
 * @returns {Opened}
 */
export const openedOf = ({ header, opening }) => opening || header?.inside || { view: "", layer: 0, batch: false };

/**
 * The numbers that a frame holds for the open view, by name; null for one that was made while another was open, and
 * while another has been asked for.
 * @param {Pick<State, "header" | "opening">} state
 * @param {Frame} frame
 * @returns {InsideNumbers | null}
 */
export function numbersOf({ header, opening }, frame) {
  if (!header?.inside.view || frame.looked !== header.inside.number) return null;
  const { view, layer, kinds } = header.inside; // only a space that is drawn is of one layer
  if (opening && (opening.view !== view || (kinds && opening.layer !== layer))) return null;
  return /** @type {any} */ (frame);
}

const MOST_DRAWN = 800; // frames of one line, about as many as it has pixels

/** The norms by frame, in their order. */
export function makeNorms() {
  /** @type {Map<number, Norms>} */
  const known = new Map();
  /** @type {number[] | null} */
  let order = [];
  return {
    /** @param {number} frame @param {Norms} norms */
    put(frame, norms) {
      const isNew = !known.has(frame);
      known.set(frame, norms);
      if (isNew && order && frame > (order.at(-1) ?? -1)) order.push(frame);
      else if (isNew) order = null;
    },

    /** Forgets the frames after one. @param {number} frame */
    cutAfter(frame) {
      for (const at of known.keys()) if (at > frame) known.delete(at);
      order = null;
    },

    /**
     * The frames up to one, in their order; of very many every second, or every fourth, …
     * @param {number} last
     */
    frames(last) {
      order = order || [...known.keys()].sort((a, b) => a - b);
      let end = order.length;
      while (end > 0 && order[end - 1] > last) end--;
      const every = 2 ** Math.max(0, Math.ceil(Math.log2(end / MOST_DRAWN)));
      return every === 1 ? order.slice(0, end) : order.filter((_, k) => k < end && (k % every === 0 || k === end - 1));
    },

    /** @param {number} frame */
    at: (frame) => known.get(frame),
  };
}

/**
 * @param {State} state
 * @param {Pick<Requests, "wish" | "waits">} requests
 * @param {Pick<import("./frames.js").Frames, "dropAfter">} frames
 * @param {() => void} changed called when another view takes its room
 */
export function makeInside(state, requests, frames, changed) {
  let told = 0; // the number of the opening in the last answer
  let asked = 0; // up to which frame of the past the norms have been asked for
  /** @type {number | null} */
  let upto = null; // the newest frame of the past; null: nothing is left to ask

  /** Has the past asked for anew. */
  function lookBack() { [asked, upto] = [0, state.seen]; }

  return {
    /** Opens a view, its layer or the mini-batch's gradient; view "" closes. @param {Partial<Opened>} change */
    open(change) {
      if (!state.header) return;
      const { view, layer, batch } = openedOf(state), wanted = { view, layer, batch, ...change };
      if (wanted.view === view && wanted.layer === layer && wanted.batch === batch) return;
      Object.assign(state, { opening: wanted, dirty: true });
      if (wanted.view !== view) lookBack();
      requests.wish({ kind: "inside", change: wanted });
      changed();
    },

    /**
     * Takes up an answer.
     * @param {import("./types.js").Header} header
     * @param {import("./types.js").Blocks} blocks
     * @param {string | undefined} kind of the request
     */
    take({ norms: past, inside: { number } }, blocks, kind) {
      if (past) {
        const { "norms.frame": numbers, "norms.epoch": epochs, "norms.values": values } = blocks;
        const width = values.length / numbers.length;
        for (let k = 0; k < numbers.length; k++) {
          state.norms.put(numbers[k], { epoch: epochs[k], values: values.slice(k * width, (k + 1) * width) });
        }
        asked = past.next ?? asked;
        if (past.next === null) upto = null;
      }
      const isOpened = kind === "inside" && !requests.waits("inside");
      const isTurned = (kind === "probe" || kind === "plane") && number !== told;
      told = number;
      if (isOpened || isTurned) frames.dropAfter(state.shown + 1); // those ahead were made without its numbers
      if (!isOpened) return;
      state.opening = null;
      requests.wish({ kind: "keep" });
    },

    /** A new run begins, or goes on in another way after a frame. @param {number} after −1 for a new one */
    begin(after) {
      state.norms.cutAfter(after);
      if (after < 0) state.opening = null;
      lookBack();
    },

    /** What to ask for while nothing else is wanted, or null. @returns {Request | null} */
    wanted() {
      if (!state.header || openedOf(state).view !== "norms" || state.header.inside.view !== "norms") return null;
      return upto ? { kind: "norms", upto, next: asked } : null;
    },
  };
}
