// The words and numbers around the diagram.

import { test } from "node:test";
import assert from "node:assert/strict";

import { outputsText } from "../../../../pages/playground/player/controls.js";
import { hintText, mapTitle } from "../../../../pages/playground/player/headings.js";
import {
  asideText, messageText, paleText, penaltyText, testLossText,
} from "../../../../pages/playground/player/readouts.js";
import { axisExtent } from "../../../../pages/playground/player/screen.js";
import { headerWith, diagnosisWith, foundAt, frameWith, shownWith } from "./made.js";

/** @param {number} l @param {number} j @returns {import("../../../../pages/playground/player/types.js").NeuronFocus} */
const neuron = (l, j) => ({ kind: "neuron", l, j });

test("the map's title says which neuron it shows: layers from 1, classes as the data names them", () => {
  const one = { last: 2, outputs: 1, outputNames: ["neuron 1"] };
  const three = { last: 2, outputs: 3, outputNames: ["class 0", "class 1", "class 2"] };
  assert.deepEqual([one, three].map((net) => mapTitle({ mapped: null, net }, false)), ["Output", "Predicted class"]);
  const header = { dataset: { target: "mass" } }, ofTable = { mapped: null, net: one, header };
  assert.deepEqual([false, true].map((narrow) => mapTitle(ofTable, narrow)), ["mass", "mass"]);
  const outputs = [one, three].map((net) => mapTitle({ mapped: neuron(2, 1), net }, false));
  assert.deepEqual(outputs, ["Output ", "Output · class 1"]);
  const hidden = [false, true].map((narrow) => mapTitle({ mapped: neuron(1, 2), net: one }, narrow));
  assert.deepEqual(hidden, ["Hidden 2 · neuron 3", "H 2 · neuron 3"]);
});

test("the hint speaks of pointer or finger", () => {
  assert.equal(hintText(true, false, shownWith().header), "Tap a neuron, link, bias or data point for its numbers.");
  assert.match(hintText(false, false, shownWith().header), /^Point at .* numbers; click to hold or edit it\.$/);
  const pictures = /** @type {[number, number]} */ ([1, 3]), { dataset } = headerWith();
  const header = headerWith({ dataset: { ...dataset, held: [0], picture: pictures } });
  assert.equal(hintText(true, false, header), "Tap a neuron or link for its numbers.", "pictures have no map");
});

test("outputs are counted, in words where there is room", () => {
  assert.deepEqual([false, true].map((short) => outputsText({ outputs: 1, softmax: false }, short)), ["1 neuron", "1"]);
  assert.deepEqual([false, true].map((short) => outputsText({ outputs: 3, softmax: true }, short)), ["3 classes", "3"]);
  assert.equal(outputsText({ outputs: 3, softmax: false }, false), "3");
});

test("why training has ended is said at its end only, before notices and what keeps it from learning", () => {
  const header = { stopped: "The end.", last: 5 }, diagnoses = [diagnosisWith({ found: [foundAt([1, 0], 3)] })];
  const said = { header, shown: 4, notice: "New.", silent: false, offer: null, playing: false, diagnoses };
  assert.equal(messageText({ ...said, shown: 5 }), "The end.");
  assert.equal(messageText(said), "New.");
  assert.equal(messageText({ ...said, notice: "" }), "One dead ReLU unit since epoch 3.");
  assert.equal(messageText({ ...said, shown: 2, notice: "" }), "", "the frames that are ahead are, not this one");
  assert.equal(messageText({ ...said, diagnoses: [], notice: "" }), "");
});

test("a silent server is said before anything else", () => {
  const header = { stopped: "The end.", last: 5 };
  const said = { header, shown: 5, notice: "New.", silent: true, offer: null, playing: true, diagnoses: [] };
  assert.match(messageText(said), /doesn't answer/);
});

test("learning rate and clipping are said beside the message, or the point on a phone", () => {
  const state = { frame: frameWith(0, { learning_rate: 0.0123456, clipped: 3 }), rates: { vary: true }, aside: "",
    work: null };
  assert.equal(asideText(state), "Learning rate 0.0123 · Gradient clipped in 3 of the last steps");
  assert.equal(asideText({ ...state, aside: "A point" }), "A point");
  const steady = { frame: frameWith(0, { clipped: 1 }), rates: { vary: false }, aside: "", work: null };
  assert.equal(asideText(steady), "Gradient clipped in 1 step");
  const work = { frame: 12, share: 0.439, since: 0, long: true };
  assert.equal(asideText({ ...steady, work }), "Frame 12: 43 % · Gradient clipped in 1 step");
  assert.equal(asideText({ ...steady, work: { ...work, long: false } }), "Gradient clipped in 1 step");
});

test("pale curves are named once there is one of before a change", () => {
  const before = { epoch: new Float64Array(1), train_loss: new Float64Array(1), test_loss: new Float64Array(1) };
  assert.equal(paleText({ before: null, shown: 1, seen: 3 }), "");
  assert.equal(paleText({ before, shown: 3, seen: 3 }), "pale: before");
  assert.equal(paleText({ before, shown: 1, seen: 3 }), "pale: ahead and before");
});

test("a penalty stands beside the train loss as what is added to it", () => {
  const frame = frameWith(0, { penalty: 0.01234 });
  assert.equal(penaltyText(shownWith({ penalty: "L2" }, { frame })), "+ 0.0123 L2");
  assert.equal(penaltyText(shownWith({ penalty: null }, { frame })), "");
});

test("the test loss is a dash only where nothing can be tested", () => {
  const frame = frameWith(0, { test_loss: NaN, metric: NaN }), points = new Float32Array(6);
  assert.equal(testLossText(shownWith({}, { frame, points })), "–");
  assert.equal(testLossText(shownWith({}, { frame, points: new Float32Array(9) })), "NaN");
  assert.equal(testLossText(shownWith({}, { frame: { ...frame, metric: 1 }, points })), "NaN");
  assert.equal(testLossText(shownWith({}, { points })), "1.0000");
});

test("the epoch axis begins with 150 frames of whole epochs, and with less for mini-batches", () => {
  assert.equal(axisExtent({ unit: "epoch", speed: 1 }, 0), 150);
  assert.equal(axisExtent({ unit: "epoch", speed: 10 }, 0), 1500);
  assert.equal(axisExtent({ unit: "mini-batch", speed: 1 }, 0), 6);
  assert.equal(axisExtent({ unit: "epoch", speed: 1 }, 151), 300);
});
