// Writes a neuron's weighted sum in numbers, in the longest form that fits into a line.

import { fixed } from "../../live/kit/format.js";

/** @typedef {{ weights: number[], bias: number | null, values: number[] }} Summands values: what weights multiply */
/** @typedef {{ number: string, value: number, factor: string }} Term number: of a weight or bias, with its sign */

/**
 * @typedef {object} Sum
 * @property {Term[]} terms of the weights
 * @property {Term | null} bias
 * @property {boolean} whole whether no term is left out
 * @property {number} total of the terms, as they are written
 */

const RESULT = " = −0.0000"; // stands for what follows the sum
const OMITTED = " + … ";

/**
 * A value with its sign, as it stands in a sum.
 * @param {number} value
 * @param {number} digits
 * @param {boolean} first
 */
function signedTerm(value, digits, first) {
  const sign = value < 0 ? (first ? "−" : " −\u00a0") : first ? "" : " +\u00a0";
  return sign + fixed(Math.abs(value), digits);
}

/** @param {number} value */
const factorText = (value) => "·" + (value < 0 ? `(${fixed(value, 2)})` : fixed(value, 2));

/**
 * The sum with a given number of digits and of terms.
 * @param {Summands} summands
 * @param {number} digits
 * @param {number} count
 * @returns {Sum}
 */
export function writtenSum({ weights, bias, values }, digits, count) {
  let total = 0;
  const terms = weights.slice(0, count).map((value, i) => {
    total += +value.toFixed(digits) * +values[i].toFixed(2);
    return { number: signedTerm(value, digits, i === 0), value, factor: factorText(values[i]) };
  });
  const whole = count === weights.length;
  if (bias === null) return { terms, bias, whole, total };
  const last = { number: signedTerm(bias, digits, false), value: bias, factor: "" };
  return { terms, bias: last, whole, total: total + +bias.toFixed(digits) };
}

/** @param {Sum} sum */
function textOf({ terms, bias, whole }) {
  const text = terms.map(({ number, factor }) => number + factor).join("");
  return "z = " + text + (whole ? "" : OMITTED) + (bias ? bias.number : "");
}

/**
 * The same with the longest usual numbers, so that the form stays while they change.
 * @param {Sum} sum
 * @param {number} digits
 */
function longestText({ terms, bias, whole }, digits) {
  const number = " − " + (0).toFixed(digits);
  return "z = " + (number + "·(−0.00)").repeat(terms.length) + (whole ? "" : OMITTED) + (bias ? number : "");
}

/**
 * w₁·a₁ + w₂·a₂ + … + b with numbers: first with fewer digits, then with fewer terms until it fits.
 * @param {Summands} summands
 * @param {number} room
 * @param {(text: string) => number} measure the width of a text
 */
export function fittingSum(summands, room, measure) {
  const all = summands.weights.length;
  let digits = 4, sum = writtenSum(summands, digits, all);
  for (const count of [all, 4, 3, 2, 1].filter((most) => most <= all)) {
    const widths = [textOf(sum), longestText(sum, digits)].map((text) => measure(text + RESULT));
    if (Math.max(...widths) <= room) break;
    digits = 2;
    sum = writtenSum(summands, digits, count);
  }
  return sum;
}
