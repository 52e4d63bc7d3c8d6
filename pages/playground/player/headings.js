// The words over the map and below the diagram, which follow the focus and the width of the page.

import { hasSlice } from "./slice.js";

/** @typedef {import("./types.js").NeuronFocus} NeuronFocus */

/**
 * What the map shows.
 * @param {{ mapped: NeuronFocus | null, net: { last: number, outputs: number, outputNames: string[] },
 *   header?: { dataset: { target: string } } }} state
 * @param {boolean} narrow
 */
export function mapTitle({ mapped, net: { last, outputs, outputNames }, header }, narrow) {
  const target = header?.dataset.target;
  if (!mapped && target) return target;
  if (!mapped) return outputs > 1 ? (narrow ? "Class" : "Predicted class") : "Output";
  if (mapped.l === last) return outputs > 1 ? `Output · ${outputNames[mapped.j]}` : "Output ";
  return `${narrow ? "H" : "Hidden"} ${mapped.l + 1} · neuron ${mapped.j + 1}`;
}

/** What the map and its sliders are where points have more inputs than it shows. */
const SLICE_TEXT = "Map and neurons show the slice through the probe; the sliders are its other inputs.";

/**
 * What can be pointed at, and before that what is shown.
 * @param {boolean} small
 * @param {boolean} brief whether there is one line for it
 * @param {Pick<import("./types.js").Header, "dataset" | "plane">} header
 */
export function hintText(small, brief, header) {
  const { picture } = header.dataset, sliced = hasSlice(header) && !header.plane.components && !brief;
  const parts = picture ? "a neuron or link" : "a neuron, link, bias or data point";
  const things = `${sliced ? "anything" : parts} for its numbers`;
  const told = small ? `Tap ${things}.` : `Point at ${things}; click to hold or edit it.`;
  return sliced ? `${SLICE_TEXT} ${told}` : told;
}
