// The lines between the areas of the map.

import { test } from "node:test";
import assert from "node:assert/strict";

import {
  isInside, leadOf, traceClassLines, traceZeroLine,
} from "../../../../pages/playground/player/boundaries.js";

/** A path that keeps the places it goes through. */
function keepingPath() {
  /** @type {[number, number][]} */
  const places = [];
  const keep = (/** @type {number} */ x, /** @type {number} */ y) => { places.push([x, y]); };
  return { places, moveTo: keep, lineTo: keep };
}

test("the lead of a class is over the best other one, and never 0", () => {
  const maps = new Int16Array([10, 5, 7, 10, 4, 20]); // three classes, two pixels
  assert.deepEqual([0, 1].map(leadOf(maps, 2, 3, 0)), [3, -15]);
  assert.deepEqual([0, 1].map(leadOf(maps, 2, 3, 2)), [-6, 10]);
  assert.equal(leadOf(new Int16Array([4, 4]), 1, 2, 0)(0), -1);
});

test("a square of one class has no boundary, nor has one without the class", () => {
  assert.ok(isInside(new Uint8Array([1, 1, 1, 1]), 2, 1, 0));
  assert.ok(isInside(new Uint8Array([0, 2, 2, 0]), 2, 1, 0));
  for (let k = 0; k < 4; k++) {
    const winner = new Uint8Array(4);
    winner[k] = 1;
    assert.ok(!isInside(winner, 2, 1, 0));
  }
});

test("the zero line lies where the number changes its sign, in pixels of the page", () => {
  const path = keepingPath();
  traceZeroLine(path, 3, 10, (at) => (at % 3) - 0.5); // 0 between the first and the second column
  assert.ok(path.places.length > 0);
  assert.ok(path.places.every(([x]) => x === 10));
  assert.deepEqual([Math.min(...path.places.map(([, y]) => y)), Math.max(...path.places.map(([, y]) => y))], [0, 30]);
});

test("a line between two classes lies where they are equally likely", () => {
  const path = keepingPath(), n = 3, row = [-1, 0, 1].map((v) => 1000 * v + 300);
  const first = [...row, ...row, ...row], maps = new Int16Array([...first, ...first.map((v) => -v)]);
  const winner = Uint8Array.from(first, (v) => (v > 0 ? 0 : 1));
  traceClassLines(path, n, 10, maps, winner, 2);
  assert.ok(path.places.length > 0);
  for (const [x] of path.places) assert.ok(Math.abs(x - 12) < 1e-9);
});
