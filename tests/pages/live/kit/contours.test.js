import assert from "node:assert/strict";
import { test } from "node:test";

import { joinSegments, levelLine } from "../../../../pages/live/kit/contours.js";

/**
 * The pieces of the line where a function of row and column is zero.
 * @param {number} n
 * @param {(row: number, column: number) => number} f
 * @param {(at: number) => boolean} [skip]
 */
function line(n, f, skip) {
  /** @type {number[][]} */
  const segments = [];
  levelLine(n, (at) => f(Math.floor(at / n), at % n), (...ends) => segments.push(ends), skip);
  return segments;
}

/** The lines that segments are joined to, each as its points. @param {number[]} ends */
function joined(ends) {
  /** @type {number[][]} */
  const lines = [];
  joinSegments({ moveTo: (x, y) => lines.push([x, y]), lineTo: (x, y) => lines[lines.length - 1].push(x, y) }, ends);
  return lines;
}

test("a vertical zero is found where it lies between the samples, and goes on to both borders", () => {
  const segments = line(3, (_, column) => column - 0.25);
  assert.ok(segments.every(([x1, , x2]) => x1 === 0.75 && x2 === 0.75));
  const ys = segments.flatMap(([, y1, , y2]) => [y1, y2]);
  assert.deepEqual([Math.min(...ys), Math.max(...ys)], [0, 3]);
});

test("a horizontal zero is found too", () => {
  const segments = line(4, (row) => 2.5 - row);
  assert.ok(segments.every(([, y1, , y2]) => y1 === 3 && y2 === 3));
  const xs = segments.flatMap(([x1, , x2]) => [x1, x2]);
  assert.deepEqual([Math.min(...xs), Math.max(...xs)], [0, 4]);
});

test("a plane's zero is a straight line", () => {
  for (const [x1, y1, x2, y2] of line(6, (row, column) => 2 * column + row - 6.3)) {
    for (const [x, y] of [[x1, y1], [x2, y2]]) {
      const inside = x >= 0.5 && x <= 5.5 && y >= 0.5 && y <= 5.5;
      if (inside) assert.ok(Math.abs(2 * (x - 0.5) + (y - 0.5) - 6.3) < 1e-9);
    }
  }
});

test("where all numbers have one sign there is no line, nor where squares are skipped", () => {
  assert.deepEqual(line(4, () => 1), []);
  assert.deepEqual(line(4, () => NaN), []);
  assert.deepEqual(line(4, (row) => row - 1.5, () => true), []);
});

test("segments that share ends become one line", () => {
  assert.deepEqual(joined([0, 0, 1, 0, 2, 0, 1, 0, 2, 0, 3, 1]), [[0, 0, 1, 0, 2, 0, 3, 1]]);
});

test("the order of the segments doesn't matter: a line is drawn from one end to the other", () => {
  const [points, ...others] = joined([1, 0, 2, 0, 0, 0, 1, 0, 2, 0, 3, 1]);
  assert.deepEqual(others, []);
  assert.deepEqual(points, [0, 0, 1, 0, 2, 0, 3, 1]);
});

test("segments apart stay apart", () => {
  assert.deepEqual(joined([0, 0, 1, 0, 5, 5, 6, 5]), [[0, 0, 1, 0], [5, 5, 6, 5]]);
});

test("a closed line comes back to where it began", () => {
  assert.deepEqual(joined([0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0]), [[0, 0, 1, 0, 1, 1, 0, 0]]);
});
