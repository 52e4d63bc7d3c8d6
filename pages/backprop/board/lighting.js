// Lights up the term under the pointer wherever it stands: in formula, numbers, matrices and the network.

import { partOf } from "./scene.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./diagram.js").DiagramParts} DiagramParts */

/** The key of the term that an event comes from, or null. @param {Event} event */
export function termOf({ type, target }) {
  if (type === "pointerleave" || !(target instanceof Element)) return null;
  return target.closest("[data-term]")?.getAttribute("data-term") || null;
}

/**
 * Lights what is to be lit, and nothing else; what is drawn anew is lit anew.
 * @param {HTMLElement} root
 * @param {State} state
 * @param {DiagramParts} parts
 */
export function lightTerm(root, { lit: key, content }, parts) {
  for (const node of root.querySelectorAll(".lit")) node.classList.remove("lit");
  if (!key) return;
  for (const node of root.querySelectorAll(`[data-term="${key}"]`)) node.classList.add("lit");
  const term = content?.terms[key];
  if (term) partOf(parts, term)?.classList.add("lit");
}
