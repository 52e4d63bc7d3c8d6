// The words of a weight's card: how a weight or bias is called, and what can be done with it.

/** @typedef {import("./types.js").Network} Network */
/** @typedef {import("./types.js").ParameterFocus} ParameterFocus */

/** @param {ParameterFocus} focus */
export const parameterKind = ({ kind }) => (kind === "bias" ? "Bias" : "Weight");

/** @param {ParameterFocus} focus */
export const parameterLetter = ({ kind }) => (kind === "bias" ? "b" : "w");

/**
 * What the step of a parameter is called: −η times its gradient where it is that and nothing else.
 * @param {{ optimizer: string, plain_step: boolean }} header
 * @param {ParameterFocus} focus
 * @param {boolean} frozen
 */
export function stepText({ optimizer, plain_step: plain }, focus, frozen) {
  if (frozen) return "Step";
  return plain ? `−η ∂L/∂${parameterLetter(focus)}` : `${optimizer} step`;
}

/**
 * The numbers below a weight's or bias's letter: 23 from the second to the third; with a comma where one may have two
 * digits.
 * @param {Pick<Network, "dims">} net
 * @param {ParameterFocus} focus
 */
export function parameterIndex({ dims }, { kind, l, i, j }) {
  if (kind === "bias") return String(j + 1);
  return `${i + 1}${dims[l] > 9 || dims[l + 1] > 9 ? "," : ""}${j + 1}`;
}

/**
 * A neuron in words.
 * @param {Pick<Network, "last" | "outputs" | "outputNames">} net
 * @param {number} l
 * @param {number} j
 * @param {boolean} small whether there is little room
 */
export function neuronName({ last, outputs, outputNames }, l, j, small) {
  if (l === last && outputs > 1) return `output, ${outputNames[j]}`;
  const layer = l === last ? "output" : (small ? "H " : "hidden ") + (l + 1);
  return `${layer}${small ? " no. " : ", neuron "}${j + 1}`;
}

/**
 * What can be done with a parameter that is looked at.
 * @param {{ playing: boolean, walk: ParameterFocus | null, header: { dataset: { train: number } } }} state
 * @param {boolean} known whether its gradient is
 */
export function parameterHint({ playing, walk, header: { dataset } }, known) {
  const gradient = known ? `Over all ${dataset.train} training points. ` : playing ? "Pause for the gradient. " : "";
  return gradient + (walk ? "↑ ↓ choose, Enter edits, Esc leaves." : "Click to edit.");
}
