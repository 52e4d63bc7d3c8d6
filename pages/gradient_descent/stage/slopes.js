// Draws arrows in the direction of a step: against the gradient, or along it for ascent. They start on level curves,
// so that one sees the right angle between both.

import { distance } from "./pixels.js";
import { arrow } from "./svg.js";

/** @typedef {import("./types.js").Box} Box */
/** @typedef {import("./types.js").Floats} Floats */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./types.js").Ready} Ready */

const LEVELS_WITH_ARROWS = [4, 7, 10];
const LENGTH = 32; // px
const APART = 64; // px between the arrows of different lines

/**
 * One coordinate of the gradient at a place, interpolated between the four known places around it.
 * @param {Floats} slopes gradients at side × side places, first row on top
 * @param {number} side
 * @param {number} x share of the plane's width
 * @param {number} y share of its height, from the top
 * @param {0 | 1} coordinate
 */
export function slopeAt(slopes, side, x, y, coordinate) {
  const column = Math.min(side - 2, Math.floor(x * (side - 1))), row = Math.min(side - 2, Math.floor(y * (side - 1)));
  const u = x * (side - 1) - column, v = y * (side - 1) - row;
  const k = 2 * (row * side + column) + coordinate, below = k + 2 * side;
  return (slopes[k] * (1 - u) + slopes[k + 2] * u) * (1 - v) + (slopes[below] * (1 - u) + slopes[below + 2] * u) * v;
}

/** Whether a place is far enough from the edge for an arrow. @param {number} x @param {number} y shares of the plane */
const hasRoom = (x, y) => x >= 0.04 && x <= 0.96 && y >= 0.06 && y <= 0.94;

/**
 * Draws the arrows of one line; they are `spacing` apart along it.
 * @param {Place[]} line in cells from the corner
 * @param {Ready} state
 * @param {Floats} slopes
 * @param {number} spacing px
 * @param {Place[]} taken where arrows start already; the new ones are added
 */
function arrowsAlong(line, { box, header }, slopes, spacing, taken) {
  const { cells, arrows, ascent } = header, length = ascent ? -LENGTH : LENGTH;
  let text = "", walked = spacing * 0.4;
  for (let i = 1; i < line.length; i++) {
    const x = line[i][0] / cells, y = line[i][1] / cells;
    walked += Math.hypot((x - line[i - 1][0] / cells) * box.width, (y - line[i - 1][1] / cells) * box.height);
    if (walked < spacing || !hasRoom(x, y)) continue;
    /** @type {Place} */
    const start = [box.left + x * box.width, box.top + y * box.height];
    if (taken.some((other) => distance(other, start) < APART)) continue;
    const g1 = slopeAt(slopes, arrows, x, y, 0), g2 = slopeAt(slopes, arrows, x, y, 1), size = Math.hypot(g1, g2);
    if (!(size > 0)) continue;
    walked = 0;
    taken.push(start);
    const endX = start[0] - (length * g1) / size, endY = start[1] + (length * g2) / size;
    text += arrow(...start, endX, endY, "var(--ink2)", 1.6, 7);
  }
  return text;
}

/** @param {Ready} state */
export function slopeArrows(state) {
  const { box, ground: { slopes, lines } } = state, spacing = box.width < 400 ? 96 : 124;
  /** @type {Place[]} */
  const taken = [];
  let text = "";
  for (const level of slopes ? LEVELS_WITH_ARROWS : []) {
    for (const line of lines[level] || []) {
      text += arrowsAlong(line, state, /** @type {Floats} */ (slopes), spacing, taken);
    }
  }
  return `<g opacity=".6">${text}</g>`;
}
