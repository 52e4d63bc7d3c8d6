// Marks on the timeline where something began that keeps the network from learning.

import { element, svgElement } from "../../live/kit/elements.js";
import { momentsOf } from "./diagnosis-words.js";

/** @typedef {import("./types.js").Shown} Shown */

const MOMENT_LETTER = 7, BESIDE_MOMENT = 12; // px: about the width of a letter, and from a mark to its word

/**
 * Which of the words fit: each ends before the next mark, and before the timeline does.
 * @param {{ place: number, text: string }[]} marks from left to right
 * @param {number} width
 */
export const fittingWords = (marks, width) => marks.map(({ place, text }, k) => {
  const end = k + 1 < marks.length ? marks[k + 1].place - BESIDE_MOMENT / 2 : width;
  return place + BESIDE_MOMENT + MOMENT_LETTER * text.length <= end ? text : "";
});

/** @param {HTMLElement} box */
export function makeMomentMarks(box) {
  let drawn = "";
  return {
    /** @param {Shown} state @param {number} width px of the track */
    draw(state, width) {
      const moments = momentsOf(state, state.seen), key = JSON.stringify([moments, state.extent, width]);
      if (key === drawn) return;
      drawn = key;
      const marks = moments.map(({ epoch, text }) => ({ place: (width * epoch) / state.extent, text }));
      const words = fittingWords(marks, width);
      box.replaceChildren(...marks.map(({ place, text }, k) => {
        const sign = svgElement("svg", { viewBox: "0 0 14 22", "aria-hidden": true });
        sign.append(svgElement("path", { d: "M0 0H14L7 9ZM5.8 8H8.2V22H5.8Z" }));
        const node = element("span", { title: text }, sign, element("b", {}, words[k]));
        node.style.transform = `translateX(${Math.round(10 * place) / 10}px)`;
        return node;
      }));
    },
  };
}
