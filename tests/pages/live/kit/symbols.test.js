import assert from "node:assert/strict";
import { test } from "node:test";

import { symbolPieces } from "../../../../pages/live/kit/symbols.js";

test("small digits become digits below or above the line", () => {
  assert.deepEqual(symbolPieces("x₁²"), [["x", 0], ["1", -1], ["2", 1]]);
});

test("all ten digits are known in both places", () => {
  const digits = [..."0123456789"];
  assert.deepEqual(symbolPieces("₀₁₂₃₄₅₆₇₈₉"), digits.map((digit) => [digit, -1]));
  assert.deepEqual(symbolPieces("⁰¹²³⁴⁵⁶⁷⁸⁹"), digits.map((digit) => [digit, 1]));
});

test("other letters stay on the line as they are", () => {
  assert.deepEqual(symbolPieces("sin 2"), [..."sin 2"].map((letter) => [letter, 0]));
});
