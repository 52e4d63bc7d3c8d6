// Puts a run of a cell on the tab's shelf, where the playground compares what is kept.

import { MOST_KEPT, readShelf, withKept, writeShelf } from "../../live/kit/kept-runs.js";

/** @typedef {import("../../live/kit/storage.js").Store} Store */
/** @typedef {import("./types.js").ReadyRun} ReadyRun */

/**
 * @param {Store} store
 * @param {ReadyRun} ready
 * @param {string} id of a place on the shelf
 * @returns {string} what is said of it
 */
export function putOnShelf(store, { run, said = "", refusal = "" }, id) {
  if (!run) return refusal;
  const { shelf, refusal: full } = withKept(readShelf(store), { ...run, id });
  if (full) return full;
  writeShelf(store, shelf);
  const kept = shelf.some((one) => one.id === id) ? "Kept" : "It was kept already";
  return `${kept}: ${said}. The playground’s Compare has ${shelf.length} of at most ${MOST_KEPT} runs.`;
}
