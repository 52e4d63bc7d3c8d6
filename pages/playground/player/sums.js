// Writes a neuron's weighted sum in numbers, in the longest form that fits into a line: who adds up what is written
// gets the result that is written.

import { fixed } from "../../live/kit/format.js";

/** @typedef {{ weights: number[], bias: number | null, values: number[] }} Summands values: what weights multiply */
/** @typedef {{ number: string, value: number, factor: string }} Term number: of a weight or bias, with its sign */
/** @typedef {{ count: number, digits: number }} Form count: of terms that are written; digits: decimals of numbers */

/**
 * @typedef {object} Sum
 * @property {Term[]} terms of the weights
 * @property {Term | null} rest the other terms, added up
 * @property {Term | null} bias
 * @property {number} total of all that is written, as it is written
 */

const RESULT_DIGITS = 4;
const MOST_DIGITS = 6; // beyond, a sum is hard to read
const FEW = 2; // terms that rather lose digits than stand among others in a rest
const EXACT_DIGITS = 2; // of a value that has no more, such as a coordinate of the probe
const RESULT = " = −0.0000"; // stands for what follows the sum

/** A number as it is read where it is written. @param {number} value @param {number} digits */
const asWritten = (value, digits) => (Number.isFinite(value) ? +fixed(value, digits).replace("−", "-") : value);

/** @param {number} value */
const isExact = (value) => Math.abs(value - asWritten(value, EXACT_DIGITS)) < 1e-9;

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

/** @param {number} value @param {number} digits */
const factorText = (value, digits) => "·" + (value < 0 ? `(${fixed(value, digits)})` : fixed(value, digits));

/** Decimals of the values that weights multiply. @param {number[]} values @param {number} digits */
const valueDigits = (values, digits) => (values.every(isExact) ? Math.min(EXACT_DIGITS, digits) : digits);

/** How a rest of some terms is called. @param {number} count */
const restText = (count) => ` (${count} more)`;

/**
 * The sum in one form.
 * @param {Summands} summands
 * @param {Form} form
 * @returns {Sum}
 */
export function writtenSum({ weights, bias, values }, { digits, count }) {
  const shown = valueDigits(values, digits);
  let total = 0, others = 0;
  /** @type {Term[]} */
  const terms = [];
  weights.forEach((value, i) => {
    if (i >= count) {
      others += value * values[i];
      return;
    }
    total += asWritten(value, digits) * asWritten(values[i], shown);
    terms.push({ number: signedTerm(value, digits, i === 0), value, factor: factorText(values[i], shown) });
  });
  /** @param {number} value @param {string} factor */
  const added = (value, factor) => {
    total += asWritten(value, digits);
    return { number: signedTerm(value, digits, false), value, factor };
  };
  const rest = count < weights.length ? added(others, restText(weights.length - count)) : null;
  return { terms, rest, bias: bias === null ? null : added(bias, ""), total };
}

/**
 * The most decimals with which what is written gives the result; null if not even a whole number does.
 * @param {Sum} sum
 * @param {number} z
 */
export function resultDigits({ total }, z) {
  for (let digits = RESULT_DIGITS; digits >= 0; digits--) {
    if (asWritten(total, digits) === asWritten(z, digits)) return digits;
  }
  return null;
}

/** @param {Sum} sum */
const textOf = ({ terms, rest, bias }) =>
  "z = " + [...terms, ...(rest ? [rest] : []), ...(bias ? [bias] : [])].map((t) => t.number + t.factor).join("");

/**
 * The same with the longest usual numbers, so that the form stays while they change.
 * @param {Sum} sum
 * @param {Summands} summands
 * @param {number} digits
 */
function longestText({ terms, rest, bias }, { values }, digits) {
  /** @param {number} decimals */
  const zero = (decimals) => (0).toFixed(decimals), number = " − " + zero(digits);
  const term = `${number}·(−${zero(valueDigits(values, digits))})`;
  return "z = " + term.repeat(terms.length) + (rest ? number + rest.factor : "") + (bias ? number : "");
}

/**
 * The forms of a sum from the longest to the shortest: fewer digits, then fewer terms; many terms are added up in a
 * rest rather than written with few digits.
 * @param {number} all
 * @returns {Form[]}
 */
function formsOf(all) {
  const counts = [4, 3, 2, 1].filter((count) => count < all), whole = all > FEW ? [4, 3] : [4, 3, 2];
  return [
    ...whole.map((digits) => ({ count: all, digits })), ...counts.map((count) => ({ count, digits: 4 })),
    { count: 1, digits: 3 }, { count: 1, digits: 2 },
  ];
}

/**
 * w₁·a₁ + w₂·a₂ + … + b with numbers, in the longest form that fits, and the decimals of its result; the numbers get
 * more digits than usual where the result needs that and where they fit.
 * @param {Summands} summands
 * @param {number} z the result
 * @param {number} room
 * @param {(text: string) => number} measure the width of a text
 * @returns {Sum & { digits: number | null }} digits: of the result
 */
export function fittingSum(summands, z, room, measure) {
  /** @param {string} text */
  const fits = (text) => measure(text + RESULT) <= room;
  const forms = formsOf(summands.weights.length);
  const form = forms.find((one) => {
    const sum = writtenSum(summands, one);
    return fits(textOf(sum)) && fits(longestText(sum, summands, one.digits));
  }) || forms[forms.length - 1];
  let sum = writtenSum(summands, form), digits = resultDigits(sum, z);
  for (let more = form.digits + 1; more <= MOST_DIGITS && digits !== RESULT_DIGITS; more++) {
    const longer = writtenSum(summands, { ...form, digits: more }), reached = resultDigits(longer, z) ?? -1;
    if (!fits(textOf(longer))) break;
    if (reached > (digits ?? -1)) [sum, digits] = [longer, reached];
  }
  return { ...sum, digits };
}
