import assert from "node:assert/strict";
import { test } from "node:test";

import { makeContents } from "../../../../pages/backprop/board/contents.js";

/** @typedef {import("../../../../pages/backprop/board/types.js").Header} Header */

/**
 * A header with the contents of some steps, of which only the entries gone through matter here.
 * @param {string} stamp
 * @param {Record<string, unknown>} contents
 * @param {Record<string, unknown>} [entries]
 */
const header = (stamp, contents, entries = {}) => /** @type {Header} */ (/** @type {unknown} */ ({
  stamp, contents, entries,
}));

const Z1 = { result: { walk: [[0, 0], [0, 1]] } };

test("what has come is kept, and another stamp throws it away", () => {
  const contents = makeContents();
  contents.take(header("1", { z1: Z1 }, { z1: { "0,0": "first" } }));
  contents.take(header("1", { a1: {} }));
  assert.deepEqual(contents.keys(), ["z1", "a1"]);
  assert.equal(contents.has("z1"), true);
  contents.take(header("2", { L: {} }));
  assert.deepEqual(contents.keys(), ["L"]);
  assert.deepEqual(contents.sumsOf("z1"), {});
  assert.equal(contents.stamp, "2");
});

test("a content that comes again doesn't replace the one that is drawn", () => {
  const contents = makeContents();
  contents.take(header("1", { z1: Z1 }));
  contents.take(header("1", { z1: { ...Z1 } }));
  assert.equal(contents.of("z1"), Z1);
});

test("sums of a step's entries come bit by bit", () => {
  const contents = makeContents();
  contents.take(header("1", {}, { z1: { "0,0": "first" } }));
  contents.take(header("1", {}, { z1: { "0,1": "second" } }));
  assert.deepEqual(contents.sumsOf("z1"), { "0,0": "first", "0,1": "second" });
});

test("a step that hasn't come has one entry to go through", () => {
  const contents = makeContents();
  contents.take(header("1", { z1: Z1 }));
  assert.deepEqual(contents.entriesOf("z1"), [[0, 0], [0, 1]]);
  assert.deepEqual(contents.entriesOf("a1"), [[0, 0]]);
});
