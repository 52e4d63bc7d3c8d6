// Which cell of a confusion matrix a press or an arrow key means.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cellBeside, cellUnder } from "../../../pages/playground/confused/cells.js";

const AREA = { left: 100, top: 50, width: 300, height: 150 };

test("a press is in the cell of its row and its column", () => {
  assert.deepEqual(cellUnder(AREA, 3, 101, 51), [0, 0]);
  assert.deepEqual(cellUnder(AREA, 3, 399, 120), [1, 2]);
});

test("a press beside the cells is in none", () => {
  for (const [x, y] of [[99, 60], [401, 60], [150, 49], [150, 201]]) assert.equal(cellUnder(AREA, 3, x, y), null);
});

test("an arrow key leads to the cell beside, and stays at an edge", () => {
  assert.deepEqual(cellBeside(3, [1, 1], [1, 0]), [1, 2]);
  assert.deepEqual(cellBeside(3, [1, 1], [0, 1]), [0, 1]);
  assert.deepEqual(cellBeside(3, [2, 2], [0, -1]), [2, 2]);
});
