// Turns places of the data's plane into pixels of the map, and back.

/** @typedef {{ domain: number, size: number }} Plane from −domain to domain, drawn as a square of size px */

/** @param {Plane} plane @param {number} x1 */
export const planeX = ({ domain, size }, x1) => ((x1 + domain) / (2 * domain)) * size;

/** @param {Plane} plane @param {number} x2 */
export const planeY = ({ domain, size }, x2) => ((domain - x2) / (2 * domain)) * size;

/** A length of the plane. @param {Plane} plane @param {number} pixels */
export const planeLength = ({ domain, size }, pixels) => (pixels / size) * 2 * domain;

/**
 * The place of the plane under a pixel, with two decimals; the nearest one if the pixel lies outside.
 * @param {Plane} plane
 * @param {number} x
 * @param {number} y
 * @returns {[x1: number, x2: number]}
 */
export function planePlace(plane, x, y) {
  const { domain } = plane;
  /** @param {number} value */
  const within = (value) => +Math.max(-domain, Math.min(domain, value)).toFixed(2) + 0; // + 0: never −0
  return [within(planeLength(plane, x) - domain), within(domain - planeLength(plane, y))];
}
