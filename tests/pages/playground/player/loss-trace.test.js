// The line that follows the losses.

import { test } from "node:test";
import assert from "node:assert/strict";

import { epochX, fitLossScale, lossY } from "../../../../pages/playground/player/loss-scale.js";
import { traceLosses } from "../../../../pages/playground/player/loss-trace.js";

const COLUMNS = 40; // px of the plot
const scale = fitLossScale(null, { low: 0.1, high: 10 }, false, 100, 50 + COLUMNS + 18, 166);

/** @typedef {["M" | "L", number, number]} Stroke */

/**
 * The strokes of a line through losses, one an epoch.
 * @param {number[]} losses
 * @param {number} [from]
 * @param {number} [to]
 */
function strokesOf(losses, from = 0, to = losses.length - 1) {
  /** @type {Stroke[]} */
  const strokes = [];
  const path = {
    moveTo: (/** @type {number} */ x, /** @type {number} */ y) => strokes.push(["M", x, y]),
    lineTo: (/** @type {number} */ x, /** @type {number} */ y) => strokes.push(["L", x, y]),
  };
  const epochs = losses.map((_, k) => (100 * k) / losses.length);
  return { strokes, epochs, length: traceLosses(path, scale, epochs, losses, from, to) };
}

test("a short line goes through every point", () => {
  const losses = [4, 2, 3], { strokes, epochs } = strokesOf(losses);
  assert.deepEqual(strokes.map(([kind]) => kind).join(""), "MLL");
  assert.deepEqual(strokes.map(([, x]) => x), epochs.map((epoch) => epochX(scale, epoch)));
  assert.deepEqual(strokes.map(([, , y]) => y), losses.map((loss) => lossY(scale, loss)));
});

test("its length is that of its pieces", () => {
  const { strokes: [a, b, c], length } = strokesOf([4, 2, 3]);
  assert.equal(length, Math.hypot(b[1] - a[1], b[2] - a[2]) + Math.hypot(c[1] - b[1], c[2] - b[2]));
});

test("a line begins and ends at the frames that are asked for", () => {
  const { strokes, epochs } = strokesOf([4, 2, 3, 1], 1, 2);
  assert.deepEqual(strokes.map(([, x]) => x), [1, 2].map((k) => epochX(scale, epochs[k])));
});

test("a loss that isn't finite leaves a gap, which has no length", () => {
  const { strokes, length } = strokesOf([4, NaN, 3, Infinity, 5]);
  assert.equal(strokes.map(([kind]) => kind).join(""), "MMM");
  assert.equal(length, 0);
});

test("a long line has at most two points a column, the highest and the lowest", () => {
  const losses = Array.from({ length: 1000 }, (_, k) => 5 + 4 * Math.sin(k * 7.3)), { strokes } = strokesOf(losses);
  const columns = new Map();
  for (const [, x, y] of strokes) columns.set(x, [...(columns.get(x) || []), y]);
  assert.ok([...columns.keys()].every((x) => Number.isInteger(x)));
  assert.ok([...columns.values()].every((ys) => ys.length <= 2));
  const [heights] = [strokes.map(([, , y]) => y)], all = losses.map((loss) => lossY(scale, loss));
  assert.equal(Math.min(...heights), Math.min(...all));
  assert.equal(Math.max(...heights), Math.max(...all));
});

test("a gap in a long line stays a gap, and its last column is drawn", () => {
  const losses = Array.from({ length: 400 }, (_, k) => (k > 150 && k < 250 ? NaN : 3)), { strokes } = strokesOf(losses);
  assert.equal(strokes.filter(([kind]) => kind === "M").length, 2);
  assert.equal(strokes.at(-1)?.[1], Math.round(epochX(scale, (100 * 399) / 400)));
});
