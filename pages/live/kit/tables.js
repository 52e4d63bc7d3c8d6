// Writes the numbers of a chart as a table for those who hear the page; of many, some are left out, which it says.

import { element } from "./elements.js";

/** Most rows of such a table: a screen reader reads every cell. */
export const MOST_ROWS = 20;

/**
 * The places of at most `most` of `count` things, evenly from the first to the last.
 * @param {number} count
 * @param {number} [most] at least 2
 */
export function thinned(count, most = MOST_ROWS) {
  if (count <= most) return Array.from({ length: count }, (_, k) => k);
  return Array.from({ length: most }, (_, k) => Math.round((k * (count - 1)) / (most - 1)));
}

/**
 * The name of a table, which says how many rows it leaves out.
 * @param {string} name
 * @param {number} shown rows
 * @param {number} count of all there are
 * @param {string} things what they are
 */
export const captionText = (name, shown, count, things) =>
  (shown < count ? `${name}: ${shown} of ${count} ${things}` : name);

/**
 * Writes a table anew; the first cell of each row is its heading.
 * @param {HTMLTableElement} table
 * @param {string} caption
 * @param {string[]} heads
 * @param {string[][]} rows
 */
export function writeTable(table, caption, heads, rows) {
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...others]) => element("tr", {}, element("th", { scope: "row" }, first),
    ...others.map((text) => element("td", {}, text))));
  table.replaceChildren(element("caption", {}, caption), element("thead", {}, head), element("tbody", {}, ...body));
}
