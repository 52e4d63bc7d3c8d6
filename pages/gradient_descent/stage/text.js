// Turns short texts with λ_{max}, x^{(0)} and *x* into HTML and SVG, and numbers into text.

import { fixed, minus, nonFiniteText } from "../../live/kit/format.js";

/** @typedef {"" | "sub" | "sup" | "italic"} Style */
/** @typedef {{ style: Style, text: string }} TextPiece */

/** @type {[style: Style, open: string, close: string][]} */
const MARKUP = [["sub", "_{", "}"], ["sup", "^{", "}"], ["italic", "*", "*"]];
const TAGS = { sub: "sub", sup: "sup", italic: "i" };

/** A text as HTML and SVG show it, quotation marks left as they are. @param {string} text */
export const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * A short text as pieces: _{below}, ^{above}, *italic* without a space in it; all else stands for itself.
 * @param {string} text
 * @returns {TextPiece[]}
 */
export function textPieces(text) {
  /** @type {TextPiece[]} */
  const pieces = [{ style: "", text: "" }];
  for (let at = 0; at < text.length;) {
    const [style, open, close] = MARKUP.find((mark) => text.startsWith(mark[1], at)) || ["", "", ""];
    const end = style ? text.indexOf(close, at + open.length) : -1, inside = text.slice(at + open.length, end);
    if (end > at && inside && !(style === "italic" && inside.includes(" "))) {
      pieces.push({ style: /** @type {Style} */ (style), text: inside }, { style: "", text: "" });
      at = end + close.length;
    } else pieces[pieces.length - 1].text += text[at++];
  }
  return pieces.filter((piece) => piece.text);
}

/** The text without its marks. @param {string} text */
export const plainText = (text) => textPieces(text).map((piece) => piece.text).join("");

/** @param {TextPiece} piece */
const htmlOf = ({ style, text }) => (style ? `<${TAGS[style]}>${escaped(text)}</${TAGS[style]}>` : escaped(text));

/** As HTML. @param {string} text */
export const richText = (text) => textPieces(text).map(htmlOf).join("");

/** As SVG: pieces shifted down or up; the next piece is shifted back. @param {string} text */
export function svgText(text) {
  let back = 0;
  return textPieces(text).map((piece) => {
    const low = piece.style === "sub", high = piece.style === "sup", dy = (low ? 4 : high ? -6 : 0) + back;
    back = low ? -4 : high ? 6 : 0;
    const italic = piece.style ? ' font-family="var(--mathi)" font-style="italic"' : "";
    const look = low || high ? ' font-size="72%"' : italic;
    return `<tspan${dy ? ` dy="${dy}"` : ""}${look}>${escaped(piece.text)}</tspan>`;
  }).join("");
}

/** 1.23·10^{45}. @param {number} value @param {number} digits */
function powerText(value, digits) {
  const [mantissa, exponent] = value.toExponential(digits).split("e");
  return minus(`${mantissa}·10^{${+exponent}}`);
}

/** Five decimals as long as they say something, then powers of ten. @param {number} value */
export function valueText(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return nonFiniteText(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return powerText(value, 3);
  return fixed(value, size < 100 ? 5 : size < 1e4 ? 3 : 1);
}

/** At most four decimals, then powers of ten. @param {number} value */
export const coordinateText = (value) =>
  Math.abs(value) >= 1e5 ? powerText(value, 1) : minus(String(+value.toFixed(4)));

const MOST_DECIMALS = 8;

/**
 * A step size with the decimals that a step of the axis changes, and with more where it has more: 0.24503 lies beyond
 * a critical step of 0.2450296, and 0.245 doesn't.
 * @param {number} eta
 * @param {number} step
 */
export function etaText(eta, step) {
  let decimals = Math.max(3, Math.min(MOST_DECIMALS, -Math.floor(Math.log10(step) + 1e-9)));
  while (Number(eta.toFixed(decimals)) !== Number(eta.toFixed(MOST_DECIMALS))) decimals += 1;
  return fixed(eta, decimals);
}
