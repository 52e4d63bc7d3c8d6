// Which numbers of a chart its table has.

import assert from "node:assert/strict";
import { test } from "node:test";

import { captionText, thinned } from "../../../../pages/live/kit/tables.js";

test("few things are all kept, of many those from the first to the last", () => {
  assert.deepEqual(thinned(3), [0, 1, 2]);
  assert.deepEqual(thinned(101, 5), [0, 25, 50, 75, 100]);
  assert.equal(new Set(thinned(21)).size, 20);
});

test("a caption says how many rows are left out", () => {
  assert.equal(captionText("Loss", 3, 3, "frames"), "Loss");
  assert.equal(captionText("Loss", 20, 300, "frames"), "Loss: 20 of 300 frames");
});
