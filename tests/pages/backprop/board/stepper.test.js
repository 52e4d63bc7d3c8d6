import assert from "node:assert/strict";
import { test } from "node:test";

import { lossesAt, phasesOf, progressText, segmentName, segmentsOf } from "../../../../pages/backprop/board/stepper.js";

/** @typedef {import("../../../../pages/backprop/board/types.js").Header} Header */

/** @type {Header["phases"]} */
const PHASES = [["forward", "Forward"], ["loss", "Loss"], ["backward", "Backward"], ["update", "Update"]];

/** @param {string[]} phases of the steps */
function header(...phases) {
  /** @type {Pick<Header, "phases" | "steps" | "loss_before" | "loss_texts">} */
  const made = {
    phases: PHASES,
    steps: phases.map((phase, k) => ({ key: "s" + k, phase, layer: null, title: "" })),
    loss_before: 0.5,
    loss_texts: ["0.5", "0.4"],
  };
  return made;
}

/** @param {ReturnType<typeof header>} given @param {number} at */
const told = (given, at) => lossesAt(given, at).map(({ name, text }) => `${name} ${text}`);

test("phases come in the header's order, each with its steps, without the empty ones", () => {
  const found = phasesOf(header("forward", "forward", "loss", "backward"));
  const facts = found.map(({ name, first, steps }) => [name, first, steps.length]);
  assert.deepEqual(facts, [["Forward", 0, 2], ["Loss", 2, 1], ["Backward", 3, 1]]);
});

test("a phase is cut into the layers that it goes through, in its own order", () => {
  const layers = [2, 2, 2, 1, 1, 0];
  const steps = layers.map((layer, k) => ({ key: "s" + k, phase: "backward", layer, title: "" }));
  const found = segmentsOf(steps).map(({ layer, from, steps: { length } }) => [layer, from, length]);
  assert.deepEqual(found, [[2, 0, 3], [1, 3, 2], [0, 5, 1]]);
});

test("a segment is called by its phase and its layer counted from 1, the loss by its phase alone", () => {
  assert.equal(segmentName("Backward", 1), "Backward, layer 2");
  assert.equal(segmentName("Loss", null), "Loss");
});

test("a phase counts its steps from 1, says 0 before it and has a check mark after it", () => {
  assert.deepEqual([-5, -1, 0, 2, 3, 9].map((here) => progressText(here, 3)),
    ["0 of 3", "0 of 3", "1 of 3", "3 of 3", "✓", "✓"]);
});

test("a phase of one step doesn't count", () => {
  assert.deepEqual([-1, 0, 1].map((here) => progressText(here, 1)), ["", "", "✓"]);
});

test("the loss is told from its step on, the loss after the update at the last step", () => {
  const given = header("forward", "loss", "backward", "update");
  assert.deepEqual(told(given, 0), ["L before ?", "after ?"]);
  assert.deepEqual(told(given, 1), ["L before 0.5", "after ?"]);
  assert.deepEqual(told(given, 2), ["L before 0.5", "after ?"]);
  assert.deepEqual(told(given, 3), ["L before 0.5", "after 0.4"]);
});

test("without an update there is one loss, and none in a forward pass only", () => {
  assert.deepEqual(told(header("forward", "loss"), 1), ["L 0.5"]);
  assert.deepEqual(told({ ...header("forward"), loss_before: null }, 0), []);
});
