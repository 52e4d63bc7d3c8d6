// Brings the run back after a reload, or when another server answers: keeps it in the tab, and hands it over.

import { epochText } from "../../live/kit/format.js";
import { keptRun } from "./record.js";

/** @typedef {import("../../live/kit/requests.js").Request} Request */
/** @typedef {import("../../live/kit/storage.js").Store} Store */
/** @typedef {import("./record.js").KeptRun} KeptRun */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").State} State */

/** @typedef {{ session: string, run: number, shown: number, playing: boolean }} Left what a view showed at last */
/** @typedef {{ frame: number, plays: boolean }} Destination where a run that has come goes on to by itself */
/** @typedef {{ hash: string, forgetHash: () => void }} Address */
/** @typedef {ReturnType<typeof makeRecovery>} Recovery */

const KEEP_EVERY = 4000; // ms
const RUN = "run", LEFT = "left";

/** @type {Address} */
export const pageAddress = {
  get hash() { return location.hash; },
  forgetHash() { history.replaceState(history.state, "", location.pathname + location.search); },
};

/**
 * @param {State} state
 * @param {Pick<import("../../live/kit/requests.js").Requests, "beginAgain" | "wish">} requests
 * @param {Store} store
 * @param {Address} address
 * @param {Pick<import("./long-table.js").LongTable, "bring" | "take" | "follow">} table of the run, where it is long
 */
export function makeRecovery(state, requests, store, address, table) {
  let met = ""; // the session that this view has had to do with
  let keptAt = 0;
  let isHandedOver = false; // what the tab has kept; until the session says whether it goes on with it, it stays kept
  /** @type {Destination | null} */
  let destination = null;

  /** What was shown at last: by this view, if another session answers now, or by one before a reload. */
  function lastShown() {
    if (state.header) return { shown: state.seek ?? state.shown, playing: state.playing };
    /** @type {Left | null} */
    const left = store.read(LEFT), record = store.read(RUN);
    return left && left.session === record?.session && left.run === record.run ? { ...left, playing: false } : null;
  }

  /** @param {Pick<Header, "session">} header @returns {Request & { record?: KeptRun } | null} */
  function offerTo({ session }) {
    if (address.hash.includes("=")) {
      const link = address.hash;
      address.forgetHash();
      return { kind: "open", link };
    }
    /** @type {KeptRun | null} */
    const record = store.read(RUN);
    return record && record.session !== session ? { kind: "restore", record } : null;
  }

  return {
    /**
     * Whether what comes from another session than before must wait, because the session is first to hear what
     * this tab has kept.
     * @param {Pick<Header, "session" | "run">} header
     */
    holdsBack(header) {
      if (header.session === met) return false;
      met = header.session;
      const last = lastShown(), request = offerTo(header);
      if (request?.record) table.bring(request.record, (record) => requests.beginAgain({ ...request, record }));
      else if (request || state.header) requests.beginAgain(request);
      destination = null;
      isHandedOver = request?.kind === "restore";
      if (request?.kind === "restore" && last) destination = { frame: last.shown, plays: last.playing };
      if (request) return true;
      /** @type {Left | null} */
      const left = store.read(LEFT);
      if (left && left.session === met && left.run === header.run) {
        destination = { frame: left.shown, plays: left.playing };
      }
      return false;
    },

    /**
     * Where a run that has just come goes on to.
     * @param {Header} header
     * @returns {Destination}
     */
    destinationOf({ restored, goal, plays }) {
      const wanted = restored === false ? null : destination;
      destination = null;
      return wanted || { frame: goal, plays };
    },

    /**
     * Takes note of what a payload tells of the run.
     * @param {Header} header
     * @param {string} [kind] of the request that it answers
     */
    take(header, kind) {
      if (kind === "restore") {
        isHandedOver = false;
        if (header.restored === false) state.offer = store.read(RUN);
      }
      table.take(header);
      if (isHandedOver || !header.kept || (state.offer && header.kept.frame === 0)) return;
      store.write(RUN, keptRun(header, header.kept, state.history));
      keptAt = performance.now();
      table.follow(header.kept);
    },

    /** Asks now and then, while the run plays, for what is to be kept. @param {number} now in ms */
    tick(now) {
      if (!state.playing || now - keptAt < KEEP_EVERY) return;
      keptAt = now;
      requests.wish({ kind: "keep" });
    },

    /** Notes what is shown, before the view goes. */
    leave() {
      if (!state.header) return;
      const { header: { session, run }, shown, seek, playing } = state;
      store.write(LEFT, { session, run, shown: seek ?? shown, playing });
    },

    /** Goes back to the run that the tab had kept when another address was opened. */
    takeBack() {
      if (!state.offer) return;
      table.bring(state.offer, (record) => requests.wish({ kind: "restore", record, anyway: true }));
      state.offer = null;
    },
  };
}

/** What is said of a run that can be gone back to, or "". @param {Pick<State, "offer" | "shown" | "playing">} state */
export function offerText({ offer, shown, playing }) {
  return offer && shown === 0 && !playing ? `This tab's last run, at epoch ${epochText(offer.epoch)}, is kept.` : "";
}
