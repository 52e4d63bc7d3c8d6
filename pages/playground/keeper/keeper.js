// Tells the server, on a page without the player, what this tab has kept of the playground's run.

import { isLeaving } from "../../live/kit/leaving.js";
import { tabStore } from "../../live/kit/storage.js";
import { makeTabTexts } from "../../live/kit/tab-texts.js";

/** @typedef {import("../../live/kit/storage.js").Store} Store */
/** @typedef {{ session: string, run: number, shown: number }} Present what the server knows */
/** @typedef {import("../player/recovery.js").Left & { told?: boolean }} Left */
/** @typedef {(name: string, value: unknown) => void} Trigger */

/**
 * Hands over the run of another session, or the frame that was shown at last in this one; each once. Once that is
 * told, another frame is one that was chosen on this page: the player goes on from there.
 * @param {Store} store
 * @param {Present} present
 * @param {Trigger} trigger
 */
export function tellKept(store, { session, run, shown }, trigger) {
  const record = store.read("run");
  /** @type {Left | null} */
  const left = store.read("left");
  if (record && record.session !== session) {
    const frame = left && left.session === record.session && left.run === record.run ? left.shown : record.frame;
    store.write("run", { ...record, session, run: run + 1 }); // a restored run is the session's next one
    store.write("left", { session, run: run + 1, shown: frame, playing: false });
    trigger("restore", record);
  } else if (left && left.session === session && left.run === run) {
    if (left.told && left.shown !== shown) store.write("left", { ...left, shown, playing: false });
    else if (!left.told) store.write("left", { ...left, told: true });
    if (!left.told && left.shown !== shown) trigger("left", { run, shown: left.shown });
  }
}

/**
 * A trigger that hands over a record with its table, where that was too long for it.
 * @param {Trigger} trigger
 * @param {Pick<import("../../live/kit/tab-texts.js").TabTexts, "read">} texts
 * @returns {Trigger}
 */
export const withLongTable = (trigger, texts) => async (name, value) => {
  const record = /** @type {{ table?: string, long_table?: string }} */ (value);
  const table = name === "restore" && record.long_table ? await texts.read(record.long_table) : null;
  trigger(name, table ? { ...record, table } : record);
};

/** @param {{ data: Present, setTriggerValue: Trigger }} message */
export function render({ data, setTriggerValue }) {
  if (isLeaving()) return; // the next page tells it, or has the player
  tellKept(tabStore, data, withLongTable(setTriggerValue, makeTabTexts()));
}
