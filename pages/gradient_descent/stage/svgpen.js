// Writes a saved picture as SVG.

import { embeddedFaces } from "../../live/kit/faces.js";
import { SUBSCRIPT, writtenOut } from "./pen.js";

/** @typedef {import("./pen.js").Pen} Pen */
/** @typedef {import("./pen.js").Piece} Piece */
/** @typedef {import("./types.js").Colors} Colors */

/** A text as it stands in an SVG, in attributes too. @param {string} text */
const inSvg = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/**
 * The pieces of a text as tspans; a piece after a subscript is lifted back to the line.
 * @param {Piece[]} pieces
 * @param {number} size
 */
export function tspans(pieces, size) {
  let lower = 0;
  return pieces.map(([piece, below]) => {
    const dy = (below ? size * SUBSCRIPT.drop : 0) - lower;
    lower += dy;
    return `<tspan dy="${dy}" font-size="${below ? size * SUBSCRIPT.size : size}">${inSvg(piece)}</tspan>`;
  }).join("");
}

/**
 * @param {number} width
 * @param {number} height
 * @param {Colors} colors
 * @param {CSSStyleDeclaration} style where the custom properties have their values
 * @returns {Pen}
 */
export function svgPen(width, height, colors, style) {
  const parts = [`<rect width="${width}" height="${height}" fill="${colors.bg}"/>`];
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"`
    + ` viewBox="0 0 ${width} ${height}" font-family="${inSvg(colors.font)}">`;
  return {
    put(svg, x, y, shrink) {
      parts.push(`<g transform="translate(${x} ${y}) scale(${shrink})">${writtenOut(svg, style, true)}</g>`);
    },
    raster(canvas, x, y) {
      const size = `width="${canvas.clientWidth}" height="${canvas.clientHeight}"`;
      parts.push(`<image x="${x}" y="${y}" ${size} href="${canvas.toDataURL()}"/>`);
    },
    write(pieces, x, y, { weight, size, color }) {
      const look = `xml:space="preserve" font-weight="${weight}" fill="${color}"`;
      parts.push(`<text x="${x}" y="${y}" ${look}>${tspans(pieces, size)}</text>`);
    },
    fill(path, color) { parts.push(`<path d="${path}" fill="${color}"/>`); },
    async blob() {
      const faces = `<style>${await embeddedFaces(open + parts.join(""))}</style>`;
      return new Blob([open, faces, ...parts, "</svg>"], { type: "image/svg+xml" });
    },
  };
}
