// What a page without the player tells the server of the playground's run.

import assert from "node:assert/strict";
import { test } from "node:test";

import { tellKept, withLongTable } from "../../../pages/playground/keeper/keeper.js";

/**
 * @param {Record<string, any>} values what the tab has kept
 * @param {{ session: string, run: number, shown: number }} present
 */
function told(values, present) {
  /** @type {unknown[][]} */
  const calls = [];
  const store = {
    /** @param {string} name */
    read: (name) => values[name] ?? null,
    /** @param {string} name @param {unknown} value */
    write(name, value) { values[name] = value; },
  };
  const tell = () => tellKept(store, present, (...call) => calls.push(call));
  return { calls, values, tell };
}

test("a tab that has kept nothing says nothing", () => {
  const { calls, tell } = told({}, { session: "a", run: 1, shown: 0 });
  tell();
  assert.deepEqual(calls, []);
});

test("the run of another session is handed over once, and is this session's from then on", () => {
  const run = { session: "old", run: 4, frame: 30 }, left = { session: "old", run: 4, shown: 33, playing: true };
  const { calls, values, tell } = told({ run, left }, { session: "a", run: 1, shown: 0 });
  tell();
  tell();
  assert.deepEqual(calls, [["restore", run]]);
  assert.deepEqual(values.run, { session: "a", run: 2, frame: 30 });
  assert.deepEqual(values.left, { session: "a", run: 2, shown: 33, playing: false });
});

test("the frame that the player showed at last is told where the server knows of an earlier one", () => {
  const left = { session: "a", run: 2, shown: 25, playing: true };
  const known = told({ left, run: { session: "a" } }, { session: "a", run: 2, shown: 16 });
  known.tell();
  assert.deepEqual(known.calls, [["left", { run: 2, shown: 25 }]]);
  for (const present of [{ session: "a", run: 2, shown: 25 }, { session: "a", run: 3, shown: 0 }]) {
    const other = told({ left }, present);
    other.tell();
    assert.deepEqual(other.calls, []);
  }
});

test("a frame that is chosen on a page without the player is the one from which the player goes on", () => {
  const left = { session: "a", run: 2, shown: 25, playing: true }, present = { session: "a", run: 2, shown: 25 };
  const { calls, values, tell } = told({ left }, present);
  tell();
  assert.equal(values.left.playing, true); // nothing was chosen: it goes on as it was left
  present.shown = 7;
  tell();
  assert.deepEqual(calls, []);
  assert.deepEqual(values.left, { session: "a", run: 2, shown: 7, playing: false, told: true });
});

test("a record whose table is long is handed over with it, once that has been read", async () => {
  /** @type {unknown[][]} */
  const calls = [];
  const texts = { read: async (/** @type {string} */ name) => (name === "f1" ? "{}" : null) };
  const trigger = withLongTable((...call) => calls.push(call), texts);
  await trigger("restore", { frame: 3, long_table: "f1" });
  await trigger("restore", { frame: 3, long_table: "gone" });
  await trigger("left", { run: 1, shown: 2 });
  assert.deepEqual(calls, [
    ["restore", { frame: 3, long_table: "f1", table: "{}" }],
    ["restore", { frame: 3, long_table: "gone" }],
    ["left", { run: 1, shown: 2 }],
  ]);
});
