// Draws a surface of one coordinate: the graph of f with the steps on it.

import { roundTicks } from "../../live/kit/ticks.js";
import { framed, ticksBelow, ticksLeft } from "./frame.js";
import { presentStep, racePaths, runPath } from "./path.js";
import { lineOf, pathPixels } from "./pixels.js";
import { stroked } from "./svg.js";

/** @typedef {import("./types.js").Floats} Floats */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./types.js").Ready} Ready */
/** @typedef {import("./types.js").Window} Window */
/** @typedef {import("./window.js").Scale} Scale */

/**
 * The height of the graph at a place, between the middles of two cells.
 * @param {Floats} grid
 * @param {Window} window
 * @param {number} x
 */
export function heightAt(grid, [from, to], x) {
  const u = ((x - from) / (to - from)) * grid.length - 0.5;
  const i = Math.max(0, Math.min(grid.length - 2, Math.floor(u)));
  return grid[i] + (grid[i + 1] - grid[i]) * (u - i);
}

/** @param {Ready} state @param {Scale} scale */
function curveOf({ ground: { grid }, header: { window: [from, to] } }, { X, Y }) {
  const places = Array.from(grid, (value, i) => /** @type {Place} */ ([
    X(from + ((i + 0.5) / grid.length) * (to - from)), Y(value),
  ]));
  return stroked(lineOf(places), "var(--ink3)", 2, 'stroke-linejoin="round"');
}

/**
 * @param {Ready} state
 * @param {Scale} scale
 * @param {string} color
 * @param {string[]} shapes
 */
function pathsOn(state, { X, Y }, color, shapes) {
  const { box, points, values, k, header: { window }, ground: { grid } } = state;
  if (state.racing) {
    return racePaths(state, box, 1, shapes, (one, count) =>
      pathPixels(count, box, (i) => X(one[i]), (i) => Y(heightAt(grid, window, one[i]))));
  }
  const places = pathPixels(state.count, box, (i) => X(points[i]), (i) => Y(values[i]));
  return runPath(places, box, k, color) + presentStep(places, box, k);
}

/**
 * @param {SVGElement} svg
 * @param {Ready} state
 * @param {Scale} scale
 * @param {[low: number, high: number]} range of f
 * @param {string} color of the path
 * @param {string[]} shapes of the racers
 */
export function drawGraph(svg, state, scale, [low, high], color, shapes) {
  const { header, box, view: [left, right] } = state;
  let lines = "";
  for (const tick of roundTicks(low, high, 5)) {
    lines += stroked(`M${box.left},${scale.Y(tick)}h${box.width}`, "var(--hair)", 1);
  }
  let text = curveOf(state, scale);
  for (const [x] of header.minima) {
    text += stroked(`M${scale.X(x)},${box.top}v${box.height}`, "var(--ink3)", 1, 'stroke-dasharray="2 5"');
  }
  svg.innerHTML = lines + framed(box, text + pathsOn(state, scale, color, shapes))
    + ticksBelow(box, left, right, "*x*", scale.X) + ticksLeft(box, low, high, "*f*", scale.Y, 7);
}
