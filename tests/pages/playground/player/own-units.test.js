// First-layer weights in the data's own units say the same as the standardised ones.

import { test } from "node:test";
import assert from "node:assert/strict";

import { sumOf, summandsOf } from "../../../../pages/playground/player/neuron-card.js";
import { ownSummands, ownUnit, ownValue } from "../../../../pages/playground/player/own-units.js";
import { shownWith } from "./made.js";

const SCALES = { mean: [10, -3], deviation: [2, 0.5] };

test("a sum in the data's own units is the sum that the network computes", () => {
  const seen = summandsOf(shownWith(), { l: 0, j: 1 }), own = ownSummands(seen, SCALES);
  assert.deepEqual(own.weights, seen.weights.map((weight, i) => weight / SCALES.deviation[i]));
  assert.ok(Math.abs(sumOf(own) - sumOf(seen)) < 1e-12);
});

test("a network without biases has one in the data's own units", () => {
  const own = ownSummands({ weights: [3], bias: null, values: [0.5] }, { mean: [10], deviation: [2] });
  assert.deepEqual(own, { weights: [1.5], bias: -15, values: [11] });
});

test("a weight is per 1 of its column, a bias where all columns are 0, and deeper ones have no units", () => {
  const state = shownWith({ own_scales: SCALES }), { theta } = state.frame;
  const weight = /** @type {const} */ ({ kind: "link", l: 0, i: 1, j: 0 });
  const bias = /** @type {const} */ ({ kind: "bias", l: 0, i: 2, j: 0 });
  assert.equal(ownValue(state, weight), theta[state.net.weightAt(0, 1, 0)] / 0.5);
  assert.equal(ownUnit(state, weight), "per 1 of x₁²");
  const [w0, w1] = [0, 1].map((i) => theta[state.net.weightAt(0, i, 0)]), b = theta[state.net.biasAt(0, 0)];
  assert.ok(Math.abs(Number(ownValue(state, bias)) - (b - (w0 * 10) / 2 + (w1 * 3) / 0.5)) < 1e-12);
  assert.equal(ownUnit(state, bias), "where all columns are 0");
  assert.equal(ownValue(state, { ...weight, l: 1 }), null);
  assert.equal(ownValue(shownWith(), weight), null);
});
