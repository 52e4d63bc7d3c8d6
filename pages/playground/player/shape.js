// The network as a header describes it: its inputs and layers, and where each weight and bias lies in theta.

/** @typedef {import("./types.js").Feature & { row: number }} Input row: its place among all features */
/** @typedef {import("./types.js").Layer & { fanIn: number, tile: number }} ShapedLayer tile: of its first neuron */
/** @typedef {ReturnType<typeof networkShape>} Network */

/**
 * @param {Pick<import("./types.js").Header, "inputs" | "layers"> & { 
 *   dataset?: { labels: string[], picture?: [height: number, width: number] | null } }} header
 */
export function networkShape({ inputs: features, layers: described, dataset }) {
  const inputs = features.map((feature, row) => ({ ...feature, row })).filter((feature) => feature.on);
  const dims = [inputs.length, ...described.map((layer) => layer.width)];
  let tiles = 0; // of all neurons, one layer after the other
  /** @type {ShapedLayer[]} */
  const layers = described.map((layer, l) => {
    tiles += layer.width;
    return { ...layer, fanIn: dims[l], tile: tiles - layer.width };
  });
  const last = layers.length - 1, output = layers[last];
  return {
    inputs,
    dims,
    layers,
    last, // the output layer
    outputs: output.width,
    outputNames: Array.from({ length: output.width }, (_, k) => // of several, each is that of a class
      (output.width > 1 && dataset ? `class ${dataset.labels[k]}` : `neuron ${k + 1}`)),
    tiles,
    picture: dataset?.picture ?? null, // the height and width of the inputs, if they are one
    hasBias: output.b !== null,
    softmax: output.width > 1 && output.activation === "softmax",

    /** W[l][i][j] in theta, where a matrix lies row by row. @param {number} l @param {number} i @param {number} j */
    weightAt: (l, i, j) => layers[l].W + i * layers[l].width + j,

    /** b[l][j] in theta. @param {number} l @param {number} j */
    biasAt: (l, j) => (layers[l].b ?? NaN) + j,

    /** @param {{ l: number, i: number, j: number }} place i is the fan-in for a bias @returns {number} */
    parameterAt({ l, i, j }) {
      return i < layers[l].fanIn ? this.weightAt(l, i, j) : this.biasAt(l, j);
    },
  };
}
