// Turns numbers into text of a fixed number of digits.

import { HIGH } from "./symbols.js";

/** A text with its hyphens as minus signs. @param {string} text */
export const minus = (text) => text.replaceAll("-", "−");

/** A whole number as a superscript. @param {number} power */
export const raised = (power) => String(power).replaceAll("-", "⁻").replace(/\d/g, (digit) => HIGH[Number(digit)]);

/**
 * A number as a multiple of a power of ten, as in 4·10⁻⁵.
 * @param {number} value
 * @param {number} digits decimals of the multiple
 */
export function withPower(value, digits) {
  const [multiple, power] = value.toExponential(digits).split("e");
  return `${minus(multiple)}·10${raised(Number(power))}`;
}

/** NaN and the infinities. @param {number} value */
export const nonFiniteText = (value) => (Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞");

/**
 * A number with as many decimals as `digits` says; from ten million on with a power of ten. What is rounded to 0 has no
 * minus.
 * @param {number} value
 * @param {number} digits
 */
export function fixed(value, digits) {
  if (!Number.isFinite(value)) return nonFiniteText(value);
  if (Math.abs(value) >= 1e7) return withPower(value, 2);
  const text = value.toFixed(digits);
  return value < 0 && Number(text) === 0 ? text.slice(1) : minus(text);
}

/**
 * The same with a plus where there is no minus.
 * @param {number} value
 * @param {number} digits
 */
export function signed(value, digits) {
  const text = fixed(value, digits);
  return text.startsWith("−") ? text : "+" + text;
}

/** A loss: four decimals; from 10 on fewer, so that the width stays. @param {number} value */
export function lossText(value) {
  if (!Number.isFinite(value)) return nonFiniteText(value);
  const size = Math.abs(value);
  if (size >= 99999.5) return withPower(value, size < 1e99 ? 1 : 0);
  return fixed(value, size < 10 ? 4 : size < 100 ? 3 : size < 1000 ? 2 : size < 10000 ? 1 : 0);
}

/**
 * A metric: percents with one decimal, others with about four digits.
 * @param {number} value
 * @param {string} unit "%" or ""
 */
export function metricText(value, unit) {
  if (!Number.isFinite(value)) return "–";
  if (unit === "%") return fixed(value, 1);
  return fixed(value, Math.abs(value) < 10 ? 3 : Math.abs(value) < 1000 ? 1 : 0);
}

/** Whether an epoch is a whole one: while a frame is a mini-batch it need not be. @param {number} epoch */
export const isWhole = (epoch) => Math.abs(epoch - Math.round(epoch)) < 1e-4;

/** An epoch: whole, or with two decimals. @param {number} epoch */
export const epochText = (epoch) => epoch.toFixed(isWhole(epoch) ? 0 : 2);

/** Digits in groups of three. @param {string} digits */
const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, " ");

/**
 * An epoch as six digits in groups of three: the leading zeros, to be printed grey, and the rest.
 * @param {number} epoch
 * @param {number} decimals
 * @returns {[string, string]}
 */
export function paddedEpoch(epoch, decimals) {
  const [digits, fraction] = Math.max(0, epoch).toFixed(decimals).split(".");
  const text = grouped(digits.padStart(6, "0")), ink = grouped(digits).length;
  return [text.slice(0, text.length - ink), text.slice(text.length - ink) + (fraction ? "." + fraction : "")];
}

/**
 * Four significant digits with the sign: the number's text, and the power of ten that follows it, or null.
 * @param {number} value
 * @returns {[string, number | null]}
 */
export function significant(value) {
  if (!Number.isFinite(value)) return [nonFiniteText(value), null];
  if (value === 0) return ["0", null];
  const power = Math.floor(Math.log10(Math.abs(value)));
  if (power >= -3 && power < 4) return [signed(value, 3 - power), null];
  return [signed(value / 10 ** power, 3) + "·10", power];
}

/** At most three significant digits, without zeros at the end. @param {number} value */
export const shortNumber = (value) => minus(String(+value.toPrecision(3)));
