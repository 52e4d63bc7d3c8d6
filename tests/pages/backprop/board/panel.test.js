import assert from "node:assert/strict";
import { test } from "node:test";

import { boardAction } from "../../../../pages/backprop/board/board.js";
import { titleText } from "../../../../pages/backprop/board/panel.js";
import { fitsOneLine, isDone, isLater } from "../../../../pages/backprop/board/result.js";

/** @typedef {import("../../../../pages/backprop/board/types.js").Shown} Shown */

/** @typedef {import("../../../../pages/backprop/board/types.js").Entry} Entry */
/** @typedef {import("../../../../pages/backprop/board/types.js").Header} Header */

/** @type {Pick<Header, "phases" | "steps" | "loss_label">} */
const HEADER = {
  phases: [["forward", "Forward"], ["loss", "Loss"], ["backward", "Backward"]],
  steps: [
    { key: "z1", phase: "forward", layer: 0, title: "sums" },
    { key: "L", phase: "loss", layer: null, title: "loss" },
    { key: "dL", phase: "backward", layer: 0, title: "gradient" },
    { key: "delta1", phase: "backward", layer: 0, title: "error" },
  ],
  loss_label: "Cross-entropy",
};

test("a step's heading names its phase and counts from 1 in it; that of the loss names the loss", () => {
  assert.deepEqual([0, 1, 2, 3].map((at) => titleText(HEADER, at)),
    ["Forward 1: sums", "Loss: Cross-entropy", "Backward 1: gradient", "Backward 2: error"]);
});

test("an entry is later if it comes after the chosen one, in the order of going through them", () => {
  /** @type {Entry[]} */
  const order = [[0, 0], [1, 0], [0, 1]];
  assert.equal(isLater(order, [1, 0], [0, 1]), true);
  assert.equal(isLater(order, [1, 0], [1, 0]), false);
  assert.equal(isLater(order, [1, 0], [0, 0]), false);
});

test("nothing is later than an entry that isn't gone through; such an entry comes after all others", () => {
  assert.equal(isLater([[0, 0], [0, 1]], [5, 0], [0, 1]), false);
  assert.equal(isLater([[0, 0], [0, 1]], [0, 0], [5, 0]), true);
  assert.equal(isLater([[0, 0], [0, 1]], [0, 1], [5, 0]), false);
});

test("going by neuron a step is done at its last entry, or at one that isn't gone through; by layer always", () => {
  /** @type {[number, number][]} */
  const walk = [[0, 0], [0, 1]];
  /** @param {string} by @param {[number, number]} entry */
  const done = (by, entry) => {
    const state = { content: { result: { walk } }, header: { by }, entry };
    return isDone(/** @type {Shown} */ (/** @type {unknown} */ (state)));
  };
  assert.deepEqual([done("neuron", [0, 0]), done("neuron", [0, 1]), done("neuron", [3, 0])], [false, true, true]);
  assert.equal(done("layer", [0, 0]), true);
});

test("a single number stands in one line, a product or a sum in two", () => {
  const sum = { left: "", more: 0, value: "", activation: null, symbols: ["<mi>a</mi>"], numbers: ["1"] };
  assert.equal(fitsOneLine(sum), true);
  assert.equal(fitsOneLine({ ...sum, symbols: ["<mi>a</mi><mo>·</mo><mi>b</mi>"] }), false);
  assert.equal(fitsOneLine({ ...sum, numbers: ["1", "2"] }), false);
  assert.equal(fitsOneLine({ ...sum, symbols: ["<mi>a</mi>", "<mi>b</mi>"] }), false);
});

test("the arrows, Home and End move, with a modifier they don't", () => {
  const plain = { key: "", shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  const keys = ["ArrowRight", "ArrowLeft", "Home", "End", "x"];
  assert.deepEqual(keys.map((key) => boardAction({ ...plain, key })), ["next", "back", "first", "last", null]);
  for (const held of ["shiftKey", "ctrlKey", "metaKey", "altKey"]) {
    assert.equal(boardAction({ ...plain, key: "Home", [held]: true }), null);
  }
});
