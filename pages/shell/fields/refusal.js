// One sentence at a control on why what was typed is refused.

import { element } from "../../live/kit/elements.js";

const WIDE = 300; // px, as in the style sheet

/** The sentence as an element, which a screen reader says at once. @param {string} sentence */
export const refusalNode = (sentence) => element("div", { "class": "refusal", "role": "alert" }, sentence);

/** Keeps a refusal that floats below its control on the screen. @param {HTMLElement} node */
export function keepInside(node) {
  node.classList.toggle("leftwards", node.getBoundingClientRect().left + WIDE > innerWidth);
}

/** @typedef {HTMLElement & { sentence?: string }} Host */

/**
 * A refusal of its own, for a control that is Streamlit's.
 * @param {HTMLElement} host
 */
export function makeRefusal(host) {
  const place = element("div", { "class": "refusal-place" });
  host.append(place);
  return {
    /** @param {string} sentence */
    show(sentence) {
      if (place.textContent === sentence) return;
      const node = refusalNode(sentence);
      place.replaceChildren(node);
      keepInside(node);
    },
    leave() {},
  };
}
