// Turns places of the map's plane into pixels, and back.

/** @typedef {import("./slice.js").Axis} Axis */
/** @typedef {{ axes: [x: Axis, y: Axis], size: number }} Plane drawn as a square of size px */

/** @param {Axis} axis */
const span = ({ low, high }) => high - low;

/** @param {Plane} plane @param {number} u */
export const planeX = ({ axes: [x], size }, u) => ((u - x.low) / span(x)) * size;

/** @param {Plane} plane @param {number} v */
export const planeY = ({ axes: [, y], size }, v) => ((y.high - v) / span(y)) * size;

/**
 * A power of ten in the data's units, of which an axis has about so many.
 * @param {Axis} axis
 * @param {number} count
 */
export const roundUnit = (axis, count) => 10 ** Math.floor(Math.log10((span(axis) * axis.deviation) / count) + 1e-9);

/**
 * A value on an axis: a multiple of a unit of the data's units, and not off the axis.
 * @param {Axis} axis
 * @param {number} value
 * @param {number} unit
 */
export function roundedOn({ low, high, mean, deviation }, value, unit) {
  const own = +(Math.round((mean + deviation * value) / unit) * unit).toPrecision(12);
  return Math.max(low, Math.min(high, (own - mean) / deviation)) + 0; // + 0: never −0
}

/**
 * The place of the plane under a pixel, in round numbers; the nearest one if the pixel lies outside.
 * @param {Plane} plane
 * @param {number} left px
 * @param {number} top px
 * @returns {[u: number, v: number]}
 */
export function planePlace({ axes: [x, y], size }, left, top) {
  const u = x.low + (left / size) * span(x), v = y.high - (top / size) * span(y);
  return [roundedOn(x, u, roundUnit(x, 1000)), roundedOn(y, v, roundUnit(y, 1000))];
}
