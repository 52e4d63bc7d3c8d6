// Which inside view is open, what is asked for and kept, and how its numbers are written.

import assert from "node:assert/strict";
import { test } from "node:test";

import { decadesOf, normsTable } from "../../../../pages/playground/player/inside-norms.js";
import { lineEnds } from "../../../../pages/playground/player/inside-marks.js";
import { hiddenSpaceCaption, hiddenSpaceTable, reachOf } from "../../../../pages/playground/player/inside-space.js";
import { distributionsTable } from "../../../../pages/playground/player/inside-distributions.js";
import {
  makeInside, makeNorms, numbersOf, openedOf,
} from "../../../../pages/playground/player/inside-state.js";
import {
  framedColumn, headedColumns, matricesOf, weightsCaption, weightsTable,
} from "../../../../pages/playground/player/inside-weights.js";
import { cellText, columnLabels, powerOf, rowLabels } from "../../../../pages/playground/player/inside-words.js";
import { probeRequest } from "../../../../pages/playground/player/probe-moves.js";
import { frameWith, headerWith, makeRecorder, shownWith } from "./made.js";

/** @typedef {import("../../../../pages/playground/player/types.js").Frame} Frame */

/** @param {Partial<import("../../../../pages/playground/player/inside-state.js").Inside>} changes */
const insideWith = (changes) => ({ number: 1, view: "weights", layer: 0, batch: false, ...changes });

/** A frame with numbers for an inside view. @param {Record<string, ArrayLike<number>>} numbers */
const telling = (numbers) => /** @type {Frame} */ ({ ...frameWith(0), ...numbers });

/** Inside views of a made-up state, and what they ask for. */
function opening() {
  const state = shownWith(), requests = makeRecorder();
  let changes = 0;
  /** @type {number[]} */
  const dropped = [];
  const keeper = makeInside(state, requests, { dropAfter: (frame) => { dropped.push(frame); } }, () => { changes++; });
  return { state, requests, keeper, dropped, changes: () => changes };
}

test("a view is open as soon as it is asked for, and its room is made once", () => {
  const { state, requests, keeper, changes } = opening();
  keeper.open({ view: "norms" });
  keeper.open({ view: "norms" });
  assert.deepEqual(openedOf(state), { view: "norms", layer: 0, batch: false });
  assert.deepEqual(requests.sent, [{ kind: "inside", change: { view: "norms", layer: 0, batch: false } }]);
  assert.equal(changes(), 1);
});

test("once the server has answered the frames ahead are asked for anew, and the tab keeps what is open", () => {
  const { state, requests, keeper, dropped } = opening();
  keeper.open({ view: "weights", layer: 1 });
  keeper.take(headerWith({ inside: insideWith({ layer: 1 }) }), {}, "inside");
  assert.deepEqual([state.opening, dropped, requests.sent.at(-1)], [null, [1], { kind: "keep" }]);
});

test("frames ahead that were made for another plane are asked for anew, those for the same one stay", () => {
  const { keeper, dropped, requests } = opening();
  const answers = { 4: ["frame", "probe"], 5: ["probe"], 6: ["plane"] };
  for (const [number, kinds] of Object.entries(answers)) {
    for (const kind of kinds) keeper.take(headerWith({ inside: insideWith({ number: Number(number) }) }), {}, kind);
  }
  assert.deepEqual([dropped, requests.sent], [[1, 1], []]);
});

test("while a later choice waits the earlier one's answer doesn't take its place", () => {
  const { state, requests, keeper, dropped } = opening();
  keeper.open({ view: "weights" });
  keeper.open({ layer: 2 });
  requests.waiting.add("inside");
  keeper.take(headerWith(), {}, "inside");
  assert.deepEqual([openedOf(state).layer, dropped], [2, []]);
});

test("a frame made for another view has no numbers, and at rest it is asked for again", () => {
  const state = shownWith({ inside: insideWith({ number: 2 }) });
  assert.equal(numbersOf(state, state.frame), null);
  assert.deepEqual(probeRequest(state), { kind: "frame", at: 0 });
  const closed = shownWith({ inside: insideWith({ number: 2, view: "" }) });
  assert.equal(probeRequest(closed), null);
});

test("the numbers of one view are not taken for those of another that has just been asked for", () => {
  const opened = { view: "norms", layer: 1, batch: false };
  const state = shownWith({ inside: insideWith({}) }, { opening: opened });
  assert.equal(numbersOf(state, state.frame), null);
  assert.notEqual(numbersOf({ ...state, opening: { ...opened, view: "weights" } }, state.frame), null);
  const space = shownWith({ inside: insideWith({ view: "hidden-space", kinds: ["one", "one", "one"] }) });
  assert.equal(numbersOf({ ...space, opening: { ...opened, view: "hidden-space" } }, space.frame), null);
});

