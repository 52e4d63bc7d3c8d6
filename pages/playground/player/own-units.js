// Reads first-layer weights and biases in the data's own units, where the network sees columns standardised.

/** @typedef {import("./sums.js").Summands} Summands */
/** @typedef {import("./types.js").ParameterFocus} ParameterFocus */
/** @typedef {import("./types.js").Scales} Scales */
/** @typedef {Pick<import("./types.js").Shown, "net" | "frame" | "header">} Read */

/**
 * The same sum in the units of the columns: w / σ times x, and b − Σ w μ / σ.
 * @param {Summands} summands
 * @param {Scales} scales of the inputs
 * @returns {Summands}
 */
export function ownSummands({ weights, bias, values }, { mean, deviation }) {
  const own = weights.map((weight, i) => weight / deviation[i]);
  return {
    weights: own,
    bias: own.reduce((sum, weight, i) => sum - weight * mean[i], bias ?? 0),
    values: values.map((value, i) => mean[i] + deviation[i] * value),
  };
}

/**
 * A first-layer weight or bias in the data's own units; null for any other, or where they aren't asked for.
 * @param {Read} state
 * @param {ParameterFocus} focus
 */
export function ownValue({ net, frame: { theta }, header: { own_scales: scales } }, { kind, l, i, j }) {
  if (!scales || l > 0) return null;
  const { mean, deviation } = scales;
  if (kind !== "bias") return theta[net.weightAt(l, i, j)] / deviation[i];
  return mean.reduce((sum, mu, d) => sum - (theta[net.weightAt(l, d, j)] * mu) / deviation[d], theta[net.biasAt(l, j)]);
}

/**
 * What that value is per, named after the column.
 * @param {Pick<Read, "net">} state
 * @param {ParameterFocus} focus
 */
export const ownUnit = ({ net }, { kind, i }) =>
  (kind === "bias" ? "where all columns are 0" : `per 1 of ${net.inputs[i].label}`);
