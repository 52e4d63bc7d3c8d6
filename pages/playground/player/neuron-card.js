// Shows what a neuron computes: its formula, and the numbers of one place of the plane in it.

import { element } from "../../live/kit/elements.js";
import { fixed } from "../../live/kit/format.js";
import { symbolNode } from "../../live/kit/symbols.js";
import { activationOf } from "./activations.js";
import { signClass, spanOf, variable } from "./notation.js";
import { ownSummands } from "./own-units.js";
import { isProbed, probePlace } from "./probe-words.js";
import { fittingSum } from "./sums.js";

/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Network} Network */
/** @typedef {import("./types.js").NeuronFocus} NeuronFocus */
/** @typedef {import("./types.js").Shown} Shown */

/**
 * What a card may take up.
 * @typedef {object} CardSize
 * @property {boolean} small
 * @property {number} room px of width for a line
 * @property {(text: string) => number} measure the width of a text in the font of the formulas
 */

const MOST_SYMBOLS = 4; // of a formula that names each weight; beyond it has a Σ
const MOST_NAMES = 2; // the same where inputs have names of their own, which are longer
const SYMBOL = 62; // px of width of "w₁x₁ + "
const SYMBOL_START = 60; // of "z =" and "+ b"
const TIGHT_LETTERS = 15 / 18; // of the size of letters, for a sum that has no room otherwise
const SMALL_LINES = 1.8; // lines of numbers on a small screen, where they are wrapped

/** @param {(string | Node)[]} parts */
const equation = (...parts) => element("div", { class: "eq" }, ...parts);

/**
 * The numbers that a neuron's sum is made of: at the probe, or for the picture that is looked at.
 * @param {Pick<Shown, "net" | "frame" | "header" | "digit">} state
 * @param {Pick<NeuronFocus, "l" | "j">} neuron
 */
export function summandsOf({ net, frame, header, digit }, { l, j }) {
  const n = net.dims[l], below = l > 0 ? net.layers[l - 1].tile : 0;
  /** @param {number} i */
  const valueOf = (i) => {
    if (digit) return l === 0 ? digit.ink[net.inputs[i].row] : digit.values[l - 1][i];
    return l === 0 ? header.probe.inputs[net.inputs[i].row] : frame.probe[below + i];
  };
  return {
    weights: Array.from({ length: n }, (_, i) => frame.theta[net.weightAt(l, i, j)]),
    bias: net.hasBias ? frame.theta[net.biasAt(l, j)] : null,
    values: Array.from({ length: n }, (_, i) => valueOf(i)),
  };
}

/** The result of a neuron's sum. @param {import("./sums.js").Summands} summands */
export const sumOf = ({ weights, bias, values }) =>
  weights.reduce((sum, weight, i) => sum + weight * values[i], bias ?? 0);

/** The symbols of what a layer's weights multiply. @param {Network} net @param {number} l */
function factorNodes(net, l) {
  if (l === 0) return net.inputs.map((input) => symbolNode(input.label, "i"));
  return Array.from({ length: net.dims[l] }, (_, i) => variable("a", String(i + 1), String(l)));
}

/** @param {Shown} state @param {NeuronFocus} neuron @param {boolean} small */
function titleNode({ net, header, byKey, digit }, { l, j }, small) {
  const name = l === net.last ? `Output · ${net.outputNames[j]}` : `Hidden ${l + 1} · neuron ${j + 1}`;
  const title = element("div", { class: "title" }, name);
  const whose = digit?.way === "yours" ? "your" : "this";
  const own = `${small ? "" : "numbers at the probe ✛, "}in the data’s own units`;
  const place = `${small ? "at" : "numbers at the probe"} ✛ ${probePlace(header)}`;
  if (digit) title.append(spanOf("", `numbers for ${whose} ${header.dataset.target}`));
  else title.append(spanOf("", l === 0 && header.own_scales ? own : place));
  if (byKey) title.append(element("kbd", {}, "Enter: its links"));
  return title;
}

/**
 * z = w₁x₁ + w₂x₂ + b, and a = f(z) behind it where there is room.
 * @param {Shown} state
 * @param {NeuronFocus} neuron
 * @param {CardSize} size
 * @param {string} activation
 */
function formulaNode({ net, header }, { l }, { small, room }, activation) {
  const formula = equation(variable("z"), " = "), n = net.dims[l];
  const most = l === 0 && header.dataset.named ? MOST_NAMES : MOST_SYMBOLS;
  if (n * SYMBOL + SYMBOL_START > room || n > most) {
    formula.append("Σ ", variable("w", "i"), variable(l === 0 ? "x" : "a", "i", l === 0 ? "" : String(l)));
  } else {
    factorNodes(net, l).forEach((symbol, i) => formula.append(i ? " + " : "", variable("w", String(i + 1)), symbol));
  }
  if (net.hasBias) formula.append(" + ", variable("b"));
  if (!small) formula.append("\u2003", variable("a"), ` = ${activation}(`, variable("z"), ")");
  return formula;
}

/**
 * The sum in numbers, in smaller letters where more of it fits then.
 * @param {CardSize} size
 * @param {import("./sums.js").Summands} summands
 */
function numbersNode({ small, room, measure }, summands) {
  const z = sumOf(summands), line = small ? SMALL_LINES * room : room;
  const usual = fittingSum(summands, z, line, measure);
  const tight = usual.rest && !small ? fittingSum(summands, z, line / TIGHT_LETTERS, measure) : usual;
  const isTight = tight.terms.length > usual.terms.length, { terms, rest, bias, digits } = isTight ? tight : usual;
  const node = equation(variable("z"), " = ");
  node.classList.toggle("tight", isTight);
  for (const { value, number, factor } of terms) node.append(spanOf(signClass(value), number), factor);
  if (rest) node.append(rest.number + rest.factor);
  if (bias) node.append(spanOf(signClass(bias.value), bias.number));
  node.append(digits === null ? " ≈ " : " = ", element("b", {}, fixed(z, digits ?? 4)));
  return node;
}

/** @param {Shown} state @param {NeuronFocus} neuron @param {string} activation @param {number} z @param {number} a */
function activationNode({ net }, { l, j }, activation, z, a) {
  const vector = net.softmax && l === net.last; // softmax needs z of all neurons; this is one of its results
  const argument = vector ? [variable("z"), ")", element("sub", {}, String(j + 1))] : [fixed(z, 4) + ")"];
  return equation(variable("a"), ` = ${activation}(`, ...argument, " ≈ ", element("b", {}, fixed(a, 4)));
}

/**
 * @param {Shown} state
 * @param {NeuronFocus} neuron
 * @param {CardSize} size
 */
export function neuronNodes(state, neuron, size) {
  const { net, header, frame } = state, { l, j } = neuron, { small } = size;
  const activation = activationOf(header, l).label, seen = summandsOf(state, neuron);
  const summands = l === 0 && header.own_scales ? ownSummands(seen, header.own_scales) : seen;
  const head = [titleNode(state, neuron, small), formulaNode(state, neuron, size, activation)];
  if (!state.digit && !isProbed(state)) { // the frame's numbers are those of another place
    return [...head, equation(variable("z"), " = –"), equation(variable("a"), " = –")];
  }
  return [
    ...head,
    numbersNode(size, summands),
    activationNode(state, neuron, activation, sumOf(seen),
      state.digit ? state.digit.values[l][j] : frame.probe[net.layers[l].tile + j]),
  ];
}
