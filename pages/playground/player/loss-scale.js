// Chooses the scale of the loss curve and its ticks; says which pixel stands for an epoch and for a loss.

import { shortNumber } from "../../live/kit/format.js";
import { decadeText, roundStep } from "../../live/kit/ticks.js";

/** @typedef {Pick<import("./types.js").Losses, "train_loss" | "test_loss">} Losses */
/** @typedef {{ low: number, high: number }} Range low: the least loss above 0 */
/** @typedef {[value: number, text: string]} Tick */

/**
 * @typedef {object} LossScale
 * @property {boolean} log
 * @property {number} top the loss at the top, or its logarithm
 * @property {number} bottom the same at the bottom
 * @property {number} least the loss at the bottom
 * @property {number} extent the epoch at the right end
 * @property {number} width px of the canvas
 * @property {number} height
 */

/** Around the plot, px. */
export const CURVE_MARGIN = { left: 50, right: 18, top: 26, bottom: 40 };

/** The range of all losses up to a frame; it grows with the frames and is not read again from the first. */
export function makeLossRange() {
  let scanned = -1;
  return {
    low: Infinity,
    high: -Infinity,

    forget() {
      scanned = -1;
      this.low = Infinity;
      this.high = -Infinity;
    },

    /** @param {number} loss */
    include(loss) {
      if (!Number.isFinite(loss)) return;
      if (loss > this.high) this.high = loss;
      if (loss > 0 && loss < this.low) this.low = loss;
    },

    /**
     * @param {Losses} losses by frame
     * @param {number} last the last frame that counts
     * @param {Losses | null} [before] of which all count; others only after forget()
     */
    update({ train_loss: train, test_loss: test }, last, before = null) {
      if (last < scanned) this.forget();
      if (scanned < 0 && before) for (const loss of [...before.train_loss, ...before.test_loss]) this.include(loss);
      for (let k = scanned + 1; k <= last; k++) {
        this.include(train[k]);
        this.include(test[k]);
      }
      scanned = last;
    },
  };
}

/** The top of the scale: by half decades, or by round steps. @param {Range} range @param {boolean} log */
export function lossTop({ high }, log) {
  if (log) return high > 0 ? Math.ceil(Math.log10(high) * 2) / 2 : 0;
  const largest = high > 0 ? high : 1, step = roundStep(largest, 3);
  return Math.ceil(largest / step) * step;
}

/**
 * The bottom: at least one decade below the top and not below 10⁻⁸, or 0.
 * @param {Range} range
 * @param {number} top
 * @param {boolean} log
 */
export function lossBottom({ low }, top, log) {
  if (!log) return 0;
  return Math.min(top - 1, Math.max(low < Infinity ? Math.floor(Math.log10(low) * 2) / 2 : -1, -8));
}

/**
 * The scale for a range of losses: the old one where that is still right.
 * @param {LossScale | null} old
 * @param {Range} range
 * @param {boolean} log
 * @param {number} extent
 * @param {number} width
 * @param {number} height
 * @returns {LossScale}
 */
export function fitLossScale(old, range, log, extent, width, height) {
  const top = lossTop(range, log), bottom = lossBottom(range, top, log);
  const same = old && old.log === log && old.top === top && old.bottom === bottom && old.extent === extent
    && old.width === width && old.height === height;
  return same ? old : { log, top, bottom, least: 10 ** bottom, extent, width, height };
}

/** @param {LossScale} scale @param {number} epoch */
export function epochX({ width, extent }, epoch) {
  const { left, right } = CURVE_MARGIN;
  return left + ((width - left - right) * epoch) / extent;
}

/** The epoch at a pixel. @param {number} width px of the canvas @param {number} extent @param {number} x */
export function epochAt(width, extent, x) {
  const { left, right } = CURVE_MARGIN;
  return ((x - left) / (width - left - right)) * extent;
}

/** The height of a loss; what lies beyond an end is drawn at that end. @param {LossScale} scale @param {number} loss */
export function lossY({ log, top, bottom, least, height }, loss) {
  const value = log ? Math.log10(Math.max(loss, least)) : loss, share = (top - value) / (top - bottom);
  return CURVE_MARGIN.top + (height - CURVE_MARGIN.top - CURVE_MARGIN.bottom) * Math.max(0, Math.min(1, share));
}

const LINE_APART = 13; // px from one number to the next, at least

/**
 * The ticks of the log scale: at most five decades; where there is only one, 2 and 5 as well if there is room.
 * @param {LossScale} scale
 */
function decadeTicks(scale) {
  const { top, bottom } = scale;
  const every = Math.ceil((top - bottom) / 4);
  /** @type {Tick[]} */
  const ticks = [], between = /** @type {Tick[]} */ ([]);
  for (let k = Math.floor(top); k >= bottom; k -= every) {
    ticks.push([10 ** k, decadeText(k)]);
    if (top - bottom > 1.5) continue;
    for (const loss of [5 * 10 ** (k - 1), 2 * 10 ** k]) {
      const power = Math.log10(loss);
      if (power > bottom && power < top) between.push([loss, shortNumber(loss)]);
    }
  }
  for (const tick of between) {
    const y = lossY(scale, tick[0]);
    if (ticks.every(([loss]) => Math.abs(lossY(scale, loss) - y) >= LINE_APART)) ticks.push(tick);
  }
  return ticks;
}

/** The losses that have a line across the plot. @param {LossScale} scale @returns {Tick[]} */
export function lossTicks(scale) {
  if (scale.log) return decadeTicks(scale);
  const step = roundStep(scale.top, 3);
  /** @type {Tick[]} */
  const ticks = [];
  for (let loss = 0; loss <= scale.top * 1.001; loss += step) ticks.push([loss, shortNumber(loss)]);
  return ticks;
}

/** The epochs that are named below the plot: the thirds of its width. @param {LossScale} scale @returns {Tick[]} */
export const epochTicks = ({ extent }) =>
  [0, 1, 2, 3].map((k) => [(extent / 3) * k, String(+((extent / 3) * k).toFixed(2))]);
