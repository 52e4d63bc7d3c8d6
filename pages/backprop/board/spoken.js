// What the board tells those who hear the page: the shown step, with its result in short.

import { entryKey } from "./order.js";
import { titleText } from "./panel.js";
import { isDone } from "./result.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").Shown} Shown */

const FEW = 4; // numbers of a result that are all said

/** An entry as the page counts them, from 1. @param {Entry} entry */
const placeSaid = ([i, j]) => `${i + 1}, ${j + 1}`;

/**
 * The result, or of a large one, or one that is not gone through yet, the chosen entry.
 * @param {Pick<Shown, "content" | "header" | "entry" | "sums">} state
 */
export function resultSaid(state) {
  const { content: { result: { texts, shape: [rows, columns], more, turned } }, entry, sums } = state;
  if (rows * columns <= FEW && isDone(state) && !more.some(Boolean)) return `Result: ${texts.flat().join("; ")}`;
  const [i, j] = turned ? [entry[1], entry[0]] : entry, value = texts[i]?.[j] ?? sums[entryKey(entry)]?.value;
  const size = `Result of ${rows} × ${columns} numbers`;
  return value === undefined ? size : `${size}, at ${placeSaid([i, j])}: ${value}`;
}

/** The chosen entry is told where it is not the first. @param {Shown} state */
export function stepSaid(state) {
  const { header, at, entry: [i, j], content: { result } } = state, one = result.shape[0] * result.shape[1] === 1;
  const said = `${titleText(header, at)}. ${resultSaid(state)}.`;
  if (one || !(i || j) || said.includes(", at ")) return said;
  const [row, column] = result.turned ? [j, i] : [i, j];
  return `${said} Chosen is ${placeSaid([row, column])}: ${result.texts[row][column]}.`;
}

/** What the diagram shows, in one sentence. @param {number[][][]} weights @param {string} title of the step */
export function diagramLabel(weights, title) {
  const sizes = [weights[0].length, ...weights.map((W) => W[0].length)];
  return `The network with ${sizes.join(", ")} neurons in its layers; what this step works on is lit: ${title}.`;
}