test("the norms of the past are asked for until nothing is left, and only while their view is open", () => {
  const { state, keeper } = opening();
  state.seen = 40;
  keeper.open({ view: "norms" });
  assert.equal(keeper.wanted(), null); // the server hasn't opened it yet
  state.header = headerWith({ inside: insideWith({ view: "norms" }) });
  assert.deepEqual(keeper.wanted(), { kind: "norms", upto: 40, next: 0 });
  const blocks = {
    "norms.frame": Int32Array.of(1, 2), "norms.epoch": Float64Array.of(1, 2),
    "norms.values": Float64Array.of(1, 2, 3, 4),
  };
  keeper.take(headerWith({ norms: { upto: 40, next: 2 } }), blocks, "norms");
  assert.deepEqual(keeper.wanted(), { kind: "norms", upto: 40, next: 2 });
  assert.deepEqual([state.norms.frames(9), [.../** @type {any} */ (state.norms.at(2)).values]], [[1, 2], [3, 4]]);
  keeper.take(headerWith({ norms: { upto: 40, next: null } }), blocks, "norms");
  assert.equal(keeper.wanted(), null);
});

test("norms are in the order of frames however they come, and those after a change are forgotten", () => {
  const norms = makeNorms();
  for (const frame of [5, 1, 3]) norms.put(frame, { epoch: frame, values: [frame] });
  assert.deepEqual(norms.frames(9), [1, 3, 5]);
  assert.deepEqual(norms.frames(3), [1, 3]);
  norms.put(9, { epoch: 9, values: [9] });
  assert.deepEqual(norms.frames(99), [1, 3, 5, 9]);
  norms.cutAfter(3);
  assert.deepEqual(norms.frames(9), [1, 3]);
});

test("of very many frames' norms so many are drawn as a line has pixels, the newest always", () => {
  const norms = makeNorms();
  for (let frame = 0; frame < 2000; frame++) norms.put(frame, { epoch: frame, values: [1] });
  const frames = norms.frames(1999);
  assert.deepEqual([frames.length, frames[1], frames.at(-1)], [501, 4, 1999]);
});

test("an exact 0 prints 0, what is rounded to it keeps its decimals, what isn't known is a dash", () => {
  assert.deepEqual([0, 1e-9, -1e-9, NaN, Infinity, -1.236].map((v) => cellText(v, 0, 48)),
    ["0", "0.00", "0.00", "–", "∞", "−1.24"]);
});

test("a cell under 36 px has one decimal, and a power of ten stands in the title", () => {
  assert.deepEqual([cellText(-0.0123, -2, 36), cellText(-0.0123, -2, 35.9)], ["−1.23", "−1.2"]);
  assert.deepEqual([0, 0.05, 0.1, 99, 100, 3e-7].map(powerOf), [0, -2, 0, 0, 2, -7]);
});

test("rows are inputs or units of the layer before, columns are units or the classes as the data names them", () => {
  const state = shownWith(), { net } = state;
  assert.deepEqual([rowLabels(net, 0), rowLabels(net, 1)], [["x₁", "x₁²"], ["1", "2", "3"]]);
  assert.deepEqual([columnLabels(state, 1), columnLabels(state, 2)], [["1", "2"], ["1"]]);
  const { layers, dataset } = headerWith();
  const three = shownWith({
    layers: [...layers.slice(0, 2), { ...layers[2], width: 3 }], dataset: { ...dataset, labels: ["0", "1", "2"] },
  });
  assert.deepEqual(columnLabels(three, 2), ["0", "1", "2"]);
});

test("the matrices are those parts of θ-like numbers, with the biases as the last row", () => {
  const gradient = Float64Array.from({ length: 20 }, (_, k) => -k), step = gradient.map((g) => -g / 10);
  const frame = telling({ "inside.gradient": gradient, "inside.step": step });
  const state = shownWith({ inside: insideWith({ layer: 1 }) }, { frame });
  const [weights, gradients, steps] = matricesOf(state).map(({ rows }) => rows);
  assert.deepEqual(gradients, [[-9, -10], [-11, -12], [-13, -14], [-15, -16]]);
  assert.equal(weights[3][1].toFixed(4), "1.6000");
  assert.equal(steps[0][0], 0.9);
});

test("the mini-batch's gradient is a matrix of its own where it is asked for", () => {
  const state = shownWith({ inside: insideWith({ batch: true }) });
  assert.deepEqual(matricesOf(state).map(({ name }) => name),
    ["weight", "gradient", "gradient of the last mini-batch", "last step"]);
});

test("the column of the neuron that is held is framed, in its own layer only", () => {
  const held = /** @type {const} */ ({ kind: "neuron", l: 0, j: 2 });
  assert.deepEqual([framedColumn(shownWith({}, { held }), 0), framedColumn(shownWith({}, { held }), 1)], [2, null]);
});

test("the weights in words: what rows and columns are, and what the last step was", () => {
  const frame = telling({ "inside.rows": Int32Array.of(5) }), inside = insideWith({ layer: 1 });
  assert.equal(weightsCaption(shownWith({ inside }, { frame })),
    "Rows: from hidden 1. Columns: to hidden 2. Gradient: over all 2 training points. "
    + "Last step: −η × the gradient over the last mini-batch, 5 points.");
  assert.match(weightsCaption(shownWith({ inside, plain_step: false, optimizer: "Adam" }, { frame })),
    /Last step: what Adam makes of the gradient/);
  assert.match(weightsCaption(shownWith({ inside })), /No step has led here yet\.$/);
});

