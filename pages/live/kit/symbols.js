// Sets symbols such as x₁² with real sub- and superscripts.

import { element } from "./elements.js";

const LOW = "₀₁₂₃₄₅₆₇₈₉";
/** The digits above the line. */
export const HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * The letters of a symbol, each with its place: 0 on the line, −1 below, +1 above.
 * @param {string} text
 * @returns {[string, -1 | 0 | 1][]}
 */
export function symbolPieces(text) {
  return [...text].map((letter) => {
    if (LOW.includes(letter)) return [String(LOW.indexOf(letter)), -1];
    if (HIGH.includes(letter)) return [String(HIGH.indexOf(letter)), 1];
    return [letter, 0];
  });
}

/**
 * The symbol as a span.
 * @param {string} text
 * @param {"i" | "b"} [letters] the element for each letter x; none where it isn't given
 */
export function symbolNode(text, letters) {
  const node = element("span");
  for (const [piece, place] of symbolPieces(text)) {
    const tag = place < 0 ? "sub" : place > 0 ? "sup" : piece === "x" ? letters : undefined;
    node.append(tag ? element(tag, {}, piece) : piece);
  }
  return node;
}
