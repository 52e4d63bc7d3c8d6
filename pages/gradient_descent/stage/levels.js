// Chooses the level curves of a grid of values and finds their lines.

import { joinSegments, levelLine } from "../../live/kit/contours.js";

/** @typedef {import("./types.js").Floats} Floats */
/** @typedef {import("./types.js").Place} Place */

export const LEVELS = 12;

/**
 * Levels that lie closer where most of the plane is low: even in f^(1/p), p such that half the plane is above the
 * middle.
 * @param {Floats} grid
 */
export function chooseLevels(grid) {
  const sorted = Float32Array.from(grid).filter(Number.isFinite).sort();
  /** @param {number} share */
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  const low = sorted[0], top = at(0.985), middle = (at(0.5) - low) / (top - low || 1);
  const p = Math.max(1, Math.min(7, Math.log(Math.max(1e-6, middle)) / Math.log(0.62)));
  return Array.from({ length: LEVELS }, (_, k) => low + (top - low) * ((k + 0.7) / LEVELS) ** p);
}

/**
 * The lines of one level as lists of points in cells from the corner of the plane.
 * @param {Floats} grid
 * @param {number} n cells along a side
 * @param {number} level
 */
export function levelLines(grid, n, level) {
  /** @type {number[]} */
  const ends = [];
  /** @type {Place[][]} */
  const lines = [];
  levelLine(n, (k) => grid[k] - level, (x1, y1, x2, y2) => ends.push(x1, y1, x2, y2));
  joinSegments({
    moveTo: (x, y) => lines.push([[x, y]]),
    lineTo: (x, y) => lines[lines.length - 1].push([x, y]),
  }, ends);
  return lines;
}
