// Puts the server's MathML into elements; it is our own, made from numbers and symbols.

import { element } from "../../live/kit/elements.js";

/** @typedef {import("../../live/kit/elements.js").Attributes} Attributes */

export const EQUALS = '<mo form="infix">=</mo>';
export const PLUS = '<mo form="infix">+</mo>';

/** @param {string} content */
export const mathOf = (content) => `<math>${content}</math>`;

/**
 * An element with MathML, or HTML around it, inside.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} inner
 * @param {Attributes} [attributes]
 */
export function mathNode(tag, inner, attributes) {
  const node = element(tag, attributes);
  node.innerHTML = inner;
  return node;
}

/**
 * A line of formulas, which may break between two pieces.
 * @param {string[]} pieces
 * @param {string} [kind] more class names
 */
export function lineNode(pieces, kind = "") {
  return mathNode("div", pieces.map(mathOf).join(""), { class: "eqn " + kind });
}
