import assert from "node:assert/strict";
import { test } from "node:test";

import { placeBeside } from "../../../../pages/experiments/sweep/choosing.js";
import { layoutOf } from "../../../../pages/experiments/sweep/grid.js";
import { decades, decadeText, lossAxisOf } from "../../../../pages/experiments/sweep/loss-axis.js";
import { stripLines } from "../../../../pages/experiments/sweep/strip-lines.js";
import {
  countText, emptyText, lossSaid, nameOf, progressText, spokenOf,
} from "../../../../pages/experiments/sweep/words.js";

/** @type {import("../../../../pages/experiments/sweep/types.js").Cell} */
const cell = {
  row: 0, column: 1, said: ["ReLU", "0.3"], refusal: "", count: 10, wanted: 10, successes: 8, judged: "test loss",
  quartiles: [0.01, 0.02, null], curve: [[0.4, 0.01], [0.5, 0.02], [0.6, null]],
  runs: [{ seed: 3, epoch: 5, loss: 0.004, succeeded: true, overflowed: false }],
};
/** @type {import("../../../../pages/experiments/sweep/types.js").Sweep} */
const sweep = {
  state: "running", done: 10, total: 40, success: 0.05, seeds: 10, epochs: 60, view: "multiples", views: [],
  down: { label: "Activation", values: ["ReLU", "tanh"] }, across: { label: "Learning rate", values: ["0.03", "0.3"] },
  cells: [
    { ...cell, column: 0, count: 0, said: ["ReLU", "0.03"] }, cell,
    { ...cell, row: 1, column: 0, count: 4, said: ["tanh", "0.03"] },
    { ...cell, row: 1, count: 0, wanted: 0, refusal: "loss must be one of …", said: ["tanh", "0.3"] },
  ],
  judged: "test loss", caveat: "", domain: 6, inputs: ["x₁", "x₂"], provenance: "", notice: "",
  kept: { number: 0 },
};

test("the axis goes over whole decades, from 1 to 0.01 at least and as far as there are losses", () => {
  const axis = lossAxisOf({ ...sweep, cells: [] }, false);
  assert.deepEqual(axis.ticks, [1, 0.1, 0.01]);
  assert.deepEqual(lossAxisOf(sweep, true).ticks.map((tick) => +tick.toPrecision(3)), [1, 0.1, 0.01, 0.001]);
});

test("the loss that is success finds room on the axis", () => {
  assert.equal(lossAxisOf({ ...sweep, cells: [], success: 0.0005 }, false).ticks.length, 5);
  assert.equal(lossAxisOf({ ...sweep, cells: [], success: 5 }, true).high, 10);
});

test("a loss stands at its share of the axis, ∞ at the upper end and 0 at the lower", () => {
  const { share } = decades(-2, 0);
  assert.deepEqual([1, 0.1, 0.01, 0, null, NaN, 5].map(share), [0, 0.5, 1, 1, 0, 0, 0]);
});

test("a tick is written out where that is short", () => {
  assert.deepEqual([10, 1, 0.001, 0.0001, 1e-5].map(decadeText), ["10", "1", "0.001", "0.0001", "1e−5"]);
});

test("arrow keys go from cell to cell and no further than the grid", () => {
  /** @param {string} key */
  const from = (key) => placeBeside(sweep, "0,1", key);
  assert.deepEqual(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "x"].map(from),
    ["0,0", "", "", "1,1", "0,0", "1,1", ""]);
});

test("cells fill the width there is, and are no narrower than can be read", () => {
  const wide = layoutOf(sweep, 1000, 36), narrow = layoutOf(sweep, 340, 36);
  assert.equal(wide.width, 1000 - (1000 - wide.left - 10 - 2 * wide.cell));
  assert.ok(wide.left > 36 && !wide.narrow);
  assert.ok(narrow.narrow && narrow.over > 0 && narrow.cell >= 84);
  const many = { ...sweep, across: { label: "Noise", values: Array.from({ length: 12 }, String) } };
  assert.ok(layoutOf(many, 340, 36).width > 340);
});

test("a cell is said with its values, how many succeeded and how far they differ", () => {
  assert.equal(nameOf(sweep, cell), "Activation ReLU, Learning rate 0.3");
  assert.equal(spokenOf(sweep, cell), "Activation ReLU, Learning rate 0.3: 8 of 10 at or below 0.05, " +
    "median test loss 0.0200, middle half from 0.0100 to ∞");
  assert.match(spokenOf(sweep, sweep.cells[2]), /4 of 10 runs done/);
  assert.match(spokenOf(sweep, sweep.cells[3]), /: loss must be one of …$/);
});

test("a cell without runs waits, was not run, or can't be", () => {
  assert.equal(emptyText(sweep, sweep.cells[0]), "waiting");
  assert.equal(emptyText({ ...sweep, state: "cancelled" }, sweep.cells[0]), "not run");
  assert.equal(emptyText(sweep, sweep.cells[3]), "can’t be");
});

test("counts say how far a cell is, then how many succeeded", () => {
  assert.equal(countText(sweep.cells[2]), "4 of 10 seeds");
  assert.equal(countText(cell), "8 of 10");
  assert.equal(progressText(sweep), " of 40 runs, 1 of 4 cells");
  assert.equal(progressText({ ...sweep, state: "done" }), " of 40 runs done");
  assert.equal(lossSaid(null), "∞");
});

test("strips stand in as few lines as there is room for, and those of a row together", () => {
  const wide = { ...sweep, across: { label: "Noise", values: ["0", "0.1", "0.2"] }, cells: [0, 1].flatMap((row) =>
    [0, 1, 2].map((column) => ({ ...cell, row, column }))) };
  /** @param {number} width */
  const places = (width) => stripLines(wide, width).map((groups) => groups.map((group) => group.map((one) =>
    `${one.row}${one.column}`).join(" ")));
  assert.deepEqual(places(1000), [["00 01 02", "10 11 12"]]);
  assert.deepEqual(places(340), [["00 01 02"], ["10 11 12"]]);
  assert.deepEqual(places(200), [["00 01"], ["02"], ["10 11"], ["12"]]);
  assert.deepEqual(places(10).flat(2).length, 6);
});
