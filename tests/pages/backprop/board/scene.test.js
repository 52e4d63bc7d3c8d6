import assert from "node:assert/strict";
import { test } from "node:test";

import { isChosenLink } from "../../../../pages/backprop/board/links.js";
import { columnNumbers, partOf, placeIn, sceneAt, upToNeuron } from "../../../../pages/backprop/board/scene.js";

/** @typedef {import("../../../../pages/backprop/board/types.js").Network} Network */
/** @typedef {import("../../../../pages/backprop/board/types.js").Shown} Shown */

/** Two samples through two inputs, two hidden neurons and an output. @type {Network} */
const NETWORK = {
  dims: [2, 2, 1],
  classes: [],
  weights: [[[1, 2], [3, 4]], [[5], [6]]],
  y: [[1], [0]],
  a: [[[1, -4], [2, 3]], [[0.5, 0.25], [0.1, 9]], [[0.7], [0.8]]],
  z: [[[-3, 2], [0.3, 4]], [[0.2], [0.4]]],
  delta: [[[0.01, 0.02], [0.03, 0.04]], [[0.1], [0.2]]],
};

/** @param {number} c @param {string[]} known */
const numbersOf = (c, ...known) => columnNumbers(NETWORK, c, 0, new Set(known));

/**
 * The scene at one of three steps.
 * @param {number} at
 * @param {{ entry?: [number, number], weights?: boolean }} [chosen]
 */
function sceneOf(at, { entry = [0, 0], weights = false } = {}) {
  const phases = ["forward", "loss", "backward"], keys = ["z1", "L", "delta2"];
  const steps = keys.map((key, k) => ({ key, phase: phases[k], layer: k, title: "" }));
  const content = { place: { neurons: { 2: 0 }, links: null }, layer: 1, result: { weights } };
  const state = { at, entry, content, colors: {}, header: { diagram: NETWORK, steps, by: "layer", digits: 4 } };
  return sceneAt(/** @type {Shown} */ (/** @type {unknown} */ (state)), 450, 380);
}

test("the inputs are known from the start", () => {
  assert.deepEqual(numbersOf(0), { symbol: "x", values: [1, -4], errors: null, spread: 4 });
});

test("a column shows nothing before its sums, then the sums, then the activations", () => {
  assert.deepEqual(numbersOf(1), { symbol: null, values: null, errors: null, spread: 1 });
  assert.deepEqual(numbersOf(1, "z1"), { symbol: "z", values: [-3, 2], errors: null, spread: 3 });
  assert.deepEqual(numbersOf(1, "z1", "a1"), { symbol: "a", values: [0.5, 0.25], errors: null, spread: 1 });
  assert.equal(numbersOf(2, "z1", "a1").values, null);
});

test("errors are shown once they are known, of their own column only", () => {
  assert.deepEqual(numbersOf(1, "z1", "a1", "delta1").errors, [0.01, 0.02]);
  assert.equal(numbersOf(2, "z1", "a1", "delta1").errors, null);
});

test("going by neuron, a column has the numbers of its step up to the neuron that is reached", () => {
  const sums = numbersOf(1, "z1"), all = numbersOf(1, "z1", "a1", "delta1");
  assert.deepEqual(upToNeuron(sums, 1, "z1", 0).values, [-3, null]);
  assert.deepEqual(upToNeuron(all, 1, "delta1", 0).errors, [0.01, undefined]);
  assert.deepEqual(upToNeuron(all, 1, "delta1", 0).values, [0.5, 0.25], "they have been told before");
  assert.deepEqual(upToNeuron(all, 1, "z2", 0), all, "another column's step");
});

test("small sums aren't coloured as if they were large", () => {
  assert.equal(columnNumbers(NETWORK, 2, 0, new Set(["z2"])).spread, 1);
});

test("a sample that wasn't sent is shown as the first", () => {
  assert.deepEqual(columnNumbers(NETWORK, 0, 1, new Set()).values, [2, 3]);
  assert.deepEqual(columnNumbers(NETWORK, 0, 9, new Set()).values, [1, -4]);
});

test("the neurons show the sample of the chosen entry; an entry of weights has none", () => {
  assert.equal(sceneOf(0, { entry: [1, 0] }).sample, 1);
  assert.equal(sceneOf(0, { entry: [1, 0], weights: true }).sample, 0);
  assert.equal(sceneOf(0, { entry: [7, 0] }).sample, 0);
});

test("a step knows what came before it and itself, and nothing that comes later", () => {
  assert.deepEqual([0, 1, 2].map((at) => sceneOf(at).lossKnown), [false, true, true]);
  assert.deepEqual([0, 1, 2].map((at) => sceneOf(at).columns[2].errors), [null, null, [0.1]]);
  assert.deepEqual([0, 1, 2].map((at) => sceneOf(at).backward), [false, false, true]);
});

test("layer 0 has its links before its column, which is column 1; column 0 are the inputs", () => {
  const { column, links, tones } = placeIn({ place: { neurons: { 0: 1, 1: 0 }, links: 0 }, layer: 0 });
  assert.deepEqual([column, links], [1, 0]);
  assert.deepEqual([...tones], [[0, 1], [1, 0]]);
  assert.equal(placeIn({ place: { neurons: {}, links: null }, layer: 1 }).links, null);
});

test("a term stands for a layer's links or its neurons, or for nothing in the diagram", () => {
  const parts = { links: ["W1", "W2"], columns: ["x", "a1", "a2"] };
  assert.equal(partOf(parts, { layer: 1, links: true }), "W2");
  assert.equal(partOf(parts, { layer: 2, links: false }), "a2");
  assert.equal(partOf(parts, { layer: 0, links: false }), "x");
  assert.equal(partOf(parts, { layer: null, links: false }), undefined);
});

test("an entry of weights has one link", () => {
  const scene = { weights: true, entry: /** @type {[number, number]} */ ([0, 1]), column: 1 };
  assert.deepEqual([isChosenLink(scene, 0, 0, 1), isChosenLink(scene, 0, 1, 1), isChosenLink(scene, 0, 0, 0)],
    [true, false, false]);
});

test("an entry of a neuron has all links on its side: into it, or out of it where they lead to the next column", () => {
  const scene = { weights: false, entry: /** @type {[number, number]} */ ([5, 1]), column: 1 };
  assert.deepEqual([isChosenLink(scene, 0, 0, 1), isChosenLink(scene, 0, 1, 0)], [true, false]);
  assert.deepEqual([isChosenLink(scene, 1, 1, 0), isChosenLink(scene, 1, 0, 1)], [true, false]);
});
