// Traces the decision boundaries of the map: where its number is zero, or where the likeliest class changes.

import { joinSegments, levelLine } from "../../live/kit/contours.js";

/** @typedef {Parameters<typeof joinSegments>[0]} LinePath */

/**
 * By how much class k is ahead of the best other one; never 0, so that a line between equals lies on one side.
 * @param {Int16Array} maps of all classes
 * @param {number} cells pixels of a map
 * @param {number} classes how many
 * @param {number} k
 * @returns {(at: number) => number}
 */
export function leadOf(maps, cells, classes, k) {
  return (at) => {
    let other = -40000;
    for (let c = 0; c < classes; c++) if (c !== k && maps[c * cells + at] > other) other = maps[c * cells + at];
    return maps[k * cells + at] - other || -1;
  };
}

/**
 * Whether no boundary of class k crosses the square of four pixels: they are all of one class, or none is of class k.
 * @param {Uint8Array} winner the likeliest class of each pixel
 * @param {number} n pixels in a row
 * @param {number} k
 * @param {number} at the first pixel of the square
 */
export function isInside(winner, n, k, at) {
  const a = winner[at], b = winner[at + 1], d = winner[at + n], e = winner[at + n + 1];
  return (a === b && b === d && d === e) || (a !== k && b !== k && d !== k && e !== k);
}

/**
 * Adds the line along which a map is 0.
 * @param {LinePath} path
 * @param {number} n pixels in a row
 * @param {number} unit px on the page for each
 * @param {(at: number) => number} valueAt
 * @param {(at: number) => boolean} [skip]
 */
export function traceZeroLine(path, n, unit, valueAt, skip) {
  /** @type {number[]} */
  const ends = [];
  levelLine(n, valueAt, (x1, y1, x2, y2) => ends.push(x1 * unit, y1 * unit, x2 * unit, y2 * unit), skip);
  joinSegments(path, ends);
}

/**
 * Adds the lines between the areas of the classes.
 * @param {LinePath} path
 * @param {number} n pixels in a row
 * @param {number} unit px on the page for each
 * @param {Int16Array} maps of all classes
 * @param {Uint8Array} winner
 * @param {number} classes how many
 */
export function traceClassLines(path, n, unit, maps, winner, classes) {
  const winning = new Set(winner);
  for (let k = 0; k < classes; k++) {
    if (!winning.has(k)) continue;
    traceZeroLine(path, n, unit, leadOf(maps, n * n, classes, k), (at) => isInside(winner, n, k, at));
  }
}
