import assert from "node:assert/strict";
import { test } from "node:test";

import {
  epochText, fixed, isWhole, lossText, metricText, minus, nonFiniteText, paddedEpoch, shortNumber, signed, significant,
} from "../../../../pages/live/kit/format.js";

test("what isn't finite has its own text", () => {
  assert.deepEqual([NaN, Infinity, -Infinity].map(nonFiniteText), ["NaN", "∞", "−∞"]);
  assert.equal(fixed(-Infinity, 2), "−∞");
  assert.equal(lossText(NaN), "NaN");
  assert.deepEqual(significant(Infinity), ["∞", null]);
  assert.equal(metricText(NaN, "%"), "–");
});

test("a hyphen before a number becomes a minus sign", () => {
  assert.equal(minus("-1.5"), "−1.5");
  assert.equal(minus("1.5"), "1.5");
});

test("decimals are as many as asked for, up to ten millions", () => {
  assert.equal(fixed(-1.005, 1), "−1.0");
  assert.equal(fixed(9999999, 0), "9999999");
  assert.equal(fixed(1e7, 2), "1.00·10⁷");
  assert.equal(fixed(-2.5e-12, 0), "0");
  assert.equal(fixed(-0.0004, 3), "0.000");
});

test("a signed number has a plus or a minus", () => {
  assert.deepEqual([1, 0, -1].map((value) => signed(value, 1)), ["+1.0", "+0.0", "−1.0"]);
});

test("a loss gives up decimals so that it keeps its width, one at each power of ten", () => {
  assert.deepEqual([0.5, 9.9999, 10, 99.9, 100, 1000, 10000].map(lossText),
    ["0.5000", "9.9999", "10.000", "99.900", "100.00", "1000.0", "10000"]);
});

test("a huge loss is a power of ten of one decimal, of none where the power has three digits", () => {
  assert.equal(lossText(99999.4), "99999");
  assert.equal(lossText(99999.5), "1.0·10⁵");
  assert.equal(lossText(-2.5e7), "−2.5·10⁷");
  assert.equal(lossText(3e120), "3·10¹²⁰");
});

test("a metric in percent has one decimal, another about four digits", () => {
  assert.equal(metricText(97.25, "%"), "97.3");
  assert.deepEqual([0.5, 9.9, 12.34, 1234.5].map((value) => metricText(value, "")), ["0.500", "9.900", "12.3", "1235"]);
});

test("an epoch is whole but for rounding, or has two decimals", () => {
  assert.equal(isWhole(2.00005), true);
  assert.equal(isWhole(2.001), false);
  assert.equal(epochText(2.00005), "2");
  assert.equal(epochText(2.25), "2.25");
});

test("an epoch is padded to six digits in groups of three, its zeros apart", () => {
  assert.deepEqual(paddedEpoch(0, 0), ["000 00", "0"]);
  assert.deepEqual(paddedEpoch(42, 0), ["000 0", "42"]);
  assert.deepEqual(paddedEpoch(1234.5, 1), ["00", "1 234.5"]);
  assert.deepEqual(paddedEpoch(1234567, 0), ["", "1 234 567"]);
  assert.deepEqual(paddedEpoch(-3, 0), ["000 00", "0"]);
});

test("the two parts of an epoch always show six digits or more", () => {
  for (const epoch of [0, 7, 99, 100, 54321, 999999, 1000000]) {
    const digits = paddedEpoch(epoch, 0).join("").replaceAll(" ", "");
    assert.equal(Number(digits), epoch);
    assert.equal(digits.length, Math.max(6, String(epoch).length));
  }
});

test("four significant digits, from a thousandth up to ten thousand without a power of ten", () => {
  assert.deepEqual(significant(0), ["0", null]);
  assert.deepEqual(significant(0.001234), ["+0.001234", null]);
  assert.deepEqual(significant(-1234.4), ["−1234", null]);
  assert.deepEqual(significant(0.0001234), ["+1.234·10", -4]);
  assert.deepEqual(significant(-12340), ["−1.234·10", 4]);
});

test("a short number has three significant digits and no zeros at its end", () => {
  assert.deepEqual([0.5, -1.2345, 1234, 0].map(shortNumber), ["0.5", "−1.23", "1230", "0"]);
});
