// What the inspector says of neurons, weights and points.

import { test } from "node:test";
import assert from "node:assert/strict";

import { activationOf } from "../../../../pages/playground/player/activations.js";
import { summandsOf, sumOf } from "../../../../pages/playground/player/neuron-card.js";
import { pointFacts, pointFoot, pointLine, pointTitle } from "../../../../pages/playground/player/point-card.js";
import {
  neuronName, parameterHint, parameterIndex, stepText,
} from "../../../../pages/playground/player/weight-text.js";
import { sliceOf } from "../../../../pages/playground/player/slice.js";
import { headerWith, shownWith } from "./made.js";

/** @typedef {import("../../../../pages/playground/player/types.js").ParameterFocus} ParameterFocus */

const POINTS = new Float32Array([1, -2, 0, 3, 4, 1, 0.5, 0.25, 0]);

/** @type {ParameterFocus} */
const link = { kind: "link", l: 1, i: 2, j: 0 };
/** @type {ParameterFocus} */
const bias = { kind: "bias", l: 1, i: 3, j: 0 };

/** @param {ReturnType<typeof shownWith>} state @param {number} n */
const written = (state, n) => pointFacts(state, n).map(({ name, value }) => `${name} ${value}`);

/** @param {number[]} outputs @param {number[]} losses */
function inspection(outputs, losses) {
  return {
    frame: 0, gradient: new Float32Array(20), step: new Float32Array(20), outputs: new Float32Array(outputs),
    losses: new Float32Array(losses),
  };
}

/** Points with four coordinates. */
function ofFour() {
  const { dataset, probe } = headerWith(), names = ["x₁", "x₂", "x₃", "x₄"];
  /** @type {[number, number][]} */
  const ranges = [[-6, 6], [-6, 6], [-6, 6], [-6, 6]];
  return {
    dataset: { ...dataset, held: [0, 0], ranges, spread: [1, 1, 1, 1], coordinates: names, short_coordinates: names },
    probe: { ...probe, point: [0, 0, 0, 0] },
  };
}

/** Three classes. @param {string} activation */
function threeClasses(activation) {
  const { dataset, layers } = headerWith();
  return {
    dataset: { ...dataset, classes: 3, labels: ["A", "B", "C"] },
    layers: [...layers.slice(0, 2), { ...layers[2], width: 3, activation }],
  };
}

test("a neuron of the first layer adds up the inputs that are on", () => {
  const { weights, bias: b, values } = summandsOf(shownWith(), { l: 0, j: 1 });
  assert.deepEqual(weights.map((w) => +w.toFixed(3)), [0.1, 0.4]);
  assert.equal(b?.toFixed(3), "0.700");
  assert.deepEqual(values, [1, 4]);
});

test("a later neuron adds up what the layer before it puts out", () => {
  const { weights, values } = summandsOf(shownWith(), { l: 1, j: 0 });
  assert.deepEqual(weights.map((w) => +w.toFixed(3)), [0.9, 1.1, 1.3]);
  assert.deepEqual(values, [0.25, 0.5, 0.75]);
  assert.deepEqual(summandsOf(shownWith(), { l: 2, j: 0 }).values, [1, 1.25]);
});

test("a neuron's sum is that of its weights times what they multiply, and its bias", () => {
  assert.equal(sumOf({ weights: [0.5, -2], bias: 0.25, values: [4, 1.5] }), -0.75);
  assert.equal(sumOf({ weights: [0.5, -2], bias: null, values: [4, 1.5] }), -1);
});

test("a network without biases has none in its sums", () => {
  const layers = headerWith().layers.map((layer) => ({ ...layer, b: null }));
  assert.equal(summandsOf(shownWith({ layers }), { l: 0, j: 0 }).bias, null);
});

test("an activation that can't be chosen is called by its name", () => {
  assert.equal(activationOf(headerWith(), 1).label, "ReLU");
  assert.deepEqual(activationOf(headerWith(), 2), { label: "sigmoid", short: "sigmoid" });
});

test("a weight is numbered from 1, with a comma where a number may have two digits", () => {
  assert.equal(parameterIndex({ dims: [2, 3, 2] }, link), "31");
  assert.equal(parameterIndex({ dims: [2, 10, 2] }, link), "3,1");
  assert.equal(parameterIndex({ dims: [2, 3, 10] }, link), "3,1");
  assert.equal(parameterIndex({ dims: [10, 3, 2] }, link), "31");
  assert.equal(parameterIndex({ dims: [2, 3, 2] }, bias), "1");
});

