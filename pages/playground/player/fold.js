// Says which layers are drawn as one block, and where the cells of a block lie.

/** @typedef {import("./shape.js").Network} Network */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box px */
/**
 * How a column is drawn: tile by tile; the inputs as the picture that they are, or as their number; hidden units as
 * the pictures of their weights; many hidden units, or many outputs, as cells.
 * @typedef {"" | "picture" | "columns" | "weights" | "cells"} Fold
 */

export const UNITS_ONE_BY_ONE = 16, INPUTS_ONE_BY_ONE = 8; // that are drawn one by one
const LARGEST_CELL = 56, BETWEEN = 4; // px of a cell with what lies between it and the next
const ROWS_AT_MOST = 8; // of a grid that has room beside it

/**
 * @param {Pick<Network, "dims" | "last" | "picture">} net
 * @param {number} k the column: 0 for the inputs, l + 1 for layer l
 * @returns {Fold}
 */
export function foldOf({ dims, last, picture }, k) {
  if (k === 0) return dims[0] <= INPUTS_ONE_BY_ONE ? "" : picture ? "picture" : "columns";
  if (k === 1 && picture && k <= last) return "weights";
  return dims[k] > UNITS_ONE_BY_ONE ? "cells" : "";
}

/** Whether single links lead to and from a column. @param {Fold} fold @param {number} n its inputs or units */
export const hasLinks = (fold, n) => !fold || (fold === "weights" && n <= UNITS_ONE_BY_ONE);

/**
 * The largest cells with which n of them fit into a room.
 * @param {number} n
 * @param {number} width px
 * @param {number} height
 */
function cellsIn(n, width, height) {
  let best = { across: 1, pitch: 0 };
  for (let across = 1; across <= n; across++) {
    const pitch = Math.min(LARGEST_CELL, width / across, height / Math.ceil(n / across));
    const isTall = Math.ceil(n / across) > ROWS_AT_MOST;
    if (pitch > best.pitch + 1e-9 || (isTall && pitch > 0.9 * best.pitch)) best = { across, pitch };
  }
  return best;
}

/**
 * A grid of n cells around a place, filled row by row.
 * @param {number} n
 * @param {number} x its middle
 * @param {number} y
 * @param {number} width px that it may take
 * @param {number} height
 * @returns {{ xs: number[], y: number[], size: number, box: Box }} the middles of the cells, and their side
 */
export function gridOf(n, x, y, width, height) {
  const { across, pitch } = cellsIn(n, width, height), down = Math.ceil(n / across);
  const left = x - (across * pitch) / 2, top = y - (down * pitch) / 2;
  const numbers = Array.from({ length: n }, (_, j) => j);
  return {
    xs: numbers.map((j) => left + ((j % across) + 0.5) * pitch),
    y: numbers.map((j) => top + (Math.floor(j / across) + 0.5) * pitch),
    size: Math.max(5, Math.floor(pitch - Math.min(BETWEEN, 0.2 * pitch))),
    box: { left, top, width: across * pitch, height: down * pitch },
  };
}
