// Draws the eigenvectors of a quadratic's Hessian as dotted lines through its minimum.

import { distance } from "./pixels.js";
import { halo, stroked, textAt } from "./svg.js";
import { svgText } from "./text.js";

/** @typedef {import("./types.js").Eigenvector} Eigenvector */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./types.js").Ready} Ready */
/** @typedef {import("./window.js").Scale} Scale */

const ROOM = 60; // px between the name of an eigenvector and a step that is named, or the buttons
const REACH = { min: 0.86, max: 0.55 }; // of half the plane's width

/** How near the nearest place is. @param {Place} place @param {Place[]} places */
const nearest = (place, places) => Math.min(...places.map((other) => distance(place, other)));

/**
 * The end of an eigenvector at which its name stands: the upper or right one, unless a named step is nearer to it.
 * @param {Eigenvector} eigenvector
 * @param {number} reach its length in coordinates
 * @param {Scale} scale
 * @param {Place[]} named
 * @returns {[number, number]} in coordinates
 */
export function namedEnd({ name, vector: [a, b] }, reach, { X, Y }, named) {
  const turned = (name === "min" ? a : b) < 0 ? -reach : reach, x = a * turned, y = b * turned;
  const here = nearest([X(x), Y(y)], named), there = nearest([X(-x), Y(-y)], named);
  return here < ROOM && there > here ? [-x, -y] : [x, y];
}

/**
 * @param {Eigenvector} eigenvector
 * @param {number} reach
 * @param {Scale} scale
 * @param {Place[]} named
 */
function drawEigenvector(eigenvector, reach, scale, named) {
  const { X, Y } = scale, [x, y] = namedEnd(eigenvector, reach, scale, named), flat = Math.abs(x) > Math.abs(y);
  const line = `M${X(-x)},${Y(-y)}L${X(x)},${Y(y)}`, anchor = flat && x > 0 ? "end" : "start";
  const look = `text-anchor="${anchor}" fill="var(--ink)" ${halo(4)}`;
  const beside = flat ? -4 * Math.sign(x) : 9;
  return stroked(line, "var(--ink)", 1.6, 'stroke-dasharray="2 5"')
    + textAt(X(x) + beside, Y(y) + (flat ? -9 : 6), 16, look, svgText(`λ_{${eigenvector.name}}`));
}

const BUTTONS = { right: 26, bottom: 60 }; // px from the plane's corner to the middle of its buttons

/** @param {Ready} state @param {Scale} scale */
export function drawEigenvectors({ header, points, count, box }, scale) {
  const [left, right] = header.window;
  /** @type {Place[]} */
  const named = [[box.left + box.width - BUTTONS.right, box.top + box.height - BUTTONS.bottom]];
  for (let k = 0; k < Math.min(3, count); k++) named.push([scale.X(points[2 * k]), scale.Y(points[2 * k + 1])]);
  return header.axes.map((eigenvector) => {
    const reach = (right - left) * 0.5 * REACH[eigenvector.name];
    return drawEigenvector(eigenvector, reach, scale, named);
  }).join("");
}
