// Passes points through a network: what each neuron computes there, as the engine's neuron_maps says.

import { activate } from "./lookup.js";

/** @typedef {import("./lookup.js").Lookup} Lookup */
/** @typedef {Pick<import("./types.js").Network, "dims" | "layers" | "hasBias" | "weightAt" | "biasAt">} Passed */

/**
 * Takes what a layer computes for some points.
 * @callback Keep
 * @param {number} l
 * @param {Float32Array} values the first neuron's for all points, from `stride` on the second's, …
 * @param {number} stride
 * @param {number} first which of all points is the first of these
 * @param {number} count how many they are
 */

const BLOCK = 256; // points that pass through all layers together: what they make stays near the processor

/**
 * Z = A·W + b for a block of points, neuron by neuron; four weights at a time, which takes half the time.
 * @param {Passed} net
 * @param {Float32Array} theta
 * @param {number} l
 * @param {Float32Array} A
 * @param {Float32Array} Z
 * @param {number} count
 */
function weigh(net, theta, l, A, Z, count) {
  const fanIn = net.dims[l], { width } = net.layers[l];
  for (let j = 0; j < width; j++) {
    const at = net.weightAt(l, 0, j), to = j * BLOCK;
    Z.fill(net.hasBias ? theta[net.biasAt(l, j)] : 0, to, to + count);
    let i = 0;
    for (; i + 4 <= fanIn; i += 4) {
      const w = at + i * width, w0 = theta[w], w1 = theta[w + width], w2 = theta[w + 2 * width];
      const w3 = theta[w + 3 * width], a0 = i * BLOCK, a1 = a0 + BLOCK, a2 = a1 + BLOCK, a3 = a2 + BLOCK;
      for (let m = 0; m < count; m++) {
        Z[to + m] += w0 * A[a0 + m] + w1 * A[a1 + m] + w2 * A[a2 + m] + w3 * A[a3 + m];
      }
    }
    for (; i < fanIn; i++) {
      const w = theta[at + i * width], a = i * BLOCK;
      for (let m = 0; m < count; m++) Z[to + m] += w * A[a + m];
    }
  }
}

/**
 * Replaces z by exp(z_k) / Σ_j exp(z_j) for a block of points; the largest z is taken from all, so that none is too
 * large for exp.
 * @param {Float32Array} Z
 * @param {number} width
 * @param {number} count
 */
function softmax(Z, width, count) {
  for (let m = 0; m < count; m++) {
    let most = Z[m], sum = 0;
    for (let j = 1; j < width; j++) most = Math.max(most, Z[j * BLOCK + m]);
    for (let j = 0; j < width; j++) sum += Z[j * BLOCK + m] = Math.exp(Z[j * BLOCK + m] - most);
    for (let j = 0; j < width; j++) Z[j * BLOCK + m] /= sum;
  }
}

/**
 * @param {Passed} net
 * @param {(Lookup | null)[]} lookups of each layer's activation; null for softmax, which looks at all neurons
 */
export function makeForward(net, lookups) {
  const widest = Math.max(...net.dims), memory = [0, 1].map(() => new Float32Array(widest * BLOCK));
  const bits = memory.map((values) => new Int32Array(values.buffer));

  /**
   * @param {Float32Array} theta
   * @param {Float32Array} inputs all points' first input, then their second, …
   * @param {Keep} keep
   */
  return (theta, inputs, keep) => {
    const fanIn = net.dims[0], points = inputs.length / fanIn;
    for (let first = 0; first < points; first += BLOCK) {
      const count = Math.min(BLOCK, points - first);
      for (let d = 0; d < fanIn; d++) {
        memory[0].set(inputs.subarray(d * points + first, d * points + first + count), d * BLOCK);
      }
      net.layers.forEach(({ width }, l) => {
        const Z = memory[(l + 1) % 2], lookup = lookups[l];
        weigh(net, theta, l, memory[l % 2], Z, count);
        if (!lookup) softmax(Z, width, count);
        else for (let j = 0; j < width; j++) activate(lookup, Z, bits[(l + 1) % 2], j * BLOCK, j * BLOCK + count);
        keep(l, Z, BLOCK, first, count);
      });
    }
  };
}