test("the weights as a table have a row for each row of each matrix", () => {
  const { caption, heads, rows } = weightsTable(shownWith({ inside: insideWith({}) }));
  assert.equal(caption, "Hidden 1: weights, gradient and last step");
  assert.deepEqual(heads, ["Number", "to 1", "to 2", "to 3"]);
  assert.deepEqual(rows.map(([name]) => name).slice(0, 3), ["weight, from x₁", "weight, from x₁²", "weight, bias"]);
  assert.deepEqual(rows[3], ["gradient, from x₁", "–", "–", "–"]);
});

test("a scale of powers of ten holds all values above 0, over two decades at least", () => {
  assert.deepEqual(decadesOf([[0.02, 0.3], [0, NaN]], 0, 2, false), { low: -2, high: 0 });
  assert.deepEqual(decadesOf([[1e9, 0.5]], 1, 1, true), { low: -3, high: 0 });
  assert.deepEqual(decadesOf([[1e-30, 1]], 0, 2, false), { low: -10, high: 0 });
  assert.deepEqual(decadesOf([undefined], 0, 2, false), { low: -2, high: 0 });
});

test("the norms as a table: a dash for the update of frame 0, which has none", () => {
  const state = shownWith({ inside: insideWith({ view: "norms" }) });
  state.norms.put(0, { epoch: 0, values: [1, 2, 3, NaN, NaN, NaN] });
  const { heads, rows } = normsTable(state);
  assert.equal(heads[1], "Gradient norm, hidden 1");
  assert.deepEqual(rows, [["0", "1.00", "2.00", "3.00", "–", "–", "–"]]);
});

test("an axis has round ends beyond all values, also where they are all the same", () => {
  const { low, high } = reachOf([-0.93, 0.4, NaN]);
  assert.ok(low <= -0.93 && high >= 0.4 && high - low < 2.5);
  assert.deepEqual(reachOf([3, 3]), { low: 2, high: 4 });
  assert.deepEqual(reachOf([]), { low: -1, high: 1 });
});

test("a line reaches from edge to edge of a plane, steep ones from bottom to top", () => {
  const reach = { low: -1, high: 1 };
  assert.deepEqual(lineEnds([1, 2, 0], reach, reach), [-1, 0.5, 1, -0.5]);
  assert.deepEqual(lineEnds([2, 0, -1], reach, reach), [0.5, -1, 0.5, 1]);
  assert.equal(lineEnds([0, 0, 1], reach, reach), null);
});

test("the hidden space in words says what kind it is, and of how many points", () => {
  const space = insideWith({ view: "hidden-space", layer: 1, kinds: ["three", "units", "one"], points: 2 });
  const frame = telling({ "inside.line": Float64Array.of(1, 2, 3), "inside.points": Float32Array.of(1, 2, 3, 4) });
  const spots = Float32Array.of(1, 2, 0, 3, 4, 1);
  assert.equal(hiddenSpaceCaption(shownWith({ inside: space }, { frame })),
    "Solid: x₁ fixed. Dashed: x₂ fixed. The output neuron only has to draw the one heavy straight line.");
  assert.match(hiddenSpaceCaption(shownWith({ inside: { ...space, layer: 2 } })), /^One unit: a line/);
  assert.match(hiddenSpaceCaption(shownWith({ inside: { ...space, points: 1 } })), /1 of 2 training points\.$/);
  const { rows } = hiddenSpaceTable(shownWith({ inside: space }, { frame, spots }));
  assert.deepEqual(rows[1], ["2", "Orange", "3.00", "4.00", "3.00", "4.00"]);
});

test("a distribution in words: the fullest bin, its share, and the exact zeros", () => {
  const shares = Float32Array.of(0.25, 0.75, 1, 0, 0, 1), numbers = {
    "inside.weights": shares, "inside.activations": shares, "inside.gradients": shares,
    "inside.scales": Float64Array.of(-1, 1, 0, 4, -2, 0), "inside.zeros": Float64Array.of(0.5, 0, 0, 0, 0, 0.25),
  };
  const { rows } = distributionsTable(shownWith({ inside: insideWith({ view: "distributions" }) },
    { frame: telling(numbers) }));
  assert.deepEqual(rows[0], ["Weights and biases, hidden 1", "0 to 1", "75 %", "–"]);
  assert.deepEqual(rows[3], ["Activations, hidden 1", "2 to 4", "75 %", "50 %"]);
  assert.deepEqual(rows[8], ["Gradients, output", "0.1 to 1", "100 %", "25 %"]);
});

test("columns are numbered as closely as the numbers have room, the framed one always", () => {
  assert.deepEqual(headedColumns(4, 18, null), [0, 1, 2, 3]);
  assert.deepEqual(headedColumns(9, 9, null), [0, 2, 4, 6, 8]);
  assert.deepEqual(headedColumns(9, 9, 3), [0, 3, 6, 8]);
});
