// Goes between the coordinates of the surface and the pixels of the plane, and moves the window that it shows.

import { roundStep } from "../../live/kit/ticks.js";

/** @typedef {import("./types.js").Box} Box */
/** @typedef {import("./types.js").Floats} Floats */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./types.js").Window} Window */
/** @typedef {{ X: (x: number) => number, Y: (y: number) => number }} Scale */

const MARGIN = 0.08; // of the range of f, above and below a graph

/** From which value to which a graph reaches. @param {Floats} grid @returns {[low: number, high: number]} */
export function graphRange(grid) {
  const top = Math.max(...grid), bottom = Math.min(...grid), margin = (top - bottom) * MARGIN;
  return [bottom - margin, top + margin];
}

/**
 * @param {Box} box
 * @param {Window} window four numbers
 * @returns {Scale}
 */
export function scaleOf(box, [left, right, low, high]) {
  return {
    X: (x) => box.left + ((x - left) / (right - left)) * box.width,
    Y: (y) => box.top + ((high - y) / (high - low)) * box.height,
  };
}

/**
 * The round place under a pixel; the second number means nothing on a graph.
 * @param {Box} box
 * @param {Window} view
 * @param {Place} pixel
 * @returns {[number, number]}
 */
export function placeUnder(box, [left, right, low, high], [x, y]) {
  const step = roundStep(right - left, 400);
  /** @param {number} v */
  const snapped = (v) => +(Math.round(v / step) * step).toPrecision(8);
  return [
    snapped(left + ((x - box.left) / box.width) * (right - left)),
    snapped(high - ((y - box.top) / box.height) * (high - low)),
  ];
}

/**
 * The window after its picture has been dragged by a number of pixels.
 * @param {Box} box
 * @param {Window} window
 * @param {number} dx
 * @param {number} dy
 * @returns {Window}
 */
export function panned(box, [left, right, low, high], dx, dy) {
  const across = (dx / box.width) * (right - left);
  if (high === undefined) return [left - across, right - across];
  const up = (dy / box.height) * (high - low);
  return [left - across, right - across, low + up, high + up];
}

/**
 * The window made `factor` times as wide about a place that stays where it is.
 * @param {Box} box
 * @param {Window} window
 * @param {number} factor
 * @param {Place} pixel
 * @returns {Window}
 */
export function zoomed(box, [left, right, low, high], factor, [x, y]) {
  const u = (x - box.left) / box.width, v = 1 - (y - box.top) / box.height;
  const across = stretched(left, right, factor, u);
  return high === undefined ? across : [...across, ...stretched(low, high, factor, v)];
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} factor
 * @param {number} share of the range that lies before what stays
 */
function stretched(from, to, factor, share) {
  const lost = (to - from) * (1 - factor);
  return [from + lost * share, to - lost * (1 - share)];
}

/**
 * Where the picture of one window lies in another, and what of it the box cuts off: top, right, bottom, left.
 * @param {Box} box
 * @param {Window} window of the picture
 * @param {Window} view
 */
export function pictureOf({ width, height }, [l, r, b, t], [left, right, low, high]) {
  const sx = (r - l) / (right - left), sy = (t - b) / (high - low);
  const x = ((l - left) / (right - left)) * width, y = ((high - t) / (high - low)) * height;
  const inset = [-y / sy, (x + sx * width - width) / sx, (y + sy * height - height) / sy, -x / sx];
  return { x, y, sx, sy, inset: inset.map((v) => Math.max(0, v)) };
}
