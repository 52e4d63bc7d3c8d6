// Goes between step sizes and pixels on the axis of the step size.

import { roundStep, roundTicks } from "../../live/kit/ticks.js";

/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {import("./types.js").Zone} Zone */
/** @typedef {{ x: number, text: string, half: number }} AxisLabel half: about half its width, px */

export const SIDE = 22; // px left and right of the axis
const TICK_HALF = 16; // px: about half the width of a tick's number

/** Whether an axis of this width has room for short texts only. @param {number} width */
export const isNarrow = (width) => width < 560;

/**
 * @param {number} eta
 * @param {number} width
 * @param {number} end
 */
export const axisX = (eta, width, end) => SIDE + ((width - 2 * SIDE) * eta) / end;

/** The smallest change of the step size on an axis. @param {number} end */
export const finestStep = (end) => roundStep(end, 400);

/**
 * The round step size under a pixel; 0 is none.
 * @param {number} x
 * @param {number} width
 * @param {number} end
 */
export function etaUnder(x, width, end) {
  const step = finestStep(end), eta = ((x - SIDE) / (width - 2 * SIDE)) * end;
  return +Math.max(step, Math.min(end, Math.round(eta / step) * step)).toPrecision(10);
}

/**
 * The step size after an arrow key.
 * @param {number} eta
 * @param {number} end
 * @param {number} count of finest steps, negative to the left
 */
export function etaMoved(eta, end, count) {
  const step = finestStep(end) * Math.abs(count);
  return +Math.max(step, (Math.round(eta / step) + Math.sign(count)) * step).toPrecision(10);
}

/**
 * Where the name of a regime stands: in the middle of its stretch, or beside the marker that stands there.
 * @param {number} from px
 * @param {number} to
 * @param {number | null} marker
 * @param {boolean} narrow
 */
export function zoneNameX(from, to, marker, narrow) {
  const middle = (from + to) / 2, room = narrow ? 44 : 56;
  if (marker === null || Math.abs(marker - middle) >= room) return middle;
  return marker - from > to - marker ? (from + marker) / 2 - 2 : (to + marker) / 2 + 2;
}

/**
 * The named places of the axis with the texts that there is room for.
 * @param {Mark[]} marks
 * @param {number} width
 * @param {number} end
 * @returns {AxisLabel[]}
 */
export function axisLabels(marks, width, end) {
  const narrow = isNarrow(width);
  return marks.map(({ at, label, long }) => ({
    x: axisX(at, width, end), text: narrow ? label : long, half: narrow ? 26 : long.length * 3.1,
  }));
}

/**
 * The round step sizes whose numbers don't run into a label.
 * @param {AxisLabel[]} labels
 * @param {number} width
 * @param {number} end
 */
export function freeTicks(labels, width, end) {
  return roundTicks(0, end, isNarrow(width) ? 4 : 6).filter((tick) => {
    const x = axisX(tick, width, end);
    return labels.every((label) => Math.abs(label.x - x) >= label.half + TICK_HALF);
  });
}
