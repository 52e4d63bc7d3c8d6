// What the server is told of a file that is dropped.

import assert from "node:assert/strict";
import { test } from "node:test";

import { told } from "../../../../pages/playground/take/run_drop/run_drop.js";

/** @param {string} name @param {number} [size] */
const file = (name, size = 2) => ({ name, size, text: () => Promise.resolve("{}") });

test("a file that may be a run is read, whatever the case of its ending", async () => {
  assert.deepEqual(await told(file("a.json"), 10), { name: "a.json", size: 2, text: "{}" });
  assert.deepEqual(await told(file("A.JSON"), 2), { name: "A.JSON", size: 2, text: "{}" });
});

test("one that can't be a run, or is too long, is named and not read", async () => {
  assert.deepEqual(await told(file("a.zip"), 10), { name: "a.zip", size: 2, text: null });
  assert.deepEqual(await told(file("a.json", 11), 10), { name: "a.json", size: 11, text: null });
});

test("of a name without end only the beginning is sent", async () => {
  assert.equal((await told(file("x".repeat(5000)), 10)).name.length, 200);
});
