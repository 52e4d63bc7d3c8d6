// What the board tells those who hear the page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { diagramLabel, resultSaid, stepSaid } from "../../../../pages/backprop/board/spoken.js";

/** @typedef {import("../../../../pages/backprop/board/types.js").Header} Header */
/** @typedef {import("../../../../pages/backprop/board/types.js").Result} Result */
/** @typedef {import("../../../../pages/backprop/board/types.js").Shown} Shown */

/**
 * The second step of a calculation, with this result.
 * @param {Partial<Result>} result
 * @param {Partial<Shown>} [changes]
 */
const shown = (result, changes) => /** @type {Shown} */ ({
  header: /** @type {Header} */ (/** @type {unknown} */ ({
    phases: [["forward", "Forward"]], by: "layer", loss_label: "",
    steps: [{ phase: "forward", title: "sums" }, { phase: "forward", title: "activations" }],
  })),
  at: 1, entry: [0, 0], sums: {},
  content: { result: { more: [0, 0], walk: [[0, 0], [0, 1]], turned: false, ...result } },
  ...changes,
});

test("one hears which step is shown and all of a small result", () => {
  const one = { texts: [["0.5000"]], shape: /** @type {[number, number]} */ ([1, 1]) };
  assert.equal(stepSaid(shown(one)), "Forward 2: activations. Result: 0.5000.");
  const two = { texts: [["0.5000", "−0.4000"]], shape: /** @type {[number, number]} */ ([1, 2]) };
  assert.equal(stepSaid(shown(two)), "Forward 2: activations. Result: 0.5000; −0.4000.");
});

test("another entry than the first is told with its place, counted from 1 as the matrix lies", () => {
  const column = { texts: [["1"], ["2"]], shape: /** @type {[number, number]} */ ([2, 1]) };
  assert.match(stepSaid(shown({ ...column, turned: true }, { entry: [0, 1] })), /Chosen is 2, 1: 2\.$/);
});

test("of a large result, and of one that is not gone through yet, only the chosen entry is told", () => {
  const large = { texts: [["1", "2", "3"], ["4", "5", "6"]], shape: /** @type {[number, number]} */ ([9, 3]) };
  assert.equal(resultSaid(shown(large, { entry: [1, 2] })), "Result of 9 × 3 numbers, at 2, 3: 6");
  const far = shown(large, { entry: [7, 0] });
  assert.equal(resultSaid(far), "Result of 9 × 3 numbers");
  far.sums["7,0"] = { left: "", symbols: [], numbers: [], more: 0, value: "7", activation: null };
  assert.equal(resultSaid(far), "Result of 9 × 3 numbers, at 8, 1: 7");
  const two = shown({ texts: [["8", "9"]], shape: [1, 2] });
  two.header.by = "neuron";
  assert.equal(resultSaid(two), "Result of 1 × 2 numbers, at 1, 1: 8");
});

test("the diagram's label has the sizes of the layers and the step", () => {
  assert.equal(diagramLabel([[[1, 2, 3], [1, 2, 3]], [[1], [2], [3]]], "Loss: MSE"),
    "The network with 2, 3, 1 neurons in its layers; what this step works on is lit: Loss: MSE.");
});
