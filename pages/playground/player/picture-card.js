// Shows a neuron whose inputs are pixels: its weights as a picture, with the largest and the smallest one named.

import { sizeCanvas } from "../../live/kit/canvas.js";
import { element } from "../../live/kit/elements.js";
import { fixed, signed } from "../../live/kit/format.js";
import { activationOf } from "./activations.js";
import { isInked } from "./digit-state.js";
import { drawWeightPicture } from "./ink.js";
import { sumOf, summandsOf } from "./neuron-card.js";
import { spanOf } from "./notation.js";

/** @typedef {import("./types.js").NeuronFocus} NeuronFocus */
/** @typedef {import("./types.js").Shown} Shown */

const PICTURE_SIDE = { large: 104, small: 92 }; // px of the longer side

/** Whether a neuron's weights are a picture. @param {Pick<Shown, "net">} state @param {NeuronFocus} neuron */
export const hasPicture = ({ net }, { l }) => net.picture !== null && l === 0;

/** Where a pixel lies, in words. @param {number} at @param {number} columns */
const pixelWords = (at, columns) => `row ${Math.floor(at / columns) + 1}, column ${(at % columns) + 1}`;

/**
 * The inputs with the largest and the smallest weight of a neuron in the first layer.
 * @param {Pick<Shown, "net" | "frame">} state
 * @param {number} j
 */
export function extremesOf({ net, frame: { theta } }, j) {
  let most = 0, least = 0;
  /** @param {number} i */
  const weight = (i) => theta[net.weightAt(0, i, j)];
  for (let i = 1; i < net.dims[0]; i++) {
    if (weight(i) > weight(most)) most = i;
    if (weight(i) < weight(least)) least = i;
  }
  const [largest, smallest] = [most, least].map((i) => ({ at: net.inputs[i].row, w: weight(i) }));
  return { most: largest, least: smallest };
}

/** @param {Shown} state @param {number} j @param {[number, number]} shape @param {number} side */
function weightCanvas({ net, header, frame: { theta }, colors }, j, shape, side) {
  const canvas = element("canvas", { "aria-hidden": "true" }), pixel = side / Math.max(...shape);
  const width = Math.round(pixel * shape[1]), height = Math.round(pixel * shape[0]);
  const ctx = sizeCanvas(canvas, width + 2, height + 2), places = new Map(net.inputs.map(({ row }, i) => [row, i]));
  ctx.clearRect(0, 0, width + 2, height + 2);
  drawWeightPicture(ctx, { left: 1, top: 1, width, height }, shape, (at) => {
    const i = places.get(at);
    return i === undefined ? NaN : theta[net.weightAt(0, i, j)];
  }, header.full_weight, colors);
  return canvas;
}

/** What the neuron makes of the picture that is looked at. @param {Shown} state @param {NeuronFocus} neuron */
function valueWords(state, neuron) {
  const { digit, header } = state, { l, j } = neuron;
  if (!digit || !isInked(digit)) return "";
  const z = fixed(sumOf(summandsOf(state, neuron)), 2), a = fixed(digit.values[l][j], 2);
  const whose = digit.way === "yours" ? "Your" : "This", { label } = activationOf(header, l);
  return `${whose} ${header.dataset.target}: z = ${z}, ${label}(z) = ${a}`;
}

/**
 * @param {Shown} state
 * @param {NeuronFocus} neuron
 * @param {boolean} small
 * @returns {HTMLElement[]}
 */
export function pictureNodes(state, neuron, small) {
  const { net, header: { full_weight: full }, byKey } = state, { j } = neuron, { most, least } = extremesOf(state, j);
  const shape = net.picture || [1, 1];
  const title = element("div", { class: "title" }, `Hidden 1 · neuron ${j + 1}`);
  if (!small) title.append(spanOf("", `its ${net.dims[0]} weights, where the pixels are`));
  if (byKey) title.append(element("kbd", {}, "Enter: its links"));
  /** @param {string} name @param {string} kind @param {{ at: number, w: number }} extreme */
  const named = (name, kind, { at, w }) =>
    element("span", {}, `${name} `, element("b", { class: kind }, signed(w, 2)), ` at ${pixelWords(at, shape[1])}`);
  const range = `−${full} to +${full}`, ofDigit = valueWords(state, neuron);
  const lines = element("div", { class: "lines" }, title,
    element("div", {}, spanOf("positive", "blue, +"), " ink here raises the sum; ",
      spanOf("negative", "orange, −"), " lowers it"),
    element("div", { class: "extremes" }, named("largest", most.w < 0 ? "negative" : "positive", most),
      named("smallest", least.w < 0 ? "negative" : "positive", least)),
    element("div", { class: "made-of" }, small ? `Colours: ${range}` : `Colours ${range}. ${ofDigit}`));
  const side = small ? PICTURE_SIDE.small : PICTURE_SIDE.large;
  const canvas = weightCanvas(state, j, /** @type {[number, number]} */ (shape), side);
  return [element("div", { class: "weights-card" }, canvas, lines)];
}
