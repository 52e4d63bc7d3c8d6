// Where the probe goes, and what is said of it.

import { test } from "node:test";
import assert from "node:assert/strict";

import { planePlace } from "../../../../pages/playground/player/plane.js";
import { makeProbeMoves, probeMoved, probeRequest } from "../../../../pages/playground/player/probe-moves.js";
import {
  classOf, coordinateText, isProbed, probeFacts, probeNote, probeSentence,
} from "../../../../pages/playground/player/probe-words.js";
import { sliceOf } from "../../../../pages/playground/player/slice.js";
import { frameWith, headerWith, makeRecorder, shownWith } from "./made.js";

/** @param {Partial<import("../../../../pages/playground/player/types.js").Probe>} changes */
const probeWith = (changes) => ({ ...headerWith().probe, ...changes });

const square = sliceOf(headerWith(), [0, 0]);

/** Moves of a made-up state, and what they ask for. */
function moving() {
  const state = shownWith(), requests = makeRecorder();
  let arrivals = 0;
  const moves = makeProbeMoves(state, requests, () => { arrivals++; });
  return { state, requests, moves, arrivals: () => arrivals };
}

test("a coordinate has two decimals, or as many digits as it needs", () => {
  const texts = [1, -2.2, 0, -0, 3.125, 0.1 + 0.2, 1e-7, -1 / 3].map(coordinateText);
  assert.deepEqual(texts, ["1.00", "−2.20", "0.00", "0.00", "3.125", "0.30", "1e−7", "−0.333333"]);
});

test("of one output class 0 is the one above the middle, of several the largest, as the engine reads them", () => {
  const { dataset } = headerWith(), output = { center: 0, scale: 1 };
  const read = (/** @type {number[]} */ ...values) => classOf(Float64Array.from(values), { dataset, output });
  assert.deepEqual([read(0.1), read(0), read(-0.1), read(NaN), read(0.2, 0.5, 0.3)], [0, 1, 1, null, 1]);
  const regression = { ...dataset, kind: /** @type {const} */ ("regression") };
  assert.equal(classOf(Float64Array.of(0.3), { dataset: regression, output }), null);
});

test("the probe in one sentence: point, output, class, loss and the target that it is measured against", () => {
  const said = "Probe at x₁ 1.00, x₂ −2.00: output +1.5000, class Blue, loss 0.1250 against Blue.";
  assert.equal(probeSentence(shownWith()), said);
});

test("several outputs are said by the names of their classes", () => {
  const { dataset, layers } = headerWith();
  const state = shownWith({
    dataset: { ...dataset, classes: 3, labels: ["0", "1", "2"] },
    layers: [...layers.slice(0, 2), { ...layers[2], width: 3, activation: "softmax" }],
  }, { frame: frameWith(0, { probe: Float64Array.of(0, 0, 0, 0, 0, 0.25, 0.7, 0.05) }) });
  assert.deepEqual(probeFacts(state), {
    name: "Probabilities", values: ["0.250", "0.700", "0.050"], predicted: 1, loss: "0.1250",
  });
  assert.match(probeSentence(state), /: probabilities 0: 0\.250, 1: 0\.700, 2: 0\.050, class 1, loss/);
});

test("numbers that were taken at another place are not shown", () => {
  const state = shownWith({ probe: probeWith({ number: 2 }) });
  assert.equal(isProbed(state), false);
  assert.deepEqual(probeFacts(state), { name: "Output", values: ["–"], predicted: null, loss: "–" });
  assert.match(probeSentence(state), /: its numbers follow\.$/);
});

test("at rest the shown frame is asked for as it looks from where the probe is now", () => {
  const state = shownWith({ probe: probeWith({ number: 2 }) });
  assert.deepEqual(probeRequest(state), { kind: "frame", at: 0 });
  assert.equal(probeRequest({ ...state, playing: true }), null);
  assert.equal(probeRequest({ ...state, seek: 3 }), null);
  assert.equal(probeRequest(shownWith()), null);
});

test("off the map, or off the plane that it shows, the map doesn't tell what the network says there", () => {
  const { dataset, plane } = headerWith();
  /** @param {number[]} point */
  const note = (point, changes = {}) => probeNote({ probe: probeWith({ point }), dataset, plane, ...changes });
  assert.deepEqual([note([6, -6]), note([0, 6.01])], ["", "off the map"]);
  const sliced = { dataset: { ...dataset, held: [3.5], ranges: [[-6, 6], [-6, 6], [0, 9]], spread: [1, 1, 1] } };
  assert.deepEqual([note([0, 0, 3.5], sliced), note([0, 0, 3], sliced)], ["", ""], "the slice goes through the probe");
  const components = {
    mean: [0, 0, 1], across: [1, 0, 0], up: [0, 1, 0], shares: [0.6, 0.3], ranges: [[-3, 3], [-3, 3]],
  };
  const shown = { ...sliced, plane: { ...plane, components } };
  assert.deepEqual([note([0, 0, 1], shown), note([0, 0, 2], shown)], ["", "off the map’s plane"]);
});

test("a pixel is a place with two decimals, outside the map the nearest one of it", () => {
  const plane = { axes: square.axes, size: 300 };
  assert.deepEqual(planePlace(plane, 150, 150), [0, 0]);
  assert.deepEqual(planePlace(plane, 101, 20), [-1.96, 5.2]);
  assert.deepEqual(planePlace(plane, -40, 1000), [-6, -6]);
});

test("arrow keys move by 0.1, with Shift by 1, on round numbers and not off the map", () => {
  assert.deepEqual(probeMoved(square, [1.6, -2.2], [1, 0], false), [1.7, -2.2]);
  assert.deepEqual(probeMoved(square, [1.234, -2.25], [-1, 0], false), [1.1, -2.25]);
  assert.deepEqual(probeMoved(square, [1.6, -2.2, 3.5], [0, -1], true), [1.6, -3, 3.5]);
  assert.deepEqual(probeMoved(square, [5.95, 0], [1, 0], true), [6, 0]);
});

test("coordinates typed one after the other are asked for together, though the first is not answered yet", () => {
  const { requests, moves } = moving();
  moves.place(["1,5"]);
  moves.place([null, "2"]);
  assert.deepEqual(requests.sent.at(-1), { kind: "probe", change: { values: ["1,5", "2"] } });
});

test("keys that come faster than answers go on from where they have led", () => {
  const { requests, moves } = moving();
  for (let k = 0; k < 3; k++) moves.step([1, 0], false);
  assert.deepEqual(requests.sent.at(-1)?.change, { values: [1.3, -2] });
});

test("while the pointer carries it the probe is drawn there, and is spoken of and kept where it is put down", () => {
  const { state, requests, moves, arrivals } = moving();
  moves.carry([2, 3], false);
  moves.answered("probe");
  assert.deepEqual([state.carried, arrivals()], [[2, 3], 0]);
  moves.carry([2, 4], true);
  moves.answered("probe");
  assert.deepEqual([state.carried, arrivals(), requests.sent.at(-1)], [null, 1, { kind: "keep" }]);
});

test("a target and a data point are asked for by themselves", () => {
  const { requests, moves } = moving();
  moves.aim(1);
  moves.use(7);
  assert.deepEqual(requests.sent.map(({ change }) => change), [{ target: 1 }, { at: 7 }]);
});
