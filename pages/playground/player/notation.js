// Sets letters of the formulas: variables with layer and number, weights in the colour of their sign.

import { element } from "../../live/kit/elements.js";

/** @param {string} kind the class @param {(string | Node)[]} children */
export const spanOf = (kind, ...children) => element("span", { class: kind }, ...children);

/**
 * A variable such as w₁ or a, with its layer above and its number below.
 * @param {string} name
 * @param {string} [low]
 * @param {string} [high] no layer where it is empty
 */
export function variable(name, low, high) {
  const node = spanOf("var", element("i", {}, name));
  if (high) node.append(element("sup", {}, `[${high}]`));
  if (low) node.append(element("sub", {}, low));
  return node;
}

/** The class of a weight or bias. @param {number} value */
export const signClass = (value) => (value < 0 ? "negative" : "positive");
