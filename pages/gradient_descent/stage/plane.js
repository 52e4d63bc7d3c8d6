// Draws the plane from above: level curve of the start, arrows, eigenvectors, minima, the path, frame and ticks.

import { framed, ticksBelow, ticksLeft } from "./frame.js";
import { drawEigenvectors } from "./eigenvectors.js";
import { levelLines } from "./levels.js";
import { presentStep, racePaths, runPath } from "./path.js";
import { lineOf, pathPixels } from "./pixels.js";
import { slopeArrows } from "./slopes.js";
import { stroked } from "./svg.js";

/** @typedef {import("./types.js").Floats} Floats */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./types.js").Ready} Ready */
/** @typedef {import("./window.js").Scale} Scale */

/** The level curve through the start; found once for each start and grid. @param {Ready} state */
function ownLines(state) {
  const { header, ground, values } = state, key = header.grid + values[0];
  if (state.own.key !== key) state.own = { key, lines: levelLines(ground.grid, header.cells, values[0]) };
  return state.own.lines;
}

/** @param {Ready} state */
function ownLevel(state) {
  const { box, header: { cells } } = state;
  let text = "";
  for (const line of ownLines(state)) {
    const pixels = line.map(([x, y]) => /** @type {Place} */ ([
      box.left + (x / cells) * box.width, box.top + (y / cells) * box.height,
    ]));
    text += stroked(lineOf(pixels), "var(--ink)", 1.6, 'stroke-opacity=".9"');
  }
  return text;
}

/** A cross at a minimum. @param {number} x @param {number} y */
function cross(x, y) {
  const lines = `M${x - 7},${y}h14M${x},${y - 7}v14`;
  return stroked(lines, "var(--bg)", 5) + stroked(lines, "var(--ink)", 2.2);
}

/**
 * @param {Ready} state
 * @param {Scale} scale
 * @param {string} color
 * @param {string[]} shapes
 */
function paths(state, { X, Y }, color, shapes) {
  const { box, k } = state;
  /** @param {Floats} points @param {number} count */
  const pixels = (points, count) =>
    pathPixels(count, box, (i) => X(points[2 * i]), (i) => Y(points[2 * i + 1]));
  if (state.racing) return racePaths(state, box, 2, shapes, pixels);
  const places = pixels(state.points, state.count);
  return runPath(places, box, k, color) + presentStep(places, box, k);
}

/**
 * @param {SVGElement} svg
 * @param {Ready} state
 * @param {Scale} scale
 * @param {boolean} there whether the grid is that of the window
 * @param {string} color of the path
 * @param {string[]} shapes of the racers
 */
export function drawPlane(svg, state, scale, there, color, shapes) {
  const { header, box, view: [left, right, low, high] } = state;
  let text = there && state.ground.key === header.grid ? ownLevel(state) + slopeArrows(state) : "";
  text += drawEigenvectors(state, scale);
  for (const [x, y] of header.minima) text += cross(scale.X(x), scale.Y(y));
  svg.innerHTML = framed(box, text + paths(state, scale, color, shapes))
    + ticksBelow(box, left, right, "*x*_{1}", scale.X) + ticksLeft(box, low, high, "*x*_{2}", scale.Y, 4);
}
