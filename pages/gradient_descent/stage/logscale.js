// The logarithmic axis of the curves: which powers of ten it shows, and where steps and values lie.

/** @typedef {import("./types.js").Floats} Floats */
/** @typedef {{ top: number, bottom: number, every: number }} Decades exponents; every: of how many one has a line */
/**
 * @typedef {object} CurveScale
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} floor
 * @property {number} extent the step at the right end
 * @property {Decades} decades
 * @property {(step: number) => number} X
 * @property {(value: number) => number} Y
 * @property {(value: number) => boolean} isShown whether the axis reaches down to a value
 */

const LEFT = 58, RIGHT = 18, ABOVE = 12, BELOW = 38; // px around the curves
const DEPTH = 20; // decades below the axis: what is smaller leaves the picture at its lower edge

/**
 * The powers of ten that hold the largest value and ε / 30; two below ε where a value is smaller.
 * @param {Floats[]} series
 * @param {number} epsilon
 * @returns {Decades}
 */
export function fitDecades(series, epsilon) {
  let high = -Infinity, low = Infinity;
  for (const values of series) {
    for (let k = 0; k < values.length; k++) {
      const v = values[k];
      if (!(v > 0) || !Number.isFinite(v)) continue;
      high = Math.max(high, v);
      low = Math.min(low, v);
    }
  }
  const top = high > 0 ? Math.ceil(Math.log10(high) - 1e-9) : 1;
  const least = Math.log10(Math.max(1e-300, Math.min(epsilon / 30, low < Infinity ? low : epsilon)));
  const bottom = Math.min(top - 2, Math.max(Math.floor(least), Math.floor(Math.log10(epsilon)) - 2));
  const every = Math.max(1, Math.ceil((top - bottom) / 6));
  return { top: bottom + Math.ceil((top - bottom) / every) * every, bottom, every };
}

/** The step at the right end of the curves. @param {number} last */
const extentOf = (last) => Math.max(4, Math.ceil(last * 1.06));

/**
 * @param {number} width
 * @param {number} height
 * @param {number} last the last step
 * @param {Decades} decades
 * @returns {CurveScale}
 */
export function curveScale(width, height, last, decades) {
  const { top, bottom } = decades, extent = extentOf(last), right = width - RIGHT, floor = height - BELOW;
  return {
    left: LEFT, right, top: ABOVE, floor, extent, decades,
    X: (step) => LEFT + ((right - LEFT) * step) / extent,
    Y: (value) => {
      const exponent = value > 0 ? Math.log10(Math.min(value, 1e308)) : bottom - DEPTH;
      const below = top - Math.max(bottom - DEPTH, Math.min(top, exponent));
      return ABOVE + ((floor - ABOVE) * below) / (top - bottom);
    },
    isShown: (value) => value >= 10 ** bottom,
  };
}

/**
 * The step under a pixel of curves that are `width` wide.
 * @param {number} x
 * @param {number} width
 * @param {number} last
 */
export const stepUnder = (x, width, last) => Math.round(((x - LEFT) / (width - LEFT - RIGHT)) * extentOf(last));
