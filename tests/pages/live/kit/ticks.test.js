import assert from "node:assert/strict";
import { test } from "node:test";

import { decadeText, epochExtent, roundStep, roundTicks } from "../../../../pages/live/kit/ticks.js";

test("the epoch axis ends at 6, 15, 30, 60, 150, …", () => {
  assert.deepEqual([0, 6, 7, 15, 16, 31, 61, 151, 601].map(epochExtent), [6, 6, 15, 15, 30, 60, 150, 300, 1500]);
  assert.equal(epochExtent(NaN), 6);
});

test("the epoch axis holds every epoch, and not more than two and a half times as many", () => {
  for (let epochs = 6; epochs < 5000; epochs += 7) {
    const extent = epochExtent(epochs);
    assert.ok(extent >= epochs && extent <= 2.5 * epochs, `${epochs}: ${extent}`);
  }
});

test("powers of ten are written out down to four decimals", () => {
  assert.deepEqual([266, 4, 0, -1, -4, -5].map(decadeText), ["10²⁶⁶", "10000", "1", "0.1", "0.0001", "10⁻⁵"]);
});

test("a step is 1, 2, 5 or 10 times a power of ten, the first that isn't too small", () => {
  assert.deepEqual([1, 1.5, 2.5, 6].map((range) => roundStep(10 * range, 10)), [1, 2, 5, 10]);
  assert.ok(Math.abs(roundStep(0.03, 10) - 0.005) < 1e-15);
});

test("ticks are the multiples of the step from one end to the other, both included", () => {
  assert.deepEqual(roundTicks(-1, 1, 4), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(roundTicks(0.05, 0.95, 5), [0.2, 0.4, 0.6, 0.8]);
  assert.deepEqual(roundTicks(0, 0.3, 3), [0, 0.1, 0.2, 0.3]); // not 0.30000000000000004
});
