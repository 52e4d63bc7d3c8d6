// Follows what the map's plane depends on: the chosen axes, and the probe, through which it goes.

import { hasSlice, placeOn, sliceOf } from "./slice.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {Pick<State, "points" | "beyond">} Rows */

/** How many coordinates a point has. @param {Rows} state */
export const coordinateCount = ({ points, beyond }) => 2 + (points.length ? (beyond.length * 3) / points.length : 0);

/**
 * All coordinates of data point n.
 * @param {Rows} state
 * @param {number} n
 */
export function coordinatesOf(state, n) {
  const { points, beyond } = state, more = coordinateCount(state) - 2;
  return [points[3 * n], points[3 * n + 1], ...beyond.subarray(more * n, more * (n + 1))];
}

/**
 * Where the data points lie on the map, each with its target.
 * @param {Rows & { slice: import("./slice.js").Slice }} state
 */
export function spotsOf(state) {
  const { points, slice } = state, spots = new Float32Array(points.length);
  for (let n = 0; 3 * n < points.length; n++) {
    spots.set(placeOn(slice, coordinatesOf(state, n)), 3 * n);
    spots[3 * n + 2] = points[3 * n + 2];
  }
  return spots;
}

/**
 * The point through which the map's plane goes.
 * @param {{ carried: State["carried"], header: import("./types.js").Header }} state
 */
export const probePoint = ({ carried, header }) => carried || header.probe.point;

/** Takes up another plane, or another probe; says whether the axes are others. @param {State} state */
export function followSlice(state) {
  const { header, points, carried, sliced: known } = state;
  if (!header) return false;
  const { session, run, plane: { across, up, components } } = header, sliced = hasSlice(header);
  const axes = [session, run, across, up, components !== null].join(), point = probePoint({ carried, header });
  const of = axes + (sliced && !components ? ` ${point}` : "");
  if (of !== known.of) Object.assign(state, { slice: sliceOf(header, point), dirty: true });
  if (state.slice && (axes !== known.axes || points !== known.points)) {
    state.spots = sliced ? spotsOf({ points, beyond: state.beyond, slice: state.slice }) : points;
  }
  state.sliced = { of, axes, points };
  return axes !== known.axes;
}
