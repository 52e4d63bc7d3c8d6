import assert from "node:assert/strict";
import { test } from "node:test";

import { missingSteps, nextStop, placeOf } from "../../../../pages/backprop/board/order.js";

/** @typedef {import("../../../../pages/backprop/board/types.js").Entry} Entry */

/** Three steps, the second of which has three entries. @type {Entry[][]} */
const ENTRIES = [[[0, 0]], [[0, 0], [0, 1], [0, 2]], [[0, 0]]];

/** @param {number} at */
const entriesOf = (at) => ENTRIES[at];

/**
 * All stops from one on, until there is none.
 * @param {import("../../../../pages/backprop/board/order.js").Stop} stop
 * @param {1 | -1} way
 */
function journey(stop, way) {
  const stops = [];
  for (let next = nextStop(stop, way, 3, entriesOf); next; next = nextStop(next, way, 3, entriesOf)) {
    stops.push(`${next.at}: ${next.entry}`);
  }
  return stops;
}

test("Next goes through every entry of every step, and ends at the last", () => {
  assert.deepEqual(journey({ at: 0, entry: [0, 0] }, 1), ["1: 0,0", "1: 0,1", "1: 0,2", "2: 0,0"]);
});

test("Back goes the same way backwards, into the last entry of the step before", () => {
  assert.deepEqual(journey({ at: 2, entry: [0, 0] }, -1), ["1: 0,2", "1: 0,1", "1: 0,0", "0: 0,0"]);
});

test("by layer, one goes from step to step, whichever entry is chosen", () => {
  assert.deepEqual(nextStop({ at: 1, entry: [0, 1] }, 1, 3, null), { at: 2, entry: [0, 0] });
  assert.deepEqual(nextStop({ at: 1, entry: [0, 1] }, -1, 3, null), { at: 0, entry: [0, 0] });
  assert.equal(nextStop({ at: 0, entry: [0, 0] }, -1, 3, null), null);
  assert.equal(nextStop({ at: 2, entry: [0, 0] }, 1, 3, null), null);
});

test("from an entry that isn't gone through, Next leads to the first that is", () => {
  assert.deepEqual(nextStop({ at: 1, entry: [4, 0] }, 1, 3, entriesOf), { at: 1, entry: [0, 0] });
});

test("an entry is found by both its row and its column", () => {
  assert.equal(placeOf([[1, 0], [0, 1], [1, 1]], [1, 1]), 2);
  assert.equal(placeOf([[1, 0], [0, 1]], [0, 0]), -1);
});

test("of the missing steps the nearest comes first, an earlier one before a later one", () => {
  const keys = ["z1", "a1", "z2", "a2", "L"];
  assert.deepEqual(missingSteps(keys, 2, (key) => key === "z2"), ["a1", "a2", "z1", "L"]);
  assert.deepEqual(missingSteps(keys, 0, (key) => key !== "L"), ["L"]);
});
