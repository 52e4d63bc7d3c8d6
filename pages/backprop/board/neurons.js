// Draws the neurons of one column, with their values in them and their errors beside them.

import { cssColor } from "../../live/kit/colors.js";
import { svgElement } from "../../live/kit/elements.js";
import { fixed, minus, withPower } from "../../live/kit/format.js";
import { inkOn } from "./cells.js";

/** @typedef {import("../../live/kit/elements.js").Attributes} Attributes */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").ColumnNumbers} ColumnNumbers */

const MOST_DIGITS = 4; // decimals of an error beside a neuron
const ROOM = { name: 84, inside: 13.5, below: 86, beside: 104, line: 16 }; // px that a text needs at least

/** The dashes of the ring of a tone, as CSS has them for its terms. @type {Record<number, string>} */
const RING_DASHES = { 2: "7 4", 3: "2 4" };

/** A number; one that would be rounded to 0 as a power of ten. @param {number | null} value @param {number} digits */
export function roundedText(value, digits) {
  if (value && Math.abs(value) < 0.5 * 10 ** -digits) return withPower(value, 0);
  return fixed(value ?? NaN, digits);
}

/** Decimals of a value inside a neuron. @param {number} value @param {number} radius px */
export const digitsInside = (value, radius) => (Math.abs(value) >= 9.995 || (radius < 17 && value < 0) ? 1 : 2);

/** px of a value inside a neuron. @param {number} value @param {number} digits @param {number} radius px */
export const letterSize = (value, digits, radius) =>
  (radius < 16 || (digits === 2 && value < 0 && radius < 20) ? 13 : 14);

/** What a column is called. @param {number} c @param {number} last @param {number} gap px between two columns */
export function columnName(c, last, gap) {
  if (c === 0) return "Input";
  if (c === last) return "Output";
  return gap < ROOM.name ? "H" + c : "Hidden " + c;
}

/**
 * What is said of the neuron under the pointer.
 * @param {ColumnNumbers} numbers
 * @param {number} i
 * @param {number} digits
 * @param {string} [sort] what the data calls its class, if it stands for one
 */
export function hintText({ symbol, values, errors }, i, digits, sort) {
  const value = values && values[i];
  const name = (sort ? `class ${sort}: ` : "") + (symbol || "");
  const said = name + (value === null ? "" : " = " + roundedText(value, digits));
  const error = errors && errors[i];
  return errors && error !== undefined ? `${said}, δ = ${roundedText(error, digits)}` : said;
}

/**
 * A text whose anchor is its middle, unless its style says otherwise.
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {Attributes} attributes
 */
export const svgText = (x, y, content, attributes) =>
  svgElement("text", { "x": x.toFixed(1), "y": y.toFixed(1), "text-anchor": "middle", ...attributes }, content);

/** @param {number | undefined} tone */
const tint = (tone) => (tone === undefined ? "var(--ink2)" : `var(--tone${tone})`);

/**
 * A neuron of a column at work gets a ring, a broader one if it is the chosen entry's.
 * @param {Scene} scene
 * @param {number} tone
 * @param {number} i
 * @param {Attributes} circle
 */
function ringNode({ weights, entry, byNeuron }, tone, i, circle) {
  const own = tone === 0 && !weights, chosen = own && i === entry[1];
  return svgElement("circle", {
    ...circle, "fill": "none", "stroke": tint(tone), "stroke-width": chosen ? 5 : 3,
    "opacity": byNeuron && own && !chosen ? 0.35 : 1,
    ...(RING_DASHES[tone] && { "stroke-dasharray": RING_DASHES[tone] }),
  });
}

/**
 * @param {Scene} scene
 * @param {number} c
 * @param {number} i
 */