test("neurons and layers are printed from 1", () => {
  const one = shownWith().net, three = shownWith(threeClasses("softmax")).net;
  const names = [neuronName(one, 0, 1, false), neuronName(one, 1, 0, true)];
  assert.deepEqual(names, ["hidden 1, neuron 2", "H 2 no. 1"]);
  const outputs = [true, false].map((small) => neuronName(one, 2, 0, small));
  assert.deepEqual(outputs, ["output no. 1", "output, neuron 1"]);
  for (const small of [true, false]) assert.equal(neuronName(three, 2, 0, small), "output, class A");
});

test("the step is −η times the gradient only where nothing else moves the parameter", () => {
  const plain = { optimizer: "SGD", plain_step: true };
  assert.equal(stepText(plain, link, false), "−η ∂L/∂w");
  assert.equal(stepText(plain, bias, false), "−η ∂L/∂b");
  assert.equal(stepText({ optimizer: "Adam", plain_step: false }, link, false), "Adam step");
  assert.equal(stepText(plain, link, true), "Step");
});

test("a weight's hint says where its gradient is from, or how to get it, and what keys do", () => {
  const state = { playing: false, walk: null, header: { dataset: { train: 250 } } };
  assert.equal(parameterHint(state, true), "Over all 250 training points. Click to edit.");
  assert.equal(parameterHint({ ...state, playing: true }, false), "Pause for the gradient. Click to edit.");
  assert.equal(parameterHint({ ...state, walk: link }, false), "↑ ↓ choose, Enter edits, Esc leaves.");
});

test("training points come first and each kind is numbered from 1", () => {
  const state = shownWith({}, { points: POINTS });
  assert.deepEqual([1, 2].map((n) => pointTitle(state, n)), ["Training point 2", "Test point 1"]);
});

test("a point has coordinates and class, and dashes until output and loss are known", () => {
  const state = shownWith({}, { points: POINTS });
  assert.deepEqual(written(state, 1), ["x₁ 3.00", "x₂ 4.00", "Class Orange", "Output –", "Loss –"]);
  state.inspected = inspection([0.25, 0.5, 0.75], [1, 2, 3]);
  assert.deepEqual(written(state, 1).slice(3), ["Output +0.5000", "Loss 2.0000"]);
});

test("a point of a regression has a target instead of a class", () => {
  const dataset = { ...headerWith().dataset, kind: /** @type {const} */ ("regression") };
  assert.equal(written(shownWith({ dataset }, { points: POINTS }), 1)[2], "Target +1.000");
});

test("coordinates that the map doesn't show are listed too, all with fewer digits", () => {
  const state = shownWith(ofFour(), { points: POINTS, beyond: new Float32Array([7, 8, 9.125, 10, 11, 12]) });
  assert.deepEqual(written(state, 1).slice(0, 4), ["x₁ 3", "x₂ 4", "x₃ 9.13", "x₄ 10"]);
});

test("of several classes the likeliest is predicted and all are listed", () => {
  const state = shownWith(threeClasses("softmax"), { points: POINTS });
  assert.equal(pointFoot(state, 1), "Probabilities  A: –  B: –  C: –");
  state.inspected = inspection([1, 0, 0, 0.125, 0.625, 0.25, 0, 0, 1], [1, 2, 3]);
  assert.equal(written(state, 1)[3], "Predicted B");
  assert.equal(pointFoot(state, 1), "Probabilities  A: 0.125  B: 0.625  C: 0.250");
});

test("outputs that are no probabilities are called outputs", () => {
  const state = shownWith(threeClasses("sigmoid"), { points: POINTS, beyond: Float32Array.of(0, 0, 0) });
  const dataset = { ...state.header.dataset, held: [1], spread: [1, 1, 1] };
  state.slice = sliceOf({ dataset, plane: state.header.plane }, [0, 0, 1]);
  state.header.dataset = dataset;
  assert.equal(pointFoot(state, 1), "Outputs  A: –  B: –  C: –   This point lies off the slice.");
});

test("a single output's foot says how to get the numbers while the run plays", () => {
  const state = shownWith({}, { points: POINTS });
  assert.equal(pointFoot(state, 0), "The loss of this point alone.");
  state.playing = true;
  assert.equal(pointFoot(state, 0), "Pause for output and loss.");
});

test("in one line a point's symbols are plain letters", () => {
  const line = pointLine(shownWith({}, { points: POINTS }), 0);
  assert.equal(line, "Training point 1: x1 1.00, x2 −2.00, Class Blue, Output –, Loss –");
});
