// The curves of kept runs, which lie pale under the player's own.

/** @typedef {import("../../live/kit/kept-runs.js").Kept} Kept */
/** @typedef {Pick<Kept, "card" | "epochs"> & { record: Pick<Kept["record"], "curve"> }} WithCurve */

/**
 * A kept run's curve.
 * @typedef {object} KeptLosses
 * @property {string} loss which one
 * @property {Float64Array} epochs
 * @property {Float64Array} losses of the test data, or of the training data where nothing was tested
 */

/**
 * The numbers that packNumbers has packed.
 * @param {string} text
 */
export function unpackNumbers(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)), view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length >> 3 }, (_, k) => view.getFloat64(8 * k, true));
}

/**
 * @param {WithCurve} kept
 * @returns {KeptLosses}
 */
export function lossesOf({ card, epochs, record: { curve } }) {
  const tested = card.test_loss !== null, last = (tested ? card.test_loss : card.train_loss) ?? NaN;
  const before = unpackNumbers(tested ? curve.test : curve.train);
  return {
    loss: card.loss,
    epochs: Float64Array.of(...unpackNumbers(epochs), card.epoch),
    losses: Float64Array.of(...before, last),
  };
}

/**
 * Those that can be compared: losses of another kind are other numbers.
 * @param {KeptLosses[]} kept
 * @param {string} loss
 */
export const keptWithLoss = (kept, loss) => kept.filter((one) => one.loss === loss);
