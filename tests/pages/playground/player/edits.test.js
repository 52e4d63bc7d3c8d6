// What quick clicks in the diagram add up to, and what is sent of them.

import { test } from "node:test";
import assert from "node:assert/strict";

import { designOf, makeEdits } from "../../../../pages/playground/player/edits.js";
import { makeRecorder, shownWith } from "./made.js";

/** @param {Parameters<typeof shownWith>[0]} [header] */
function editing(header) {
  const state = shownWith(header), requests = makeRecorder();
  return { state, requests, edits: makeEdits(state, requests) };
}

/** @param {Record<string, unknown>} change */
const edit = (change) => ({ kind: "edit", change });

test("a design has the hidden layers, not the output", () => {
  const state = shownWith();
  assert.deepEqual(designOf(state.header, state.net), {
    widths: [3, 2], activations: ["tanh", "relu"], features: ["x₁", "x₁²"],
  });
});

test("quick clicks add up until their answer has come", () => {
  const { edits, requests } = editing();
  edits.width(1, 1);
  edits.width(1, 1);
  edits.width(0, -1);
  assert.deepEqual(requests.sent, [edit({ widths: [3, 3] }), edit({ widths: [3, 4] }), edit({ widths: [2, 4] })]);
});

test("while an edit is on its way other answers don't end the adding up", () => {
  const { edits, requests } = editing();
  edits.width(1, 1);
  requests.waiting.add("edit");
  edits.answered();
  edits.width(1, 1);
  assert.deepEqual(requests.sent[1], edit({ widths: [3, 4] }));
  requests.waiting.clear();
  edits.answered();
  edits.width(1, 1);
  assert.deepEqual(requests.sent[2], edit({ widths: [3, 3] }));
});

test("a layer keeps a neuron and has at most the greatest width", () => {
  const { edits, requests } = editing();
  for (let k = 0; k < 3; k++) edits.width(1, -1);
  for (let k = 0; k < 3; k++) edits.width(0, 1);
  assert.deepEqual(requests.sent[2], edit({ widths: [3, 1] }));
  assert.deepEqual(requests.sent[5], edit({ widths: [4, 1] }));
});

test("an activation is changed in its layer, counted from 0", () => {
  const { edits, requests } = editing();
  edits.activation(0, "relu");
  assert.deepEqual(requests.sent, [edit({ activations: ["relu", "relu"] })]);
});

test("a feature is added in the order of all features, or taken out", () => {
  const { edits, requests } = editing();
  edits.feature("x₂");
  edits.feature("x₁");
  assert.deepEqual(requests.sent, [edit({ features: ["x₁", "x₂", "x₁²"] }), edit({ features: ["x₂", "x₁²"] })]);
});

test("the last input stays", () => {
  const { edits, requests } = editing();
  edits.feature("x₁");
  edits.feature("x₁²");
  edits.feature("x₂");
  assert.deepEqual(requests.sent, [edit({ features: ["x₁²"] }), edit({ features: ["x₂", "x₁²"] })]);
});

test("a weight is named by its layer from 0, from and to", () => {
  const { edits, requests } = editing();
  edits.set({ kind: "link", l: 0, i: 1, j: 2 }, "−0,5");
  edits.freeze({ kind: "bias", l: 1, i: 3, j: 0 }, true);
  assert.deepEqual(requests.sent, [
    { kind: "set", l: 0, i: 1, j: 2, value: "−0,5", by: null }, { kind: "freeze", l: 1, i: 3, j: 0, on: true },
  ]);
});

test("an edit is taken back only if there is one", () => {
  const none = editing(), one = editing({ undo: 1 });
  none.edits.undo();
  one.edits.undo();
  assert.deepEqual([none.requests.sent, one.requests.sent], [[], [{ kind: "undo" }]]);
});
