// The words over the map and below the diagram, which follow the focus and the width of the page.

/** @typedef {import("./types.js").NeuronFocus} NeuronFocus */

/**
 * What the map shows.
 * @param {{ mapped: NeuronFocus | null, net: { last: number, outputs: number, outputNames: string[] } }} state
 * @param {boolean} narrow
 */
export function mapTitle({ mapped, net: { last, outputs, outputNames } }, narrow) {
  if (!mapped) return outputs > 1 ? (narrow ? "Class" : "Predicted class") : "Output";
  if (mapped.l === last) return outputs > 1 ? `Output · ${outputNames[mapped.j]}` : "Output ";
  return `${narrow ? "H" : "Hidden"} ${mapped.l + 1} · neuron ${mapped.j + 1}`;
}

/** What can be pointed at. @param {boolean} small */
export function hintText(small) {
  const things = "a neuron, link, bias or data point for its numbers";
  return small ? `Tap ${things}.` : `Point at ${things}; click to hold or edit it.`;
}
