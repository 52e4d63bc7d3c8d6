// The words of the inside views: what layers, units and numbers are called, and how a matrix's numbers are written.

import { fixed, nonFiniteText } from "../../live/kit/format.js";

/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./types.js").Network} Network */
/** @typedef {import("./types.js").Shown} Shown */

const NARROW_CELL = 36; // px, below which a number has one decimal

/** @param {Pick<Network, "last">} net @param {number} l */
export const layerName = ({ last }, l) => (l === last ? "Output" : `Hidden ${l + 1}`);

/** The same where there is little room. @param {Pick<Network, "last">} net @param {number} l */
export const shortLayerName = ({ last }, l) => (l === last ? "Out" : `H ${l + 1}`);

/**
 * What a layer reads: the inputs by their names, or the units before it by their numbers.
 * @param {Network} net
 * @param {number} l
 */
export const rowLabels = ({ inputs, dims }, l) =>
  (l === 0 ? inputs.map(({ label }) => label) : Array.from({ length: dims[l] }, (_, i) => String(i + 1)));

/**
 * A layer's units: by their numbers, several outputs as the data names their classes.
 * @param {Pick<Shown, "net" | "header">} state
 * @param {number} l
 */
export const columnLabels = ({ net, header: { dataset } }, l) =>
  Array.from({ length: net.dims[l + 1] }, (_, j) =>
    (l === net.last && net.outputs > 1 ? dataset.labels[j] : String(j + 1)));

/** The largest size among the finite ones. @param {ArrayLike<number>} values */
export const largest = (values) =>
  Array.from(values).reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most), 0);

/**
 * The power of ten that stands in a title, so that numbers in the cells have two digits before the decimals at most.
 * @param {number} most the largest size in the matrix
 */
export const powerOf = (most) => (most === 0 || (most >= 0.1 && most < 100) ? 0 : Math.floor(Math.log10(most)));

/**
 * A number in a cell: an exact 0 has no decimals, what isn't known is a dash.
 * @param {number} value
 * @param {number} power
 * @param {number} width px of the cell
 */
export function cellText(value, power, width) {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return nonFiniteText(value);
  return value === 0 ? "0" : fixed(value / 10 ** power, width < NARROW_CELL ? 1 : 2);
}

const DASHES = /** @type {number[][]} */ ([[], [8, 4], [2, 3.5], [12, 3, 2, 3], [5, 2], [14, 5], [1, 2]]);

/** The tone of a layer, of three that differ in lightness too. @param {Colors} colors @param {number} l */
export const layerTone = ({ ink, marks, ink3 }, l) => [ink, marks[2] || ink, ink3][l % 3];

/** How a layer's line looks: they differ by dashes and tone. @param {Colors} colors @param {number} l */
export const layerLook = (colors, l) => ({ color: layerTone(colors, l), dash: DASHES[l % DASHES.length] });
