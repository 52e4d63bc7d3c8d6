// Says what stands out in the diagram while a neuron, link or bias is in focus, and what is drawn paler.

/** @typedef {import("./types.js").Focus} Focus */
/** @typedef {import("./types.js").NeuronFocus | import("./types.js").ParameterFocus} DiagramFocus */

/** The focus, if it lies in the diagram. @param {Focus | null} focus */
export const focusInDiagram = (focus) => (focus && focus.kind !== "point" ? focus : null);

/**
 * Whether a link belongs to the focus: those into and out of a neuron, or the link itself.
 * @param {{ l: number, i: number, j: number }} link
 * @param {DiagramFocus} focus
 */
export function isLit(link, focus) {
  const into = link.l === focus.l && link.j === focus.j;
  if (focus.kind !== "neuron") return into && link.i === focus.i;
  return into || (link.l === focus.l + 1 && link.i === focus.j);
}

/**
 * How opaque the tile of an input or neuron is.
 * @param {DiagramFocus | null} focus
 * @param {number} column 0 for the inputs, l + 1 for layer l
 * @param {number} j its number in the column
 */
export function tileOpacity(focus, column, j) {
  if (!focus) return 1;
  const away = column - (focus.l + 1);
  if (away === 0 && j === focus.j) return 1;
  if (focus.kind === "neuron") return Math.abs(away) === 1 ? 1 : 0.45;
  return away === -1 && j === focus.i ? 1 : 0.4;
}
