import assert from "node:assert/strict";
import { test } from "node:test";

import { markPath } from "../../../../pages/live/kit/shapes.js";

const CORNERS = {
  "diamond": 4, "triangle-up": 3, "square": 4, "triangle-down": 3, "cross": 12, "pentagon": 5, "star": 10, "x": 12,
  "hexagon": 6,
};

/** The corners of a path. @param {string} shape @param {number} x @param {number} y @param {number} r */
function cornersOf(shape, x, y, r) {
  const corners = markPath(shape, x, y, r).slice(1, -1).split("L");
  return corners.map((corner) => corner.split(",").map(Number));
}

test("a shape of straight lines has its corners", () => {
  for (const [shape, count] of Object.entries(CORNERS)) assert.equal(cornersOf(shape, 0, 0, 10).length, count, shape);
});

test("a shape lies around its middle and within its size", () => {
  for (const shape of Object.keys(CORNERS)) {
    for (const [x, y] of cornersOf(shape, 100, 50, 10)) {
      const far = Math.hypot(x - 100, y - 50);
      assert.ok(far > 4.9 && far < 13.1, `${shape}: ${far}`);
    }
  }
});

test("a shape that isn't a triangle is symmetric to its middle, left and right", () => {
  for (const shape of Object.keys(CORNERS)) {
    const xs = cornersOf(shape, 0, 0, 10).map(([x]) => x);
    assert.ok(Math.abs(Math.min(...xs) + Math.max(...xs)) < 0.02, shape);
  }
});

test("one triangle points up, the other down", () => {
  assert.deepEqual(cornersOf("triangle-up", 0, 0, 10)[0], [0, -10]);
  assert.deepEqual(cornersOf("triangle-down", 0, 0, 10)[0], [0, 10]);
});

test("a square stands on a side, a diamond on a corner", () => {
  assert.deepEqual(cornersOf("diamond", 0, 0, 10)[0], [11.5, 0]);
  assert.deepEqual(cornersOf("square", 0, 0, 10)[0], [8.13, 8.13]);
});

test("an x is a cross turned by 45 degrees", () => {
  const [cross, turned] = ["cross", "x"].map((shape) => cornersOf(shape, 0, 0, 10));
  cross.forEach(([u, v], k) => {
    assert.ok(Math.abs((u - v) * Math.SQRT1_2 - turned[k][0]) < 0.02);
    assert.ok(Math.abs((u + v) * Math.SQRT1_2 - turned[k][1]) < 0.02);
  });
});

test("a star's inner corners are half as far out", () => {
  const far = cornersOf("star", 0, 0, 10).map(([x, y]) => Math.hypot(x, y));
  far.forEach((distance, k) => assert.ok(Math.abs(distance - (k % 2 ? 5 : 11.5)) < 0.02));
});

test("a circle begins at its left and goes round", () => {
  assert.equal(markPath("circle", 5, 6, 2), "M3,6a2,2 0 1,0 4,0a2,2 0 1,0 -4,0Z");
});

test("an unknown shape is refused by name", () => {
  assert.throws(() => markPath("blob", 0, 0, 1), /A shape must be one of circle, .*\. Got blob\./);
  assert.throws(() => markPath("toString", 0, 0, 1), RangeError);
});
