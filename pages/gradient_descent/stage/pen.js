// What pens, which draw a saved picture, have in common: texts in pieces, and drawings that stand alone.

import { propertyOf } from "../../live/kit/colors.js";
import { textPieces } from "./text.js";

/** @typedef {[text: string, below: boolean]} Piece of a text; below: a subscript */
/** @typedef {{ weight: number, size: number, color: string }} Letters */
/**
 * Draws a picture, on a canvas or into an SVG.
 * @typedef {object} Pen
 * @property {(svg: SVGSVGElement, x: number, y: number, shrink: number) => void | Promise<void>} put a drawing
 * @property {(canvas: HTMLCanvasElement, x: number, y: number) => void} raster
 * @property {(pieces: Piece[], x: number, y: number, letters: Letters) => void} write
 * @property {(path: string, color: string) => void} fill
 * @property {() => Blob | Promise<Blob>} blob the picture's bytes
 */

/** A subscript's size and how far below the line it stands, as shares of the size of the letters. */
export const SUBSCRIPT = { size: 0.75, drop: 0.25 };

/** A text as it is, whatever looks like a mark in it. @param {string} text @returns {Piece[]} */
export const onePiece = (text) => [[text, false]];

/** A short text with its marks. @param {string} text @returns {Piece[]} */
export const piecesOf = (text) => textPieces(text).map((piece) => [piece.text, piece.style === "sub"]);

/**
 * A text with its CSS variables replaced by their values.
 * @param {string} text
 * @param {(name: string) => string} valueOf
 */
export const withValues = (text, valueOf) =>
  text.replace(/var\((--[\w-]+)\)/g, (_, name) => valueOf(name).trim().replace(/"/g, "'"));

/**
 * A drawing as text that stands alone, its colours written out.
 * @param {SVGSVGElement} svg
 * @param {CSSStyleDeclaration} style
 * @param {boolean} letters whether its texts are in it
 */
export function writtenOut(svg, style, letters) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true)), { width, height } = svg.getBoundingClientRect();
  if (!letters) for (const text of copy.querySelectorAll("text")) text.remove();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  return withValues(new XMLSerializer().serializeToString(copy), (name) => propertyOf(style, name));
}
