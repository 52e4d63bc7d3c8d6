// Makes the rows of the panel: a name, and what it names.

import { element } from "../../live/kit/elements.js";

/**
 * @param {string} name
 * @param {Node[]} content
 */
export function row(name, ...content) {
  const attributes = { "class": "line", "data-row": name.toLowerCase().replaceAll(" ", "-") };
  return element("div", attributes, element("h3", {}, name), element("div", { class: "cell-box" }, ...content));
}
