// Shows a data point: its coordinates and class or target, and what the network says about it.

import { element, svgElement } from "../../live/kit/elements.js";
import { fixed, lossText, shortNumber, signed } from "../../live/kit/format.js";
import { markPath } from "../../live/kit/shapes.js";
import { symbolNode, symbolPieces } from "../../live/kit/symbols.js";
import { inspectionOf } from "./focus.js";
import { listedOutputs, othersText } from "./many-classes.js";

/** @typedef {import("./types.js").PointFocus} PointFocus */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {Pick<Shown, "header" | "net" | "frame" | "points" | "beyond" | "inspected">} PointFacts */
/** @typedef {{ kind: "input" | "class" | "text", name: string, value: string }} Fact */

const MANY_CLASSES = 6; // beyond these the probabilities have two decimals

/** How many coordinates the map doesn't show. @param {Pick<Shown, "points" | "beyond">} state */
const coordinatesBeyond = ({ points, beyond }) => (beyond.length * 3) / points.length;

/** The outputs of a point, once they are known. @param {PointFacts} state @param {number} n */
function outputsOf(state, n) {
  const known = inspectionOf(state), { outputs: K } = state.net;
  return known && known.outputs.subarray(K * n, K * n + K);
}

/** @param {Float32Array} outputs @param {string[]} labels */
const likeliest = (outputs, labels) => labels[outputs.indexOf(Math.max(...outputs))];

/** @param {PointFacts} state @param {number} n */
export function pointTitle({ header: { dataset: { train } } }, n) {
  return n < train ? `Training point ${n + 1}` : `Test point ${n - train + 1}`;
}

/**
 * What is known of point n, in the order in which it is shown.
 * @param {PointFacts} state
 * @param {number} n
 * @returns {Fact[]}
 */
export function pointFacts(state, n) {
  const { points, beyond, net, header: { dataset: { kind, labels } } } = state, more = coordinatesBeyond(state);
  const [x1, x2, target] = points.subarray(3 * n, 3 * n + 3), outputs = outputsOf(state, n);
  /** @type {Fact[]} */
  const facts = [x1, x2, ...beyond.subarray(more * n, more * (n + 1))].map((value, k) => (
    { kind: "input", name: "x" + "₁₂₃₄₅"[k], value: more ? shortNumber(value) : fixed(value, 2) }
  ));
  if (kind === "regression") facts.push({ kind: "text", name: "Target", value: signed(target, 3) });
  else facts.push({ kind: "class", name: "Class", value: labels[target] });
  const one = net.outputs === 1, predicted = outputs && (one ? signed(outputs[0], 4) : likeliest(outputs, labels));
  const loss = inspectionOf(state)?.losses[n];
  facts.push({ kind: "text", name: one ? "Output" : "Predicted", value: predicted || "–" });
  facts.push({ kind: "text", name: "Loss", value: loss === undefined ? "–" : lossText(loss) });
  return facts;
}

/**
 * The line below: the outputs for all classes, or what is to be done for the numbers.
 * @param {PointFacts & Pick<Shown, "playing">} state
 * @param {number} n
 */
export function pointFoot(state, n) {
  const { net, playing, header: { dataset: { labels } } } = state, outputs = outputsOf(state, n), K = net.outputs;
  if (K === 1) return playing ? "Pause for output and loss." : "The loss of this point alone.";
  /** @param {number} k */
  const share = (k) => (outputs ? outputs[k].toFixed(K > MANY_CLASSES ? 2 : 3) : "–");
  const listed = [...listedOutputs(outputs, K).map((k) => `${labels[k]}: ${share(k)}`), othersText(K)];
  const shares = listed.filter(Boolean).join("  ");
  const slice = coordinatesBeyond(state) > 0 ? "   This point lies off the slice." : "";
  return (net.softmax ? "Probabilities  " : "Outputs  ") + shares + slice;
}

/** A symbol in plain letters: x1 for x₁. @param {string} symbol */
const plainLetters = (symbol) => symbolPieces(symbol).map(([letter]) => letter).join("");

/** All facts in one line. @param {PointFacts} state @param {number} n */
export function pointLine(state, n) {
  return pointTitle(state, n) + ": " + pointFacts(state, n).map(({ kind, name, value }) =>
    `${kind === "input" ? plainLetters(name) : name} ${value}`).join(", ");
}

/**
 * @param {Fact} fact
 * @param {string} shape of the point's class
 * @param {string} color of its class
 */
function factNode({ kind, name, value }, shape, color) {
  const heading = element("span", {}, kind === "input" ? symbolNode(name, "i") : name);
  if (kind !== "class") return element("div", {}, heading, element("b", {}, value));
  const mark = svgElement("path", { d: markPath(shape, 7, 7, 5), class: "filled", style: `--mark:${color}` });
  const icon = svgElement("svg", { width: 16, height: 16, viewBox: "0 0 14 14", "aria-hidden": "true" }, mark);
  return element("div", {}, heading, element("b", {}, icon, " " + value));
}

/**
 * @param {Shown} state
 * @param {PointFocus} point
 */
export function pointNodes(state, { n }) {
  const target = state.points[3 * n + 2], { colors, shapes } = state;
  const facts = pointFacts(state, n).map((fact) => factNode(fact, shapes[target], colors.marks[target]));
  return [
    element("div", { class: "title" }, pointTitle(state, n)),
    element("div", { class: coordinatesBeyond(state) > 0 ? "facts point many" : "facts point" }, ...facts),
    element("div", { class: "foot" }, pointFoot(state, n)),
  ];
}
