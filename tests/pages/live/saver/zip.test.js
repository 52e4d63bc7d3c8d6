// Files are added to a zip that the engine's side has made; Python's reader takes it: see test_zip.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import { crc32, withFiles } from "../../../../pages/live/saver/zip.js";

const text = (/** @type {string} */ said) => new TextEncoder().encode(said);

test("the check sum is that of the standard's example", () => {
  assert.equal(crc32(text("123456789")), 0xcbf43926);
  assert.equal(crc32(new Uint8Array()), 0);
});

test("an empty zip with no files more is as it was", () => {
  const empty = new Uint8Array(22);
  empty.set([0x50, 0x4b, 5, 6]);
  assert.deepEqual(withFiles(empty, []), empty);
});

test("what is no zip is refused", () => {
  assert.throws(() => withFiles(text("x".repeat(30)), []), /must end with its list/);
});
