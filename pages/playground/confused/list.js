// Writes the list of a cell's samples: a row for each, with a button to work it number by number.

import { element, svgElement } from "../../live/kit/elements.js";

/**
 * @typedef {object} List
 * @property {string} title
 * @property {string} notes
 * @property {string[]} heads of the columns
 * @property {string[][]} rows
 * @property {number[]} places of the samples among all
 * @property {number[][][]} pictures of the samples, row by row, 0 … 1; none where they are no pictures
 * @property {boolean} work whether a sample can be worked
 * @property {boolean} locked whether the page's link locks that
 */

const CLASSES = 2; // columns of words, before the last one

/** A sample as the picture that it is. @param {number[][]} pixels */
function pictureNode(pixels) {
  const marks = pixels.flatMap((row, r) => row.flatMap((ink, c) =>
    (ink ? [svgElement("path", { "d": `M${c},${r}h1v1h-1Z`, "fill-opacity": String(ink) })] : [])));
  const size = { "viewBox": `0 0 ${pixels[0].length} ${pixels.length}`, "shape-rendering": "crispEdges" };
  return element("td", { class: "pixels" }, svgElement("svg", { ...size, "aria-hidden": "true" }, ...marks));
}

/**
 * @param {List} list
 * @param {(place: number) => void} work
 */
export function listNodes({ title, notes, heads, rows, places, pictures, work: workable, locked }, work) {
  const text = heads.length - 1 - CLASSES;
  /** @param {number} k */
  const kind = (k) => (k >= text && k < text + CLASSES ? "text" : "number");
  /** @param {string[]} row @param {number} n */
  function rowNode([number, ...cells], n) {
    const node = element("tr", {}, element("th", { scope: "row" }, number),
      ...(pictures[n] ? [pictureNode(pictures[n])] : []),
      ...cells.map((cell, k) => element("td", { class: kind(k + 1) }, cell)));
    if (!workable) return node;
    const name = `Work ${heads[0].toLowerCase()} ${number} on Backprop`;
    const button = element("button", { "type": "button", "data-action": "work-point", "data-place": places[n],
      "aria-label": name }, "Work it", element("span", { "class": "where" }, " on Backprop"));
    button.disabled = locked;
    button.addEventListener("click", () => work(places[n]));
    node.append(element("td", { class: "act" }, button));
    return node;
  }
  const named = heads.map((name, k) => element("th", { scope: "col", class: kind(k) }, name));
  if (pictures.length) named.splice(1, 0, element("th", { scope: "col", class: "text" }, "Picture"));
  const head = element("tr", {}, ...named);
  if (workable) head.append(element("td", { class: "act" }));
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows.map(rowNode)));
  const scroller = element("div", { "class": "rows", "tabindex": "0", "role": "region", "aria-label": title }, table);
  const shown = rows.length ? [scroller] : [];
  return [element("h3", {}, title), element("p", { class: "notes" }, notes), ...shown];
}
