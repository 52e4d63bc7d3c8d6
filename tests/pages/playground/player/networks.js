// Networks as a header describes them, for the tests.

import { networkShape } from "../../../../pages/playground/player/shape.js";

/**
 * A network with an input for each number of `on`, hidden layers of these widths, and its outputs.
 * @param {number[]} on rows of the features that are inputs
 * @param {number[]} hidden
 * @param {number} outputs
 * @param {{ features?: number, bias?: boolean }} [options]
 */
export function makeNetwork(on, hidden, outputs, { features = 4, bias = true } = {}) {
  const inputs = Array.from({ length: features }, (_, row) => {
    return { name: "f" + row, label: "f" + row, short: "f" + row, on: on.includes(row) };
  });
  let at = 0;
  const layers = [...hidden, outputs].map((width, l, widths) => {
    const W = at, b = W + (l ? widths[l - 1] : on.length) * width;
    at = bias ? b + width : b;
    const activation = l === hidden.length && outputs > 1 ? "softmax" : "tanh";
    return { width, activation, table: activation === "softmax" ? null : 0, W, b: bias ? b : null };
  });
  return networkShape({ inputs, layers });
}
