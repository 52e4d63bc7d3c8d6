// Keeps runs on the tab's shelf: the shown one when that is asked for, and one that a change would throw away.

import { readShelf, withKept, writeShelf } from "../../live/kit/kept-runs.js";
import { lossesOf } from "./kept-losses.js";
import { keptRun, packNumbers } from "./record.js";

/** @typedef {import("../../live/kit/kept-runs.js").Card} Card */
/** @typedef {import("../../live/kit/kept-runs.js").Kept} Kept */
/** @typedef {import("../../live/kit/storage.js").Store} Store */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").State} State */
/** @typedef {ReturnType<typeof makeKeeping>} Keeping */

const PICTURE = 96; // px along a side of a kept run's map
const MOST_KEPT_LOSSES = 2000; // of one curve
const QUALITY = 0.85;

/** The map as it is on the screen, small. @param {HTMLCanvasElement} plot */
function pictureOf(plot) {
  const small = document.createElement("canvas"), ctx = small.getContext("2d");
  small.width = small.height = PICTURE;
  if (!ctx || !plot.width) return "";
  ctx.drawImage(plot, 0, 0, PICTURE, PICTURE);
  return small.toDataURL("image/jpeg", QUALITY);
}

/**
 * @param {State} state
 * @param {Pick<import("../../live/kit/requests.js").Requests, "wish">} requests
 * @param {Store} store
 * @param {HTMLCanvasElement} plot the map
 * @param {(message: string) => void} say
 */
export function makeKeeping(state, requests, store, plot, say) {
  /** Takes up what lies on the shelf. */
  function look() {
    Object.assign(state, { keptRuns: readShelf(store).map(lossesOf), dirty: true });
  }

  /**
   * @param {Header} header of the run
   * @param {NonNullable<Header["kept"]>} kept
   * @param {Card} card
   * @param {boolean} byHand
   */
  function put(header, kept, card, byHand) {
    const record = keptRun(header, kept, state.history, MOST_KEPT_LOSSES);
    const epochs = packNumbers(state.history.epoch, kept.frame, record.curve.every);
    const id = Math.random().toString(36).slice(2), picture = pictureOf(plot);
    const one = { id, byHand, picture, card, epochs, record };
    const { shelf, refusal } = withKept(readShelf(store), one);
    writeShelf(store, shelf);
    look();
    return refusal;
  }

  look();
  return {
    /** Asks for what is to be kept of the shown frame. */
    press() { requests.wish({ kind: "keep-run" }); },

    /** @param {Header} header the answer */
    take(header) {
      if (header.working !== null) requests.wish({ kind: "keep-run" });
      if (!header.card || !header.kept) return;
      const refusal = put(header, header.kept, header.card, true), count = state.keptRuns.length;
      say(refusal || `Kept: ${header.card.name}, at epoch ${header.card.epoch}. ${count} on the shelf.`);
    },

    /**
     * Keeps the run that was shown, before another one takes its place.
     * @param {Header | null} old
     * @param {Header} header
     */
    leave(old, { session, left }) {
      if (left && old && old.session === session && old.run === left.run) put(old, left.kept, left.card, false);
    },
  };
}
