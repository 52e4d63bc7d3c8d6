// Writes a step's result as a matrix to choose an entry from, and the sum that makes up the chosen entry.

import { element } from "../../live/kit/elements.js";
import { matrixNode } from "./cells.js";
import { EQUALS, PLUS, lineNode, mathNode, mathOf } from "./mathml.js";
import { entryKey, placeOf } from "./order.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").Sum} Sum */

/**
 * Whether an entry comes after the chosen one, where one goes from entry to entry. What is not gone through, such as
 * another sample's entries, comes last; and once such an entry is chosen, nothing is kept back.
 * @param {Entry[]} order
 * @param {Entry} chosen
 * @param {Entry} entry
 */
export function isLater(order, chosen, entry) {
  const at = placeOf(order, chosen), place = placeOf(order, entry);
  return at >= 0 && (place < 0 ? at < order.length - 1 : place > at);
}

/**
 * Whether no entry is kept back: one goes layer by layer, or has come to the last neuron.
 * @param {Pick<Shown, "content" | "header" | "entry">} state
 */
export function isDone({ content: { result: { walk } }, header, entry }) {
  const at = placeOf(walk, entry);
  return header.by !== "neuron" || at < 0 || at === walk.length - 1;
}

/**
 * The result; going by neuron it shows the entries up to the chosen one.
 * @param {Shown} state
 * @param {(entry: Entry) => void} choose
 */
export function resultNode({ content, header, entry, colors }, choose) {
  const { result } = content, chosenKey = entryKey(entry);
  /** The engine's entry at a place of the shown matrix. @param {number} i @param {number} j @returns {Entry} */
  const entryAt = (i, j) => (result.turned ? [j, i] : [i, j]);
  /** @param {number} i @param {number} j */
  const look = (i, j) => {
    const own = entryAt(i, j), key = entryKey(own), chosen = key === chosenKey;
    const hidden = header.by === "neuron" && isLater(result.walk, entry, own);
    const className = chosen ? "chosen" : hidden ? "later" : "";
    return { className, hidden, attributes: { "data-entry": key, "aria-pressed": chosen } };
  };
  const matrix = matrixNode(colors, result, { label: "result", look, choose: (i, j) => choose(entryAt(i, j)) });
  const brackets = element("span", { "class": "brackets tone-0", "data-term": content.key }, matrix);
  return element("div", { class: "eqn" }, mathNode("span", mathOf(result.symbol)), brackets);
}

/** Whether one line says it all: a single number, not a product. @param {Sum} sum */
export function fitsOneLine({ symbols, numbers }) {
  return symbols.length === 1 && numbers.length === 1 && !symbols[0].includes("<mo>·</mo>");
}

/** @param {Shown} state */
export function entryNode({ sums, entry }) {
  const sum = sums[entryKey(entry)];
  if (!sum) return element("div", { class: "entry wait" }, "…");
  const more = sum.more ? [`${PLUS}<mtext>… ${sum.more} more</mtext>`] : [];
  const symbols = [sum.left + EQUALS, ...sum.symbols, ...more];
  const value = `${EQUALS}<mn class="outcome">${sum.value}</mn>`;
  const activation = activationNodes(sum);
  if (fitsOneLine(sum)) return element("div", { class: "entry" }, lineNode([...symbols, value]), ...activation);
  const [first, ...others] = [...sum.numbers, ...more];
  const numbers = lineNode([EQUALS + first, ...others, value]);
  return element("div", { class: "entry" }, lineNode(symbols, "symbols"), numbers, ...activation);
}

/** The function that is applied at an entry: its formula, and below it the same with numbers. @param {Sum} sum */
function activationNodes({ activation }) {
  if (!activation) return [];
  const { symbols, numbers } = activation;
  return [lineNode(symbols, "activation symbols"), ...(numbers.length ? [lineNode(numbers, "activation")] : [])];
}
