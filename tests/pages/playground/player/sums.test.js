// In which form a neuron's sum is written.

import { test } from "node:test";
import assert from "node:assert/strict";

import { fittingSum, resultDigits, writtenSum } from "../../../../pages/playground/player/sums.js";

/** @typedef {import("../../../../pages/playground/player/sums.js").Sum} Sum */
/** @typedef {import("../../../../pages/playground/player/sums.js").Summands} Summands */

const two = { weights: [0.12345, -2], bias: -0.5, values: [1, -0.25] };

/** @param {number} n @param {number | null} [bias] @returns {Summands} */
const many = (n, bias = 1) => ({ weights: Array(n).fill(0.5), bias, values: Array(n).fill(0.5) });

/** @param {Summands} summands */
const zOf = ({ weights, bias, values }) => weights.reduce((sum, w, i) => sum + w * values[i], bias ?? 0);

/** Each letter is 1 wide. @param {string} text */
const measure = (text) => text.length;

/** What is written of a sum. @param {Sum} sum */
const textOf = ({ terms, rest, bias }) =>
  [...terms, rest, bias].map((term) => (term ? term.number + term.factor : "")).join("");

/** Digits and number of terms of the sum that fits. @param {Summands} summands @param {number} room */
function form(summands, room) {
  const { terms } = fittingSum(summands, zOf(summands), room, measure);
  return [terms[0].number.length - 2, terms.length];
}

/** What someone gets who adds up what is written. @param {string} text */
function recomputed(text) {
  const plain = text.replace(/\([^)]* more\)/g, "").replaceAll("\u00a0", "").replaceAll(" ", "").replaceAll("−", "-");
  const terms = plain.match(/[+-]?[^+-][^+]*?(?=$|[+]|(?<![(])-)/g) ?? [];
  return terms.reduce((sum, term) => sum + term.split("·").reduce((product, factor) =>
    product * Number(factor.replace(/[()]/g, "")), 1), 0);
}

test("a sum is written with signs between its terms and brackets around negative factors", () => {
  const written = textOf(writtenSum(two, { digits: 4, count: 2 }));
  assert.equal(written, "0.1235·1.00 −\u00a02.0000·(−0.25) −\u00a00.5000");
  const other = writtenSum({ ...two, bias: null, weights: [-1, 1] }, { digits: 2, count: 2 });
  assert.equal(textOf(other), "−1.00·1.00 +\u00a01.00·(−0.25)");
});

test("values that have more than two decimals get as many as the weights", () => {
  const sum = writtenSum({ ...two, values: [1, 0.123456] }, { digits: 4, count: 2 });
  assert.deepEqual(sum.terms.map(({ factor }) => factor), ["·1.0000", "·0.1235"]);
});

test("the total is that of the numbers as they are written", () => {
  assert.equal(writtenSum(two, { digits: 4, count: 2 }).total.toFixed(6), "0.123500");
  assert.equal(writtenSum(two, { digits: 2, count: 2 }).total.toFixed(6), "0.120000");
  assert.equal(writtenSum({ ...two, bias: null }, { digits: 2, count: 2 }).total.toFixed(6), "0.620000");
});

test("terms that have no room are added up in a rest", () => {
  const sum = writtenSum(many(5), { digits: 2, count: 3 });
  assert.equal(textOf(sum), "0.50·0.50 +\u00a00.50·0.50 +\u00a00.50·0.50 +\u00a00.50 (2 more) +\u00a01.00");
  assert.equal(sum.total, 2.25);
  assert.equal(writtenSum(many(5), { digits: 2, count: 5 }).rest, null);
});

test("each term keeps the value whose sign colours it", () => {
  const { terms, bias } = writtenSum(two, { digits: 4, count: 2 });
  assert.deepEqual([terms.map(({ value }) => value), bias?.value], [[0.12345, -2], -0.5]);
});

test("the result gets as many decimals as what is written gives", () => {
  const sum = writtenSum(two, { digits: 4, count: 2 });
  assert.deepEqual([0.1235, 0.12349, 0.119, 0.4, 7].map((z) => resultDigits(sum, z)), [4, 4, 2, 0, null]);
});

test("the less room there is, the fewer digits are written, then the fewer terms", () => {
  const forms = Array.from({ length: 150 }, (_, k) => form(many(6), 150 - k).join());
  assert.deepEqual([...new Set(forms)], ["4,6", "3,6", "4,4", "4,3", "4,2", "4,1", "3,1", "2,1"]);
});

test("a short sum is written with fewer digits, then with fewer terms", () => {
  const forms = Array.from({ length: 70 }, (_, k) => form(many(2), 70 - k).join());
  assert.deepEqual([...new Set(forms)], ["4,2", "3,2", "2,2", "2,1"]);
});

test("a form must have room for the longest usual numbers, so that it stays while they change", () => {
  const longest = "z =  − 0.0000·(−0.00) − 0.0000 = −0.0000".length;
  const now = "z = 0.5000·0.50 +\u00a01.0000 = −0.0000".length;
  assert.deepEqual(form(many(1), longest), [4, 1]);
  assert.deepEqual(form(many(1), longest - 1), [3, 1]);
  assert.ok(now < longest);
});

test("a form must have room for the numbers that there are", () => {
  const large = { weights: [123456], bias: null, values: [-12345] }, text = "z = 123456.0000·(−12345.00) = −0.0000";
  assert.equal(fittingSum(large, zOf(large), text.length, measure).terms[0].number, "123456.0000");
  assert.equal(fittingSum(large, zOf(large), text.length - 1, measure).terms[0].number, "123456.000");
});

test("for up to 16 inputs, in any room, who adds up what is written gets the result that is written", () => {
  let seed = 1;
  const random = () => ((seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5) * 2 ** Math.floor((seed % 97) / 16);
  for (let n = 1; n <= 16; n++) {
    for (let k = 0; k < 60; k++) {
      const bias = k % 3 ? random() : null;
      const summands = { weights: Array.from({ length: n }, random), bias, values: Array.from({ length: n }, random) };
      const z = zOf(summands), sum = fittingSum(summands, z, 40 + (k % 20) * 7, measure), text = textOf(sum);
      if (sum.digits === null) continue;
      const off = Math.abs(recomputed(text) - Number(z.toFixed(sum.digits)));
      assert.ok(off <= 0.5 * 10 ** -sum.digits + 1e-9, `${text} = ${z.toFixed(sum.digits)}, not ${recomputed(text)}`);
    }
  }
});

test("usual sums show two decimals of their result at least, where a line has room for two terms", () => {
  let seed = 7;
  const random = () => ((seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5) * 2;
  for (let n = 1; n <= 16; n++) {
    const [weights, values] = [1, 2].map(() => Array.from({ length: n }, random));
    const summands = { weights, values, bias: 0.5 }, { digits } = fittingSum(summands, zOf(summands), 66, measure);
    assert.ok(digits !== null && digits >= 2, `${n} inputs: ${digits} decimals`);
  }
});
