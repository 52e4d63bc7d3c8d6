// Texts and lines of the pictures; colours are custom properties, so that they follow the theme.

import { svgElement } from "../../live/kit/elements.js";

const LETTER = 0.54; // the mean width of a letter, in font sizes

/**
 * @typedef {object} Look
 * @property {number} [size]
 * @property {boolean} [bold]
 * @property {"start" | "middle" | "end"} [anchor]
 * @property {string} [fill] a custom property, or a colour
 * @property {number} [room] px that it may take
 */

/** The line of what counts as success. */
export const DOTTED = { "stroke": "var(--ink)", "stroke-width": 1.4, "stroke-dasharray": "2 3" };

/** About how wide a text is. @param {string} text @param {number} size px */
export const widthOf = (text, size) => text.length * size * LETTER;

/**
 * A text that fits into a room, cut where it must be.
 * @param {string} text
 * @param {number} size
 * @param {number} room
 */
function fitted(text, size, room) {
  const letters = Math.max(2, Math.floor(room / (size * LETTER)));
  return text.length > letters ? text.slice(0, letters - 1) + "…" : text;
}

/**
 * @param {number} x
 * @param {number} y of the base line
 * @param {string} text
 * @param {Look} [look]
 */
export function label(x, y, text, { size = 14, bold = false, anchor = "start", fill = "ink2", room = Infinity } = {}) {
  const shown = fitted(text, size, room);
  const node = svgElement("text", {
    "x": x.toFixed(1), "y": y.toFixed(1), "font-size": size, "font-weight": bold ? 650 : 400, "text-anchor": anchor,
    "fill": fill.startsWith("#") || fill.startsWith("rgb") ? fill : `var(--${fill})`,
  }, shown);
  if (shown !== text) node.append(svgElement("title", {}, text));
  return node;
}

/** @param {string} d @param {Record<string, string | number>} [look] */
export const stroke = (d, look = {}) => svgElement("path", { d, "fill": "none", "stroke": "var(--ink2)", ...look });

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {Record<string, string | number>} look
 */
export const box = (x, y, width, height, look) => svgElement("rect", {
  "x": x.toFixed(1), "y": y.toFixed(1), "width": Math.max(0, width).toFixed(1),
  "height": Math.max(0, height).toFixed(1), ...look,
});
