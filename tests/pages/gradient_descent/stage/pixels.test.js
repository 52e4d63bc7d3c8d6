import assert from "node:assert/strict";
import { test } from "node:test";
import { lineOf, namedSteps, pathPixels, shownPart, within } from "../../../../pages/gradient_descent/stage/pixels.js";

/** @typedef {import("../../../../pages/gradient_descent/stage/types.js").Place} Place */

const BOX = { left: 0, top: 0, width: 400, height: 200 };
/** @type {Place[]} */
const LEAVING = [[100, 100], [390, 100], [900, 100], [2000, 100], [5000, 100]];

test("a place is within the box without its edges, and within a margin outside", () => {
  assert.ok(within(BOX, [1, 199]));
  assert.ok(!within(BOX, [400, 100]) && !within(BOX, [100, 200]) && !within(BOX, [0, 5]) && !within(BOX, [5, 0]));
  assert.ok(within(BOX, [407, -7], 8) && !within(BOX, [200, 209], 8) && !within(BOX, [10, 10], -20));
});

test("a path ends where its numbers do", () => {
  const xs = [1, 2, NaN, 4], ys = [1, Infinity, 3, 4];
  assert.equal(pathPixels(4, BOX, (k) => xs[k], () => 0).length, 2);
  assert.equal(pathPixels(4, BOX, () => 0, (k) => ys[k]).length, 1);
});

test("a step far outside is brought nearer on its line to the middle", () => {
  const [[x, y]] = pathPixels(1, BOX, () => 200 + 4e9, () => 100 - 8e9);
  assert.ok(Math.abs(y) < 1.001e6);
  assert.ok(Math.abs((y - 100) / (x - 200) + 2) < 1e-9);
});

test("a line has one decimal", () => {
  assert.equal(lineOf([[1.26, 2], [3, 4.44]]), "M1.3,2.0L3.0,4.4");
});

test("a run that leaves for good is drawn one line beyond the edge, or to the step after the shown one", () => {
  assert.equal(shownPart(LEAVING, BOX, 0).length, 3);
  assert.equal(shownPart(LEAVING, BOX, 2).length, 4);
  assert.equal(shownPart(LEAVING, BOX, 4).length, 5);
});

test("a run that comes back is drawn whole", () => {
  assert.equal(shownPart([...LEAVING, [200, 100]], BOX, 0).length, 6);
});

test("the present step is named first, and the first three where they keep 44 pixels away", () => {
  /** @type {Place[]} */
  const places = [[50, 50], [100, 50], [120, 50], [200, 50], [210, 50]];
  assert.deepEqual(namedSteps(places, BOX, 0), [0, 1]);
  assert.deepEqual(namedSteps(places, BOX, 4), [4, 0, 1]);
  assert.deepEqual(namedSteps([[50, 50], [94, 50]], BOX, 0), [0, 1]);
  assert.deepEqual(namedSteps([[50, 50], [93, 50]], BOX, 0), [0]);
});

test("a step at the edge of the picture or outside has no name", () => {
  assert.deepEqual(namedSteps([[5, 50], [900, 50]], BOX, 0), []);
});