function neuronNodes(scene, c, i) {
  const { geometry, tones, columns, colors } = scene, { values, spread } = columns[c];
  const x = geometry.x(c), y = geometry.y(c, i), r = geometry.radius(c), tone = tones.get(c);
  const value = values && values[i], dim = tone === undefined || value === null;
  const lit = dim ? null : colors.diverging(value / spread);
  const center = { cx: x.toFixed(1), cy: y.toFixed(1) };
  const nodes = [svgElement("circle", {
    ...center, "r": r.toFixed(1), "fill": lit ? cssColor(lit) : "var(--field)", "stroke": "var(--ink)",
    "stroke-width": 1.4, "opacity": tone === undefined ? 0.6 : 1,
  })];
  if (tone !== undefined) nodes.unshift(ringNode(scene, tone, i, { ...center, r: (r + 5).toFixed(1) }));
  return [
    ...nodes,
    ...(r >= ROOM.inside ? [valueText(x, y, value, r, lit ? inkOn(lit) : "var(--ink2)")] : []),
    svgElement("title", {}, hintText(columns[c], i, scene.digits, c === scene.last ? scene.network.classes[i] : "")),
  ];
}

/**
 * The value inside a neuron.
 * @param {number} x
 * @param {number} y
 * @param {number | null} value
 * @param {number} r
 * @param {string} fill
 */
function valueText(x, y, value, r, fill) {
  const digits = digitsInside(value || 0, r), size = letterSize(value || 0, digits, r);
  const text = value === null ? "·" : fixed(value, digits);
  return svgText(x, y + 5, text, { "class": "value", "font-size": size, fill });
}

/**
 * The error below, above or beside a neuron, or the target below an output; where there is room.
 * @param {Scene} scene
 * @param {number} c
 * @param {number} i
 */
function neuronLabel(scene, c, i) {
  const { geometry, network, last, tones, columns } = scene, { errors } = columns[c];
  const x = geometry.x(c), y = geometry.y(c, i), r = geometry.radius(c), tone = tones.get(c), tall = geometry.tall(c);
  if (!errors) {
    const targets = network.y && (network.y[scene.sample] || network.y[0]);
    if (c !== last || tone === undefined || !targets || !scene.lossKnown || !tall) return null;
    const target = `y = ${minus(String(Number((targets[i] ?? NaN).toFixed(4))))}`;
    return svgText(x, y + r + 22, target, { class: "error", fill: "var(--ink2)" });
  }
  const error = errors[i];
  if (error === undefined) return null;
  const text = roundedText(error, Math.min(MOST_DIGITS, scene.digits));
  if (tall) {
    if (geometry.gap < ROOM.below) return null;
    const dims = network.dims[c], below = i >= dims / 2 || dims === 1, dy = below ? r + 24 : -(r + 12);
    const middle = Math.max(52, Math.min(geometry.width - 48, x));
    return svgText(middle, y + dy, `δ = ${text}`, { class: "error", fill: tint(tone) });
  }
  if (tone === undefined || geometry.gap < ROOM.beside || geometry.pitch(c) < ROOM.line) return null;
  const left = c === last, style = `text-anchor:${left ? "end" : "start"}`;
  return svgText(x + (left ? -1 : 1) * (r + 9), y + 5, text, { class: "error", style, fill: tint(tone) });
}

/**
 * A column's neurons; and apart from them, to be drawn above all, what is written at them.
 * @param {Scene} scene
 * @param {number} c
 */
export function columnNodes(scene, c) {
  const { geometry, network, last, tones } = scene;
  const each = Array.from({ length: network.dims[c] }, (_, i) => i);
  const attributes = { class: tones.get(c) === 0 ? "layer now" : "layer" };
  const name = svgText(geometry.x(c), 18, columnName(c, last, geometry.gap), attributes);
  const labels = each.map((i) => neuronLabel(scene, c, i)).filter((label) => label !== null);
  return {
    group: svgElement("g", { "data-layer": c }, ...each.flatMap((i) => neuronNodes(scene, c, i))),
    labels: [name, ...labels],
  };
}
