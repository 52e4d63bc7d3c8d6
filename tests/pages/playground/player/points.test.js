// Which data points are seen, which lies under the pointer, and which is the next for the keyboard.

import { test } from "node:test";
import assert from "node:assert/strict";

import { planeX, planeY } from "../../../../pages/playground/player/plane.js";
import {
  hasTestPoints, pointBeside, pointUnder, visiblePoints,
} from "../../../../pages/playground/player/points.js";

/** @typedef {import("../../../../pages/playground/player/points.js").PointState} PointState */

const axis = { low: -6, high: 6, mean: 0, deviation: 1, name: "x", short: "x" };
/** @type {[typeof axis, typeof axis]} */
const axes = [axis, axis];

/**
 * @param {[x1: number, x2: number][]} places
 * @param {number} train
 * @param {boolean} [showTest]
 */
function pointState(places, train, showTest = true) {
  const points = new Float32Array(places.flatMap(([x1, x2]) => [x1, x2, 0]));
  const state = { points, spots: points, slice: { axes }, showTest, header: { dataset: { train } } };
  return /** @type {PointState} */ (/** @type {unknown} */ (state));
}

const plane = { axes, size: 300 };

test("the plane's middle is the map's, x₂ grows upwards", () => {
  assert.deepEqual([planeX(plane, 0), planeY(plane, 0)], [150, 150]);
  assert.deepEqual([planeX(plane, -6), planeY(plane, 6)], [0, 0]);
  assert.deepEqual([planeX(plane, 3), planeY(plane, 3)], [225, 75]);
});

test("points for testing are seen while they are shown", () => {
  /** @type {[number, number][]} */
  const places = [[0, 0], [1, 1], [2, 2]];
  assert.equal(visiblePoints(pointState(places, 2)), 3);
  assert.equal(visiblePoints(pointState(places, 2, false)), 2);
  assert.ok(hasTestPoints(pointState(places, 2, false)));
  assert.ok(!hasTestPoints(pointState(places, 3)));
});

test("the nearest visible point within reach lies under the pointer", () => {
  /** @type {[number, number][]} */
  const places = [[0, 0], [1, 0], [0.5, 0.25]];
  assert.deepEqual(pointUnder(pointState(places, 3), 0.75, 0, 0.5), { kind: "point", n: 1 });
  assert.deepEqual(pointUnder(pointState(places, 3), 0.5, 0.5, 0.5), { kind: "point", n: 2 });
  assert.equal(pointUnder(pointState(places, 2, false), 0.5, 0.5, 0.5), null);
  assert.equal(pointUnder(pointState(places, 3), 3, 0, 1.9), null);
});

test("left and right go through the points in the order of x₁ and stop at the ends", () => {
  const state = pointState([[0, 5], [-2, 0], [3, -4], [1, 1]], 4);
  const right = [1, 0, 3, 2].map((n) => pointBeside(state, n, "right").n);
  assert.deepEqual(right, [0, 3, 2, 2]);
  assert.deepEqual([1, 0, 3, 2].map((n) => pointBeside(state, n, "left").n), [1, 1, 0, 3]);
});

test("points with the same x₁ are all reached, in the order of their numbers", () => {
  const state = pointState([[1, 0], [1, 2], [1, -2]], 3);
  assert.deepEqual([0, 1, 2].map((n) => pointBeside(state, n, "right").n), [1, 2, 2]);
  assert.deepEqual([0, 1, 2].map((n) => pointBeside(state, n, "left").n), [0, 0, 1]);
});

test("up and down prefer what lies straight above or below", () => {
  const state = pointState([[0, 0], [0, 3], [2, 1], [0.1, -2], [0, -5]], 5);
  assert.equal(pointBeside(state, 0, "up").n, 1);
  assert.equal(pointBeside(state, 0, "down").n, 3);
  assert.equal(pointBeside(state, 4, "down").n, 4);
});

test("without a point, or from one that isn't shown, the first is the nearest to the middle", () => {
  const state = pointState([[3, 3], [-1, 0.5], [0, 0]], 2, false);
  assert.equal(pointBeside(state, null, "right").n, 1);
  assert.equal(pointBeside(state, 2, "right").n, 1);
});
