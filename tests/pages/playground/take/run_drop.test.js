// What the server is told of a file that is dropped.

import assert from "node:assert/strict";
import { test } from "node:test";

import { told } from "../../../../pages/playground/take/run_drop/run_drop.js";

const given = { most: 100_000, endings: [".json", ".csv"] };

/** @param {string} name @param {number[]} [bytes] */
const file = (name, bytes = [123, 125]) =>
  ({ name, size: bytes.length, arrayBuffer: () => Promise.resolve(Uint8Array.from(bytes).buffer) });

test("a file that may be opened is read, whatever the case of its ending", async () => {
  assert.deepEqual(await told(file("a.json"), given), { name: "a.json", size: 2, bytes: "e30=" });
  assert.deepEqual(await told(file("A.CSV"), given), { name: "A.CSV", size: 2, bytes: "e30=" });
});

test("every byte arrives, however many there are", async () => {
  const bytes = Array.from({ length: 70_001 }, (_, k) => k % 256);
  const { bytes: sent } = await told(file("a.csv", bytes), given);
  assert.deepEqual([...Buffer.from(sent ?? "", "base64")], bytes);
});

test("one that can't be opened, or is too large, is named and not read", async () => {
  assert.deepEqual(await told(file("a.zip"), given), { name: "a.zip", size: 2, bytes: null });
  assert.deepEqual(await told(file("a.json"), { ...given, most: 1 }), { name: "a.json", size: 2, bytes: null });
});

test("of a name without end only the last part is sent, with its ending", async () => {
  const { name } = await told(file(`${"x".repeat(5000)}.csv`), given);
  assert.equal(name.length, 200);
  assert.ok(name.endsWith(".csv"));
});
