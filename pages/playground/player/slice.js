// The plane through the inputs' space that the map shows: two of the inputs, or two principal components.

/** @typedef {import("./types.js").Header} Header */

/**
 * An axis of the map.
 * @typedef {object} Axis
 * @property {number} low where it begins, as the network sees it
 * @property {number} high where it ends
 * @property {number} mean of the data's own units where the network sees 0
 * @property {number} deviation of them where it sees 1 more
 * @property {string} name
 * @property {string} short its name where there is little room
 */

/**
 * point(u, v) = origin + u · across + v · up
 * @typedef {object} Slice
 * @property {[x: Axis, y: Axis]} axes
 * @property {[across: number, up: number] | null} inputs those along the axes; null for components
 * @property {number[]} origin
 * @property {number[]} across
 * @property {number[]} up
 */
/** @typedef {Pick<Header, "dataset" | "plane">} Told */

/** Whether the map is a slice through more coordinates than it can show. @param {Pick<Header, "dataset">} header */
export const hasSlice = ({ dataset: { held, picture } }) => held.length > 0 && !picture;

/**
 * Axis k of the inputs.
 * @param {Header["dataset"]} dataset
 * @param {number} k
 * @returns {Axis}
 */
export function inputAxis({ ranges, scales, coordinates, short_coordinates: shorts }, k) {
  const [low, high] = ranges[k], [mean, deviation] = scales[k] || [0, 1];
  return { low, high, mean, deviation, name: coordinates[k], short: shorts[k] };
}

/** A value of an axis in the data's own units. @param {Pick<Axis, "mean" | "deviation">} axis @param {number} value */
export const ownUnits = ({ mean, deviation }, value) => mean + deviation * value;

/** The same back. @param {Pick<Axis, "mean" | "deviation">} axis @param {number} own */
export const asSeen = ({ mean, deviation }, own) => (own - mean) / deviation;

/** @param {number} share */
const percent = (share) => `${Math.round(100 * share)} %`;

/**
 * The plane of the two components.
 * @param {NonNullable<Header["plane"]["components"]>} components
 * @returns {Slice}
 */
function componentSlice({ mean, across, up, shares, ranges }) {
  /** @param {number} k @returns {Axis} */
  const axis = (k) => {
    const name = `${["1st", "2nd"][k]} component`;
    const said = `${name} (${percent(shares[k])} of the variance)`;
    const short = `${name} (${percent(shares[k])})`;
    return { low: ranges[k][0], high: ranges[k][1], mean: 0, deviation: 1, name: said, short };
  };
  return { axes: [axis(0), axis(1)], inputs: null, origin: mean, across, up };
}

/**
 * The plane that the map shows where the probe is at a point.
 * @param {Told} header
 * @param {number[]} point
 * @returns {Slice}
 */
export function sliceOf({ dataset, plane: { across, up, components } }, point) {
  if (components) return componentSlice(components);
  /** @param {number} axis */
  const unit = (axis) => point.map((_, d) => Number(d === axis));
  return {
    axes: [inputAxis(dataset, across), inputAxis(dataset, up)], inputs: [across, up],
    origin: point.map((value, d) => (d === across || d === up ? 0 : value)), across: unit(across), up: unit(up),
  };
}

/** @param {number[]} a @param {ArrayLike<number>} b @param {number[]} from */
const along = (a, b, from) => a.reduce((sum, value, d) => sum + value * (b[d] - from[d]), 0);

/**
 * Where a point lies on the plane, or the point of the plane that is nearest to it.
 * @param {Slice} slice
 * @param {ArrayLike<number>} point
 * @returns {[u: number, v: number]}
 */
export function placeOn({ inputs, origin, across, up }, point) {
  if (inputs) return [point[inputs[0]], point[inputs[1]]];
  return [along(across, point, origin), along(up, point, origin)];
}

/**
 * The point at a place of the plane.
 * @param {Slice} slice
 * @param {number} u
 * @param {number} v
 */
export const pointOn = ({ origin, across, up }, u, v) =>
  origin.map((value, d) => value + u * across[d] + v * up[d]);

/**
 * How far a point lies from the plane, on average over the other directions.
 * @param {Slice} slice
 * @param {ArrayLike<number>} point
 * @param {number[]} spread the deviation of each coordinate
 */
export function distanceFrom(slice, point, spread) {
  const { origin, across, up } = slice, [u, v] = placeOn(slice, point);
  let sum = 0;
  for (let d = 0; d < origin.length; d++) {
    sum += ((point[d] - origin[d] - u * across[d] - v * up[d]) / spread[d]) ** 2;
  }
  return Math.sqrt(sum / Math.max(1, origin.length - 2));
}

/**
 * The network's inputs at the crossings of some rows and columns of a map, one input after the other.
 * @param {Slice} slice
 * @param {number[]} rows which coordinates the inputs are
 * @param {number} n pixels of a row
 * @param {number[]} lines
 * @param {Float32Array} inputs takes them
 */
export function fillInputs({ axes: [x, y], origin, across, up }, rows, n, lines, inputs) {
  let to = 0;
  for (const d of rows) {
    for (const row of lines) {
      const v = y.high - ((row + 0.5) / n) * (y.high - y.low), base = origin[d] + v * up[d];
      for (const column of lines) inputs[to++] = base + (x.low + ((column + 0.5) / n) * (x.high - x.low)) * across[d];
    }
  }
}
