// A bar for each class: what the network says of the picture that it is shown.

import { element, find } from "../../live/kit/elements.js";
import { fixed } from "../../live/kit/format.js";
import { likeliestOf } from "./digit-words.js";

/**
 * @param {HTMLTableElement} table
 * @param {string[]} labels of the classes
 * @param {string} target what a class is one of
 * @param {boolean} sure whether the outputs are probabilities
 */
export function buildBars(table, labels, target, sure) {
  const head = element("tr", {}, element("th", { scope: "col" }, "Class"),
    element("td", {}), element("th", { scope: "col" }, sure ? "probability" : "output"));
  const rows = labels.map((label) => element("tr", {}, element("th", { scope: "row" }, label),
    element("td", { "aria-hidden": "true" }, element("div", { class: "bar" })), element("td", {}, "")));
  const caption = element("caption", { class: "spoken" }, `What the network says of the ${target}`);
  table.replaceChildren(caption, element("thead", {}, head), element("tbody", {}, ...rows));
}

/** @param {HTMLTableElement} table @param {ArrayLike<number> | null} outputs null where there is no picture */
export function writeBars(table, outputs) {
  const best = outputs && likeliestOf(outputs);
  [...table.querySelectorAll("tbody tr")].forEach((row, k) => {
    const value = outputs ? outputs[k] : 0, text = outputs ? fixed(value, 3) : "–", cell = row.lastElementChild;
    if (cell && cell.textContent !== text) cell.textContent = text;
    find(row, ".bar").style.width = `${(100 * Math.max(0, Math.min(1, value || 0))).toFixed(1)}%`;
    row.toggleAttribute("data-most", k === best);
  });
}
