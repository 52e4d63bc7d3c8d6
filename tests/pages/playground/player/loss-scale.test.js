// The scale of the loss curve and its ticks.

import { test } from "node:test";
import assert from "node:assert/strict";

import {
  epochAt, epochTicks, epochX, fitLossScale, lossBottom, lossTicks, lossTop, lossY, makeLossRange,
} from "../../../../pages/playground/player/loss-scale.js";

/** @param {number[]} train @param {number[]} [others] */
const losses = (train, others = train) =>
  ({ train_loss: new Float64Array(train), test_loss: new Float64Array(others) });

/** @param {number} low @param {number} high @param {boolean} log */
const scaleFor = (low, high, log) => fitLossScale(null, { low, high }, log, 150, 468, 266);

test("the range holds both losses up to the frame, and only numbers; low is above 0", () => {
  const range = makeLossRange();
  range.update(losses([2, 0, NaN, 9], [1, 3, Infinity, 0.1]), 2);
  assert.deepEqual([range.low, range.high], [1, 3]);
  range.update(losses([2, 0, NaN, 9], [1, 3, Infinity, 0.1]), 3);
  assert.deepEqual([range.low, range.high], [0.1, 9]);
});

test("the range shrinks where frames are cut off, and is empty once forgotten", () => {
  const range = makeLossRange();
  range.update(losses([2, 9]), 1);
  range.update(losses([2, 9]), 0);
  assert.deepEqual([range.low, range.high], [2, 2]);
  range.forget();
  assert.deepEqual([range.low, range.high], [Infinity, -Infinity]);
  range.update(losses([4]), 0);
  assert.equal(range.high, 4);
});

test("a curve of before a change is in the range too", () => {
  const range = makeLossRange();
  range.update(losses([2]), 0, losses([0.5, NaN], [8, 4]));
  assert.deepEqual([range.low, range.high], [0.5, 8]);
});

test("frames that were read are not read again", () => {
  const range = makeLossRange();
  range.update(losses([2, 3]), 1);
  range.update(losses([99, 99, 5]), 2);
  assert.equal(range.high, 5);
});

test("the log scale ends at half decades and has at least one decade", () => {
  assert.equal(lossTop({ low: 0.02, high: 2 }, true), 0.5);
  assert.equal(lossBottom({ low: 0.02, high: 2 }, 0.5, true), -2);
  assert.equal(lossBottom({ low: 1.9, high: 2 }, 0.5, true), -0.5);
  assert.equal(lossBottom({ low: 1e-12, high: 2 }, 0.5, true), -8);
});

test("the linear scale goes from 0 to a round loss", () => {
  assert.deepEqual([lossTop({ low: 1, high: 2.3 }, false), lossBottom({ low: 1, high: 2.3 }, 3, false)], [3, 0]);
  assert.equal(lossTop({ low: 1, high: 4.1 }, false), 6);
});

test("a scale exists before there is any loss", () => {
  const nothing = { low: Infinity, high: -Infinity };
  assert.deepEqual([lossTop(nothing, true), lossBottom(nothing, 0, true)], [0, -1]);
  assert.equal(lossTop(nothing, false), 1);
});

test("the scale stays the same object until something of it changes", () => {
  const first = scaleFor(0.1, 2, true);
  /** @param {boolean} log @param {number} extent @param {number} width @param {number} height */
  const next = (log, extent, width, height) =>
    fitLossScale(first, { low: 0.11, high: 1.9 }, log, extent, width, height);
  assert.equal(next(true, 150, 468, 266), first);
  for (const other of [next(false, 150, 468, 266), next(true, 300, 468, 266), next(true, 150, 1, 266)]) {
    assert.notEqual(other, first);
  }
  assert.notEqual(next(true, 150, 468, 1), first);
  assert.notEqual(fitLossScale(first, { low: 0.11, high: 99 }, true, 150, 468, 266), first);
  assert.notEqual(fitLossScale(first, { low: 0.0001, high: 2 }, true, 150, 468, 266), first);
});

test("epochs go from the left margin to the right one, and back", () => {
  const scale = scaleFor(0.1, 1, true);
  assert.deepEqual([0, 75, 150].map((epoch) => epochX(scale, epoch)), [50, 250, 450]);
  assert.deepEqual([50, 250, 450].map((x) => epochAt(468, 150, x)), [0, 75, 150]);
});

test("equal ratios of losses are equal heights on the log scale, and what lies beyond is drawn at the ends", () => {
  const scale = scaleFor(0.01, 1, true);
  assert.deepEqual([1, 0.1, 0.01].map((loss) => Math.round(lossY(scale, loss))), [26, 126, 226]);
  assert.deepEqual([0, -1, 1e-9, 50].map((loss) => lossY(scale, loss)), [226, 226, 226, 26]);
});

test("equal differences are equal heights on the linear scale", () => {
  const scale = scaleFor(0.1, 4, false);
  assert.deepEqual([0, scale.top / 2, scale.top].map((loss) => lossY(scale, loss)), [226, 126, 26]);
});

test("the log scale names decades, at most five, and between them 2 and 5 where there is only one", () => {
  /** @param {number} low */
  const texts = (low) => lossTicks(scaleFor(low, 1, true)).map(([, text]) => text);
  assert.deepEqual(texts(0.01), ["1", "0.1", "0.01"]);
  assert.deepEqual(texts(1e-8), ["1", "0.01", "0.0001", "10⁻⁶", "10⁻⁸"]);
  assert.deepEqual(lossTicks(scaleFor(0.1, 1, true)), [[1, "1"], [0.1, "0.1"], [0.5, "0.5"], [0.2, "0.2"]]);
});

test("between decades nothing is named where the plot is too low for it", () => {
  const low = fitLossScale(null, { low: 0.1, high: 1 }, true, 150, 468, 90);
  assert.deepEqual(lossTicks(low).map(([, text]) => text), ["1", "0.1"]);
});

test("the linear scale names round losses from 0 to its top", () => {
  assert.deepEqual(lossTicks(scaleFor(1, 2.9, false)), [[0, "0"], [1, "1"], [2, "2"], [3, "3"]]);
  assert.deepEqual(lossTicks(scaleFor(0.1, 0.35, false)).map(([, text]) => text), ["0", "0.2", "0.4"]);
});

test("the thirds of the epoch axis are named, with at most two decimals", () => {
  /** @param {number} extent */
  const texts = (extent) => epochTicks({ ...scaleFor(1, 2, true), extent }).map(([, text]) => text);
  assert.deepEqual(texts(150), ["0", "50", "100", "150"]);
  assert.deepEqual(texts(1), ["0", "0.33", "0.67", "1"]);
});
