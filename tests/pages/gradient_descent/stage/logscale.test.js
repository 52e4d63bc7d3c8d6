import assert from "node:assert/strict";
import { test } from "node:test";
import { curveScale, fitDecades, stepUnder } from "../../../../pages/gradient_descent/stage/logscale.js";

const DECADES = { top: 2, bottom: -8, every: 2 };

test("the axis holds the largest value and reaches two decades below ε, with six lines at most", () => {
  assert.deepEqual(fitDecades([Float64Array.of(50, 1, 0.1)], 1e-6), { top: 2, bottom: -8, every: 2 });
  assert.deepEqual(fitDecades([Float64Array.of(1000)], 0.1), { top: 3, bottom: -3, every: 1 });
});

test("the axis reaches from ε / 30 to two decades below ε only where a value does", () => {
  const bottoms = [[1], [1, 1e-12]].map((values) => fitDecades([Float64Array.from(values)], 5e-6).bottom);
  assert.deepEqual(bottoms, [-7, -8]);
});

test("zeros, negative numbers and what isn't finite don't move the axis", () => {
  const plain = fitDecades([Float64Array.of(5000, 1)], 5e-6);
  for (const value of [0, -3, NaN, Infinity]) {
    assert.deepEqual(fitDecades([Float64Array.of(5000, value, 1)], 5e-6), plain);
  }
});

test("there is an axis without any value", () => {
  assert.deepEqual(fitDecades([], 1e-6), { top: 2, bottom: -8, every: 2 });
});

test("decades are at equal distances, and no value is drawn above the axis", () => {
  const { Y, top, floor } = curveScale(500, 250, 38, DECADES);
  assert.deepEqual([Y(100), Y(1e-8)], [top, floor]);
  assert.ok(Math.abs(Y(1e-3) - (top + floor) / 2) < 1e-9);
  assert.equal(Y(1e9), top);
});

test("what is smaller than the axis shows lies below it, and zero lowest of all", () => {
  const { Y, floor, isShown } = curveScale(500, 250, 38, DECADES);
  assert.ok(Y(1e-9) > floor && Y(0) > Y(1e-9) && Number.isFinite(Y(0)));
  assert.ok(isShown(1e-8) && !isShown(9e-9));
});

test("the step under a pixel is the one that the curves draw there", () => {
  for (const last of [0, 3, 38, 313]) {
    const { X } = curveScale(500, 250, last, DECADES);
    for (const step of [0, 1, last]) assert.equal(stepUnder(X(step), 500, last), step);
  }
});

test("a run ends before the right edge, and a short one has room for four steps", () => {
  assert.equal(curveScale(500, 250, 100, DECADES).extent, 106);
  assert.equal(curveScale(500, 250, 1, DECADES).extent, 4);
});
