// In which order the links are drawn, and how wide.

import { test } from "node:test";
import assert from "node:assert/strict";

import { linkWidth, makeSorted, sortLinks } from "../../../../pages/playground/player/links.js";

/**
 * The numbers of the links in the order in which they are drawn.
 * @param {number[]} weights
 */
function drawingOrder(weights) {
  const links = weights.map((_, at) => ({ l: 0, i: 0, j: at, at, x1: 0, y1: 0, x2: 1, y2: 1 }));
  const sorted = makeSorted(links.length), order = [];
  sortLinks(links, new Float32Array(weights), sorted);
  for (const start of sorted.first) for (let n = start; n >= 0; n = sorted.next[n]) order.push(n);
  return order;
}

test("thin links are drawn before thick ones, whatever their sign", () => {
  assert.deepEqual(drawingOrder([3, -0.5, 1, -2]), [1, 2, 3, 0]);
});

test("of two links of one width the positive one is drawn first", () => {
  assert.deepEqual(drawingOrder([-0.55, 0.51]), [1, 0]);
});

test("every link is drawn once, also where its weight is huge or no number", () => {
  assert.deepEqual(drawingOrder([NaN, 1e9, -Infinity, 0, 0.01, -0]).sort(), [0, 1, 2, 3, 4, 5]);
});

test("sorting again forgets the order before", () => {
  const links = [0, 1].map((at) => ({ l: 0, i: 0, j: at, at, x1: 0, y1: 0, x2: 1, y2: 1 })), sorted = makeSorted(2);
  sortLinks(links, new Float32Array([2, 3]), sorted);
  sortLinks(links, new Float32Array([0, 0]), sorted);
  assert.equal(sorted.first.filter((n) => n >= 0).length, 1);
});

test("a link grows with |w| up to 9 px", () => {
  assert.deepEqual([0, 1, -1, 3.9, 4, 99].map((w) => +linkWidth(w).toFixed(3)), [0.8, 2.9, 2.9, 8.99, 9, 9]);
});
