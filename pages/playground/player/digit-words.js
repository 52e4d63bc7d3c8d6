// Says which class the network takes a picture for, and how sure it is.

import { isInked } from "./digit-state.js";

/** @typedef {import("./digit-state.js").Digit} Digit */
/** @typedef {import("./types.js").Shown} Shown */

/** "a" or "an" before a class's name; "" before one that is no number. @param {string} label */
export function articleOf(label) {
  if (!/^\d+$/.test(label)) return "";
  return label.startsWith("8") || label === "11" || label === "18" ? "an " : "a ";
}

/**
 * The likeliestOf class, or null where nothing is said.
 * @param {ArrayLike<number>} outputs
 */
export function likeliestOf(outputs) {
  let best = 0;
  for (let k = 0; k < outputs.length; k++) {
    if (Number.isNaN(outputs[k])) return null;
    if (outputs[k] > outputs[best]) best = k;
  }
  return outputs.length ? best : null;
}

/**
 * "It is a 3, 98.0 %", and whether that is so.
 * @param {Shown} state
 * @param {Digit} digit
 * @returns {{ said: string, judged: string, isRight: boolean | null }}
 */
export function verdictOf(state, digit) {
  const { net, header: { dataset: { labels, target } }, points } = state, outputs = digit.values[net.last];
  const best = isInked(digit) ? likeliestOf(outputs) : null;
  if (best === null) {
    const said = isInked(digit) ? "The outputs are not numbers." : `Draw a ${target}.`;
    return { said, judged: isInked(digit) ? "" : "with mouse, finger or keys", isRight: null };
  }
  const sure = net.softmax ? `, ${(100 * outputs[best]).toFixed(1)} %` : "";
  const said = `It is ${articleOf(labels[best])}${labels[best]}${sure}`;
  if (digit.way === "yours") return { said, judged: "no label to compare with", isRight: null };
  const truth = points[3 * digit.n + 2], isRight = truth === best;
  return { said, judged: `${isRight ? "✓ right" : "✗ wrong"}, the label says ${labels[truth]}`, isRight };
}
