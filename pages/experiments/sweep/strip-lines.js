// How the strips of a sweep stand in lines, so that nothing has to be scrolled sideways.

/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {import("./types.js").Sweep} Sweep */

export const LEFT = 64, RIGHT = 12, GAP = 14; // px
const LEAST_STRIP = 54; // px

/**
 * The cells of each line, in groups that share a row: as many as there is room for.
 * @param {Sweep} sweep
 * @param {number} width px that there are
 * @returns {Cell[][][]}
 */
export function stripLines({ cells, across, down }, width) {
  const room = width - LEFT - RIGHT, most = Math.max(1, Math.floor(room / LEAST_STRIP));
  /** @type {Cell[][][]} */
  const lines = [];
  let free = 0;
  for (let row = 0; row < (down ? down.values.length : 1); row++) {
    const own = cells.filter((cell) => cell.row === row);
    for (let first = 0; first < across.values.length; first += most) {
      const group = own.slice(first, first + most), needed = group.length * LEAST_STRIP;
      if (lines.length && free >= needed + GAP) lines[lines.length - 1].push(group);
      else {
        lines.push([group]);
        free = room + GAP;
      }
      free -= needed + GAP;
    }
  }
  return lines;
}
