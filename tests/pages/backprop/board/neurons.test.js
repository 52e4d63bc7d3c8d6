import assert from "node:assert/strict";
import { test } from "node:test";

import { columnName, digitsInside, hintText, letterSize, roundedText } from
  "../../../../pages/backprop/board/neurons.js";

test("a number that would be rounded to 0 is a power of ten; 0 itself and others are not", () => {
  assert.equal(roundedText(0.00004, 4), "4·10⁻⁵");
  assert.equal(roundedText(0.00006, 4), "0.0001");
  assert.equal(roundedText(0, 4), "0.0000");
  assert.equal(roundedText(-1.5, 2), "−1.50");
});

test("what isn't finite, which JSON has as null, is not a number", () => {
  assert.equal(roundedText(null, 4), "NaN");
});

test("a neuron has two decimals; one where the number is long or the neuron small", () => {
  assert.equal(digitsInside(9.99, 21), 2);
  assert.equal(digitsInside(-9.995, 21), 1); // would be 10.00
  assert.equal(digitsInside(-0.5, 17), 2);
  assert.equal(digitsInside(-0.5, 16), 1);
  assert.equal(digitsInside(0.5, 16), 2);
});

test("letters are smaller in a small neuron, and for a long negative number", () => {
  assert.equal(letterSize(0.5, 2, 21), 14);
  assert.equal(letterSize(0.5, 2, 15.9), 13);
  assert.equal(letterSize(-0.5, 2, 19), 13);
  assert.equal(letterSize(-0.5, 1, 19), 14);
  assert.equal(letterSize(-0.5, 2, 20), 14);
});

test("columns have names, short ones where they are close together", () => {
  assert.deepEqual([0, 1, 2, 3].map((c) => columnName(c, 3, 84)), ["Input", "Hidden 1", "Hidden 2", "Output"]);
  assert.equal(columnName(1, 3, 83), "H1");
});

test("a hint names what is known of a neuron", () => {
  const nothing = { symbol: null, values: null, errors: null, spread: 1 };
  assert.equal(hintText(nothing, 0, 4), "");
  assert.equal(hintText({ ...nothing, symbol: "z", values: [1, -2] }, 1, 2), "z = −2.00");
  assert.equal(hintText({ ...nothing, symbol: "a", values: [0.5], errors: [0.25] }, 0, 3), "a = 0.500, δ = 0.250");
  assert.equal(hintText({ ...nothing, symbol: "a", values: [0.5] }, 0, 3, "0"), "class 0: a = 0.500");
});
