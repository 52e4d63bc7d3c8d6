// In which form a neuron's sum is written.

import { test } from "node:test";
import assert from "node:assert/strict";

import { fittingSum, writtenSum } from "../../../../pages/playground/player/sums.js";

const two = { weights: [0.12345, -2], bias: -0.5, values: [1, -0.25] };

/** @param {number} n @param {number | null} [bias] */
const many = (n, bias = 1) => ({ weights: Array(n).fill(0.5), bias, values: Array(n).fill(0.5) });

/** Each letter is 1 wide. @param {string} text */
const measure = (text) => text.length;

/** What is written of a sum. @param {import("../../../../pages/playground/player/sums.js").Sum} sum */
const textOf = ({ terms, bias, whole }) =>
  terms.map(({ number, factor }) => number + factor).join("") + (whole ? "" : " + …") + (bias?.number || "");

/** Digits and number of terms of the sum that fits. @param {ReturnType<typeof many>} summands @param {number} room */
function form(summands, room) {
  const { terms } = fittingSum(summands, room, measure);
  return [terms[0].number.length - 2, terms.length];
}

test("a sum is written with signs between its terms and brackets around negative factors", () => {
  assert.equal(textOf(writtenSum(two, 4, 2)), "0.1235·1.00 −\u00a02.0000·(−0.25) −\u00a00.5000");
  assert.equal(textOf(writtenSum({ ...two, bias: null, weights: [-1, 1] }, 2, 2)), "−1.00·1.00 +\u00a01.00·(−0.25)");
});

test("the total is that of the numbers as they are written", () => {
  assert.equal(writtenSum(two, 4, 2).total.toFixed(6), "0.123500");
  assert.equal(writtenSum(two, 2, 2).total.toFixed(6), "0.120000");
  assert.equal(writtenSum({ ...two, bias: null }, 2, 2).total.toFixed(6), "0.620000");
});

test("a sum with fewer terms is not whole, and keeps its bias", () => {
  const sum = writtenSum(many(5), 2, 3);
  assert.deepEqual([sum.whole, sum.terms.length, sum.bias?.number], [false, 3, " +\u00a01.00"]);
  assert.equal(writtenSum(many(5), 2, 5).whole, true);
});

test("each term keeps the value whose sign colours it", () => {
  assert.deepEqual(writtenSum(two, 4, 2).terms.map(({ value }) => value), [0.12345, -2]);
  assert.equal(writtenSum(two, 4, 2).bias?.value, -0.5);
});

test("the less room there is, the fewer digits are written, then the fewer terms", () => {
  const rooms = [125, 124, 111, 110, 86, 85, 71, 70, 56, 55, 1];
  assert.deepEqual(rooms.map((room) => form(many(6), room).join()), [
    "4,6", "2,6", "2,6", "2,4", "2,4", "2,3", "2,3", "2,2", "2,2", "2,1", "2,1",
  ]);
});

test("a short sum is written with fewer digits, then with fewer terms", () => {
  assert.deepEqual([57, 51, 50].map((room) => form(many(2), room).join()), ["4,2", "2,2", "2,1"]);
});

test("a form must have room for the longest usual numbers, so that it stays while they change", () => {
  const longest = "z =  − 0.0000·(−0.00) − 0.0000 = −0.0000".length;
  const now = "z = 0.5000·0.50 +\u00a01.0000 = −0.0000".length;
  assert.deepEqual(form(many(1), longest), [4, 1]);
  assert.deepEqual(form(many(1), longest - 1), [2, 1]);
  assert.ok(now < longest);
});

test("a form must have room for the numbers that there are", () => {
  const large = { weights: [123456], bias: null, values: [-12345] }, text = "z = 123456.0000·(−12345.00) = −0.0000";
  assert.equal(fittingSum(large, text.length, measure).terms[0].number, "123456.0000");
  assert.equal(fittingSum(large, text.length - 1, measure).terms[0].number, "123456.00");
});
