// One logarithmic axis of the loss for all cells.

/** @typedef {import("./types.js").Sweep} Sweep */

const LEAST = 1e-6, MOST = 1e3;

/**
 * A logarithmic axis over whole decades.
 * @typedef {object} LossAxis
 * @property {number} low
 * @property {number} high
 * @property {number[]} ticks from high to low
 * @property {(loss: number | null) => number} share 0 at the upper end, 1 at the lower; ∞ and NaN are at the upper one
 */

/** @param {number} low power of ten @param {number} high power of ten @returns {LossAxis} */
export function decades(low, high) {
  const ticks = Array.from({ length: high - low + 1 }, (_, k) => 10 ** (high - k));
  /** @param {number | null} loss */
  function share(loss) {
    if (loss === null || !Number.isFinite(loss)) return 0;
    const power = Math.log10(Math.max(loss, 10 ** low));
    return Math.min(1, Math.max(0, (high - power) / (high - low)));
  }
  return { low: 10 ** low, high: 10 ** high, ticks, share };
}

/**
 * The axis on which all losses of a sweep, and the one that is success, find room: from 1 down to 0.01, and further
 * where they are.
 * @param {Sweep} sweep
 * @param {boolean} ends whether the final losses alone count, not the curves
 */
export function lossAxisOf(sweep, ends) {
  let low = 0.05, high = 0.5;
  const inCells = sweep.cells.map(({ curve, runs }) =>
    (ends || !curve ? (runs || []).map((run) => run.loss) : curve.flat()));
  for (const losses of [[sweep.success], ...inCells]) {
    for (const loss of losses) {
      if (loss === null) continue;
      low = Math.min(low, Math.max(loss, LEAST));
      high = Math.max(high, Math.min(loss, MOST));
    }
  }
  return decades(Math.floor(Math.log10(low) + 1e-9), Math.ceil(Math.log10(high) - 1e-9));
}

/** A power of ten as a tick says it. @param {number} value */
export const decadeText = (value) =>
  (value >= 1e-4 ? String(+value.toPrecision(1)) : value.toExponential(0).replace("-", "−"));
