// Chooses round numbers for axes.

import { raised } from "./format.js";

/**
 * The end of the epoch axis: 6, 15, 30, 60, 150, 300, … It grows in steps, so that the axis stands still between.
 * @param {number} epochs
 */
export function epochExtent(epochs) {
  if (!(epochs > 6)) return 6;
  for (let unit = 1; ; unit *= 10) {
    for (const step of [15, 30, 60]) if (step * unit >= epochs) return step * unit;
  }
}

/** A power of ten as a label. @param {number} power */
export function decadeText(power) {
  return Math.abs(power) <= 4 ? (10 ** power).toFixed(Math.max(0, -power)) : "10" + raised(power);
}

/**
 * 1, 2, 5 or 10 times a power of ten: the step that divides a range into `parts` or a few less.
 * @param {number} range
 * @param {number} parts
 */
export function roundStep(range, parts) {
  const raw = range / parts, unit = 10 ** Math.floor(Math.log10(raw));
  return ([1, 2, 5].find((k) => k * unit >= raw) || 10) * unit;
}

/**
 * The multiples of a round step within a range.
 * @param {number} low
 * @param {number} high
 * @param {number} parts into about how many they divide it
 */
export function roundTicks(low, high, parts) {
  const step = roundStep(high - low, parts), ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
    ticks.push(+(k * step).toPrecision(12));
  }
  return ticks;
}
