// Draws a matrix as coloured cells: with their values written in, or small, with the value where one points.

import { cssColor, luminance } from "../../live/kit/colors.js";
import { element } from "../../live/kit/elements.js";

/** @typedef {import("../../live/kit/colors.js").RGB} RGB */
/** @typedef {import("../../live/kit/elements.js").Attributes} Attributes */
/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./types.js").Matrix} Matrix */

/**
 * What a cell has besides its number.
 * @typedef {object} CellLook
 * @property {string} className
 * @property {boolean} hidden a question mark instead of the number
 * @property {Attributes} attributes
 */
/**
 * @typedef {object} MatrixOptions
 * @property {string} label
 * @property {(i: number, j: number) => CellLook} [look]
 * @property {(i: number, j: number) => void} [choose] makes each cell a button
 * @property {(text: string) => void} [read] shows the number of a small cell
 */

const LEAST_CHARACTERS = 4; // that a column is wide
const NARROW = "⁰⁴⁵⁶⁷⁸⁹⁻·"; // of a power of ten; they need no room of their own

/** Black or white, whichever stands out more against a colour (WCAG's contrast). @param {RGB} rgb */
export function inkOn(rgb) {
  const light = luminance(rgb);
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? "#000" : "#fff";
}

/** How many characters wide a matrix's columns are. @param {string[][]} texts */
export function columnCharacters(texts) {
  const wide = texts.flat().map((text) => [...text].filter((letter) => !NARROW.includes(letter)).length);
  return Math.max(LEAST_CHARACTERS, ...wide);
}

/**
 * What is left out of a matrix, in words.
 * @param {[rows: number, columns: number]} more
 */
export function moreText([rows, columns]) {
  const parts = [];
  if (rows) parts.push(`… ${rows} more ${rows === 1 ? "row" : "rows"}`);
  if (columns) parts.push(`… ${columns} more ${columns === 1 ? "column" : "columns"}`);
  return parts.join(", ");
}

/**
 * The attributes of a cell, and what it shows; a small one says its sign apart from its colour.
 * @param {Colors} colors
 * @param {Matrix} matrix
 * @param {number} i
 * @param {number} j
 * @param {MatrixOptions} options
 */
function cellLook(colors, { texts, shares, small }, i, j, options) {
  const { hidden = false, className = "", attributes = {} } = options.look?.(i, j) || {};
  const shown = hidden ? "?" : texts[i][j], rgb = colors.diverging(shares[i][j]);
  const style = hidden ? "" : `background-color:${cssColor(rgb)};color:${inkOn(rgb)}`;
  const marks = { "title": small ? shown : "", "data-sign": small && !hidden ? Math.sign(shares[i][j]) : "" };
  const look = { "class": "cell " + className, style, "data-cell": `${i},${j}`, ...marks, ...attributes };
  return { shown, attributes: look };
}

/**
 * @param {Colors} colors
 * @param {Matrix} matrix
 * @param {number} i
 * @param {number} j
 * @param {MatrixOptions} options
 */
function cellNode(colors, matrix, i, j, options) {
  const { texts, small } = matrix, { choose, read } = options;
  const { shown, attributes } = cellLook(colors, matrix, i, j, options);
  const text = small ? "" : shown;
  if (!choose && !small) return element("span", { role: "cell", ...attributes }, text);
  const node = element("button", { type: "button", ...attributes }, text), place = `${i + 1}, ${j + 1}: ${shown}`;
  if (small || texts.length > 1 || texts[0].length > 1) node.setAttribute("aria-label", place);
  if (choose) node.onclick = () => choose(i, j);
  if (small && read) node.onpointerenter = node.onfocus = () => read(place);
  return element("span", { role: "cell" }, node);
}

/**
 * Makes the cells of a matrix one stop of the keyboard, within which ↓ and ↑ go on in reading order.
 * @param {HTMLElement} grid
 */
function walkCells(grid) {
  const cells = [...grid.querySelectorAll("button")];
  cells.forEach((cell, k) => { cell.tabIndex = k ? -1 : 0; });
  grid.addEventListener("keydown", (event) => {
    const way = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const at = cells.findIndex((cell) => cell === event.target), next = way && at >= 0 ? cells[at + way] : undefined;
    if (!next) return;
    event.preventDefault();
    cells[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

/**
 * A matrix as a grid of cells, with what is left out of it in words.
 * @param {Colors} colors
 * @param {Matrix} matrix
 * @param {MatrixOptions} options
 */
export function matrixNode(colors, matrix, options) {
  const { texts, small, dense } = matrix;
  const columns = `grid-template-columns:repeat(${texts[0].length},auto)`;
  const grid = element("div", {
    "class": `mx${small ? " small" : ""}${dense ? " dense" : ""}`, "role": "table", "aria-label": options.label,
    "style": `${columns};--chars:${columnCharacters(texts)}`,
  });
  grid.append(...texts.map((row, i) =>
    element("div", { role: "row" }, ...row.map((_, j) => cellNode(colors, matrix, i, j, options)))));
  if (small && !options.choose) walkCells(grid);
  const more = moreText(matrix.more);
  return more ? element("div", { class: "mx-more" }, grid, element("span", {}, more)) : grid;
}
