import assert from "node:assert/strict";
import { test } from "node:test";
import {
  graphRange, panned, pictureOf, placeUnder, scaleOf, zoomed,
} from "../../../../pages/gradient_descent/stage/window.js";

const BOX = { left: 40, top: 6, width: 400, height: 200 };
const VIEW = [-4, 4, -1, 3];

test("the corners of the window are the corners of the box, with the second coordinate upwards", () => {
  const { X, Y } = scaleOf(BOX, VIEW);
  assert.deepEqual([X(-4), X(4), Y(3), Y(-1)], [40, 440, 6, 206]);
});

test("the place under a pixel is the one that the scale puts there, rounded to a 400th of the window", () => {
  const { X, Y } = scaleOf(BOX, VIEW);
  assert.deepEqual(placeUnder(BOX, VIEW, [X(1.5), Y(0.24)]), [1.5, 0.24]);
  assert.deepEqual(placeUnder(BOX, VIEW, [X(1.513), Y(0.238)]), [1.52, 0.24]);
});

test("what is dragged stays under the pointer", () => {
  const before = scaleOf(BOX, VIEW), after = scaleOf(BOX, panned(BOX, VIEW, 30, -20));
  assert.ok(Math.abs(after.X(1) - before.X(1) - 30) < 1e-9);
  assert.ok(Math.abs(after.Y(1) - before.Y(1) + 20) < 1e-9);
  assert.deepEqual(panned(BOX, [0, 8], 50, 99), [-1, 7]);
});

test("zooming keeps the place under the pointer and changes the width by the factor", () => {
  const view = zoomed(BOX, VIEW, 0.5, [140, 46]), before = scaleOf(BOX, VIEW), after = scaleOf(BOX, view);
  assert.ok(Math.abs(after.X(-2) - before.X(-2)) < 1e-9);
  assert.ok(Math.abs(after.Y(2.2) - before.Y(2.2)) < 1e-9);
  assert.ok(Math.abs(view[1] - view[0] - 4) < 1e-9 && Math.abs(view[3] - view[2] - 2) < 1e-9);
  assert.deepEqual(zoomed(BOX, [0, 8], 0.5, [240, 0]), [2, 6]);
});

test("the picture of half the window covers a quarter of the box, and nothing of it is cut off", () => {
  assert.deepEqual(pictureOf(BOX, [0, 4, 1, 3], VIEW), { x: 200, y: 0, sx: 0.5, sy: 0.5, inset: [0, 0, 0, 0] });
});

test("what of a larger picture lies outside the box is cut off, in its own pixels", () => {
  const { x, y, inset } = pictureOf(BOX, VIEW, [0, 4, -1, 1]);
  assert.deepEqual([x, y], [-400, -200]);
  assert.deepEqual(inset, [100, 0, 0, 200]);
});

test("a graph leaves 8 % of the range of f above and below", () => {
  assert.deepEqual(graphRange(Float64Array.of(0, 100, 50)), [-8, 108]);
});
