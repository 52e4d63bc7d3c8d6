// What a tab keeps of its run, as the server reads it when the run is to go on.

/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").History} History */
/** @typedef {NonNullable<Header["kept"]>} Kept what the server tells of one frame */

/**
 * A run at one frame.
 * @typedef {object} Place
 * @property {string} session
 * @property {number} run
 * @property {{ point: number[], target: number }} probe
 * @property {{ across: number, up: number, components: boolean }} plane
 * @property {import("./inside-state.js").Opened} inside
 * @property {{ every: number, train: string, test: string }} curve
 */

/** @typedef {Kept & Place} KeptRun
 */

const MOST_LOSSES = 20_000; // of one curve; of a longer one every second is kept, or every fourth, …
const CHUNK = 8192; // bytes that are made to text at once

/**
 * Numbers as base64 of float64, little-endian.
 * @param {ArrayLike<number>} numbers
 * @param {number} count how many there are
 * @param {number} every which of them: 0, every, 2 · every, …
 */
export function packNumbers(numbers, count, every) {
  const size = Math.ceil(count / every), view = new DataView(new ArrayBuffer(8 * size));
  for (let k = 0; k < size; k++) view.setFloat64(8 * k, numbers[k * every], true);
  const bytes = new Uint8Array(view.buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

/** The distance of the losses that are kept. @param {number} frames @param {number} [most] of one curve */
export const lossDistance = (frames, most = MOST_LOSSES) => Math.max(1, 2 ** Math.ceil(Math.log2(frames / most)));

/**
 * @param {Pick<Header, "session" | "run" | "probe" | "plane" | "inside">} header
 * @param {Kept} kept
 * @param {Pick<History, "train_loss" | "test_loss">} history
 * @param {number} [most] losses of one curve
 * @returns {KeptRun}
 */
export function keptRun(header, kept, { train_loss: train, test_loss: test }, most) {
  const { session, run, probe: { point, target }, inside: { view, layer, batch } } = header;
  const { across, up, components } = header.plane, plane = { across, up, components: components !== null };
  const every = lossDistance(kept.frame, most);
  const curve = { every, train: packNumbers(train, kept.frame, every), test: packNumbers(test, kept.frame, every) };
  return { ...kept, session, run, probe: { point, target }, plane, inside: { view, layer, batch }, curve };
}
