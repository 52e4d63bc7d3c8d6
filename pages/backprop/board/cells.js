// Draws a matrix as coloured cells: with their values written in, or small, with the value where one points.

import { cssColor } from "../../live/kit/colors.js";
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

/** The light of a colour's red, green or blue, 0 … 1; sRGB. @param {number} value 0 … 255 */
const linearLight = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);

/** Black or white, whichever stands out more against a colour (WCAG's contrast). @param {RGB} rgb */
export function inkOn(rgb) {
  const [r, g, b] = rgb.map(linearLight), light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
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
 * @param {Colors} colors
 * @param {Matrix} matrix
 * @param {number} i
 * @param {number} j
 * @param {MatrixOptions} options
 */
function cellNode(colors, { texts, shares, small }, i, j, { look, choose, read }) {
  const given = look?.(i, j), shown = given?.hidden ? "?" : texts[i][j], rgb = colors.diverging(shares[i][j]);
  const style = given?.hidden ? "" : `background:${cssColor(rgb)};color:${inkOn(rgb)}`;
  const attributes = {
    "class": "cell " + (given?.className || ""), style, "data-cell": `${i},${j}`, "title": small ? shown : "",
    ...given?.attributes,
  };
  const text = small ? "" : shown;
  const node = choose || small
    ? element("button", { type: "button", ...attributes }, text)
    : element("span", attributes, text);
  if (small) node.setAttribute("aria-label", shown);
  if (choose) node.onclick = () => choose(i, j);
  if (small && read) node.onpointerenter = node.onfocus = () => read(`${i + 1}, ${j + 1}: ${shown}`);
  return node;
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
    "class": `mx${small ? " small" : ""}${dense ? " dense" : ""}`, "role": "grid", "aria-label": options.label,
    "style": `${columns};--chars:${columnCharacters(texts)}`,
  });
  texts.forEach((row, i) => row.forEach((_, j) => grid.append(cellNode(colors, matrix, i, j, options))));
  const more = moreText(matrix.more);
  return more ? element("div", { class: "mx-more" }, grid, element("span", {}, more)) : grid;
}
