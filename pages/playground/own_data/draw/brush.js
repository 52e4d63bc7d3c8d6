// Scatters points: one, a cloud in the brush, or along the way of a drag.

import { isInside } from "./drawing.js";

/** @typedef {import("./types.js").Brush} Brush */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {() => number} Random a number from 0 to 1 */

const DECIMALS = 1000; // a pixel is about 0.02: what is finer can't be meant

/** @param {number} value */
const rounded = (value) => Math.round(value * DECIMALS) / DECIMALS || 0;

/** The point of a class at a place. @param {Place} place @param {number} kind @returns {Point} */
export const pointAt = ({ x1, x2 }, kind) => ({ x1: rounded(x1), x2: rounded(x2), kind });

/**
 * A point somewhere in the brush, each place alike.
 * @param {Place} middle
 * @param {Brush} brush
 * @param {Random} random
 */
function scattered({ x1, x2 }, { kind, width }, random) {
  const radius = (width / 2) * Math.sqrt(random()), angle = 2 * Math.PI * random();
  return pointAt({ x1: x1 + radius * Math.cos(angle), x2: x2 + radius * Math.sin(angle) }, kind);
}

/**
 * The points of a cloud in the brush, as many as it leaves on a unit of way; none beyond the plane.
 * @param {Place} middle
 * @param {Brush} brush
 * @param {number} domain
 * @param {Random} random
 */
export function cloud(middle, brush, domain, random) {
  const points = Array.from({ length: brush.density }, () => scattered(middle, brush, random));
  return points.filter(({ x1, x2 }) => isInside(x1, domain) && isInside(x2, domain));
}

/**
 * A spray that is drawn over the plane: it leaves `density` points on each unit of its way.
 * @param {Brush} brush
 * @param {Place} start
 * @param {number} domain
 * @param {Random} random
 */
export function makeSpray(brush, start, domain, random) {
  let at = start, since = 1; // the way since the last point, in points: a stroke leaves one at once

  /** Goes on to a place and tells the points on the way there. @param {Place} next */
  return function to(next) {
    const way = Math.hypot(next.x1 - at.x1, next.x2 - at.x2) * brush.density;
    /** @type {Point[]} */
    const points = [];
    for (since += way; since >= 1; since--) {
      const left = way > 0 ? (since - 1) / way : 0; // of this way, as a share
      const middle = { x1: next.x1 - left * (next.x1 - at.x1), x2: next.x2 - left * (next.x2 - at.x2) };
      const point = scattered(middle, brush, random);
      if (isInside(point.x1, domain) && isInside(point.x2, domain)) points.push(point);
    }
    at = next;
    return points;
  };
}
