// What stands out while something is in focus.

import { test } from "node:test";
import assert from "node:assert/strict";

import { focusInDiagram, isLit, tileOpacity } from "../../../../pages/playground/player/emphasis.js";

/** @typedef {import("../../../../pages/playground/player/emphasis.js").DiagramFocus} DiagramFocus */

/** @type {DiagramFocus} */
const neuron = { kind: "neuron", l: 1, j: 2 };
/** @type {DiagramFocus} */
const link = { kind: "link", l: 1, i: 0, j: 2 };
/** @type {DiagramFocus} */
const bias = { kind: "bias", l: 1, i: 3, j: 2 };

test("a neuron lights the links into it and out of it", () => {
  assert.ok(isLit({ l: 1, i: 0, j: 2 }, neuron));
  assert.ok(isLit({ l: 2, i: 2, j: 0 }, neuron));
  for (const other of [{ l: 1, i: 2, j: 0 }, { l: 2, i: 0, j: 2 }, { l: 0, i: 0, j: 2 }, { l: 3, i: 2, j: 2 }]) {
    assert.ok(!isLit(other, neuron));
  }
});

test("a link lights itself only, and a bias none", () => {
  assert.ok(isLit({ l: 1, i: 0, j: 2 }, link));
  for (const other of [{ l: 1, i: 1, j: 2 }, { l: 1, i: 0, j: 1 }, { l: 0, i: 0, j: 2 }, { l: 2, i: 2, j: 0 }]) {
    assert.ok(!isLit(other, link));
  }
  assert.ok([0, 1, 2].every((i) => !isLit({ l: 1, i, j: 2 }, bias)));
});

test("all tiles are opaque without a focus", () => {
  assert.equal(tileOpacity(null, 0, 0), 1);
});

test("beside a neuron in focus the columns next to it stay opaque; its own and those farther away turn pale", () => {
  assert.deepEqual([0, 1, 2, 3, 4].map((column) => tileOpacity(neuron, column, 0)), [0.45, 1, 0.45, 1, 0.45]);
  assert.equal(tileOpacity(neuron, 2, 2), 1);
});

test("a link in focus leaves its two ends opaque, a bias its neuron", () => {
  const tiles = [[1, 0], [1, 2], [2, 2], [2, 0], [3, 0]];
  assert.deepEqual(tiles.map(([column, j]) => tileOpacity(link, column, j)), [1, 0.4, 1, 0.4, 0.4]);
  assert.deepEqual(tiles.map(([column, j]) => tileOpacity(bias, column, j)), [0.4, 0.4, 1, 0.4, 0.4]);
});

test("a data point in focus changes nothing in the diagram", () => {
  assert.equal(focusInDiagram({ kind: "point", n: 3 }), null);
  assert.equal(focusInDiagram(neuron), neuron);
  assert.equal(focusInDiagram(null), null);
});
