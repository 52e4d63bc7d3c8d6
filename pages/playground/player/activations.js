// Finds how the activation of a layer is called.

/** @typedef {import("./types.js").Header} Header */

/**
 * The labels of a layer's activation; one that can't be chosen, such as softmax, is called by its name.
 * @param {Pick<Header, "activations" | "layers">} header
 * @param {number} l
 * @returns {{ label: string, short: string }}
 */
export function activationOf({ activations, layers }, l) {
  const name = layers[l].activation;
  return activations.find((activation) => activation.name === name) || { label: name, short: name };
}
