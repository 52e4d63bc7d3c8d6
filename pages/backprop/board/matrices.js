// Draws the matrices that the shown step reads, each with its symbol and shape.

import { element, find } from "../../live/kit/elements.js";
import { matrixNode } from "./cells.js";
import { mathNode, mathOf } from "./mathml.js";

const HOW_TO_READ = "Point at a cell for its value, or reach it by Tab, ↓ and ↑.";

/**
 * @param {HTMLElement} root
 * @param {import("./types.js").Shown} state
 */
export function drawMatrices(root, { content, colors }) {
  const output = find(root, '[data-show="read"]');
  const figures = content.matrices.map((matrix) => {
    const { key, tone, symbol, shape: [rows, columns] } = matrix;
    const swatch = `<span class="swatch tone-${tone}">${mathOf(symbol)}</span>`;
    const caption = mathNode("figcaption", `${swatch} <span>${rows}×${columns}</span>`);
    /** @param {string} text */
    const read = (text) => { output.textContent = `${key} ${text}`; };
    return element("figure", { "data-term": key }, caption, matrixNode(colors, matrix, { label: key, read }));
  });
  find(root, ".figures").replaceChildren(...figures);
  find(root, '[data-show="scale"]').textContent = `colour: −${content.scale} … +${content.scale}`;
  output.textContent = content.matrices.some((matrix) => matrix.small) ? HOW_TO_READ : "";
}
