// Leads the keyboard through the links and the bias of a neuron.

/** @typedef {import("./types.js").NeuronFocus} NeuronFocus */
/** @typedef {import("./types.js").ParameterFocus} ParameterFocus */
/** @typedef {{ dims: number[], hasBias: boolean }} Fans */
/** @typedef {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">} Stroke */
/** @typedef {"begin" | "edit" | "end" | "link" | "neuron"} WalkAction */

/**
 * The link from i to a neuron; after the last link comes its bias.
 * @param {Fans} net
 * @param {Pick<NeuronFocus, "l" | "j">} neuron
 * @param {number} i
 * @returns {ParameterFocus}
 */
export const parameterInto = ({ dims }, { l, j }, i) => ({ kind: i === dims[l] ? "bias" : "link", l, i, j });

/**
 * The link or bias after another one of the same neuron; the ends meet.
 * @param {Fans} net
 * @param {ParameterFocus} walk
 * @param {1 | -1} by
 */
export function parameterBeside(net, walk, by) {
  const count = net.dims[walk.l] + (net.hasBias ? 1 : 0);
  return parameterInto(net, walk, (walk.i + by + count) % count);
}

/** The direction of an arrow key that goes up or down, or null. @param {string} key @returns {1 | -1 | null} */
export const arrowStep = (key) => (key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : null);

/**
 * What a key does while a neuron has the keyboard: Enter begins the walk through its links and edits the one that is
 * reached, Escape ends the walk, arrows go to the next link, or without a walk to the next neuron.
 * @param {Stroke} stroke
 * @param {boolean} walking
 * @returns {WalkAction | null}
 */
export function walkAction({ key, ctrlKey, metaKey, altKey }, walking) {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === "Enter") return walking ? "edit" : "begin";
  if (key === "Escape") return walking ? "end" : null;
  return arrowStep(key) && (walking ? "link" : "neuron");
}
