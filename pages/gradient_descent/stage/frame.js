// Draws the frame of the plane, what it cuts off, and the ticks at its edges.

import { roundTicks } from "../../live/kit/ticks.js";
import { stroked, textAt } from "./svg.js";
import { coordinateText, svgText } from "./text.js";

/** @typedef {import("./types.js").Box} Box */

/** @param {Box} box */
const rect = ({ left, top, width, height }, look = "") =>
  `<rect x="${left}" y="${top}" width="${width}" height="${height}"${look}/>`;

/** A drawing cut off at the frame, and the frame around it. @param {Box} box @param {string} inside */
export const framed = (box, inside) =>
  `<clipPath id="plane-clip">${rect(box)}</clipPath><g clip-path="url(#plane-clip)">${inside}</g>`
  + rect(box, ' fill="none" stroke="var(--ink)" stroke-width="1.2"');

/**
 * Where the name of an axis stands: between the two ticks in the middle, or in the middle where there is only one.
 * @param {number[]} ticks
 * @param {number} from
 * @param {number} to
 */
export function namePlace(ticks, from, to) {
  if (ticks.length < 2) return (from + to) / 2;
  return ticks[Math.floor(ticks.length / 2)] + (ticks[1] - ticks[0]) / 2;
}

const TICK_TEXT = 'fill="var(--ink2)"';

/**
 * @param {Box} box
 * @param {number} from
 * @param {number} to
 * @param {string} name of the axis
 * @param {(x: number) => number} X
 */
export function ticksBelow(box, from, to, name, X) {
  const ticks = roundTicks(from, to, 5), floor = box.top + box.height;
  let text = "";
  for (const tick of ticks) {
    const x = X(tick);
    text += stroked(`M${x},${floor}v5`, "var(--ink2)", 1)
      + textAt(x, floor + 20, 14, 'text-anchor="middle" ' + TICK_TEXT, coordinateText(tick));
  }
  const x = X(namePlace(ticks, from, to));
  return text + textAt(x, floor + 21, 17, 'text-anchor="middle" fill="var(--ink)"', svgText(name));
}

/**
 * @param {Box} box
 * @param {number} from
 * @param {number} to
 * @param {string} name of the axis
 * @param {(y: number) => number} Y
 * @param {number} parts about how many ticks
 */
export function ticksLeft(box, from, to, name, Y, parts) {
  const ticks = roundTicks(from, to, parts), x = box.left - 8;
  let text = "";
  for (const tick of ticks) {
    const y = Y(tick);
    text += stroked(`M${box.left},${y}h-5`, "var(--ink2)", 1)
      + textAt(x, Math.max(box.top + 10, y + 5), 14, 'text-anchor="end" ' + TICK_TEXT, coordinateText(tick));
  }
  const y = Y(namePlace(ticks, from, to)) + 5;
  return text + textAt(x, y, 17, 'text-anchor="end" fill="var(--ink)"', svgText(name));
}
