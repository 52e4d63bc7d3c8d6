import assert from "node:assert/strict";
import { test } from "node:test";

import { columnCharacters, inkOn, moreText } from "../../../../pages/backprop/board/cells.js";

test("a column is at least four characters wide, and as wide as its widest text", () => {
  assert.equal(columnCharacters([["1", "2"]]), 4);
  assert.equal(columnCharacters([["1", "−0.0383"], ["12.5", "0"]]), 7);
});

test("the raised digits of a power of ten take no room of their own", () => {
  assert.equal(columnCharacters([["1.25·10⁻⁷"]]), 6); // 1.25 and 10
});

test("what is left out is told in words, one row or many", () => {
  assert.equal(moreText([0, 0]), "");
  assert.equal(moreText([1, 0]), "… 1 more row");
  assert.equal(moreText([0, 1]), "… 1 more column");
  assert.equal(moreText([2, 3]), "… 2 more rows, … 3 more columns");
});

test("ink is black on light colours and white on dark ones", () => {
  assert.equal(inkOn([255, 255, 255]), "#000");
  assert.equal(inkOn([0, 0, 0]), "#fff");
  assert.equal(inkOn([0, 255, 0]), "#000");
  assert.equal(inkOn([0, 0, 255]), "#fff");
});

test("black and white change where both stand out equally", () => { // a light of √(1.05 · 0.05) − 0.05 = 0.179
  assert.equal(inkOn([117, 117, 117]), "#fff"); // 0.178
  assert.equal(inkOn([118, 118, 118]), "#000"); // 0.181
});
