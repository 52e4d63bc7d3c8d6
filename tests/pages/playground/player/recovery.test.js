// What a tab keeps of its run, and what it does when another session answers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf } from "../../../../pages/playground/player/link.js";
import { makeLongTable } from "../../../../pages/playground/player/long-table.js";
import { asksForChange } from "../../../../pages/playground/player/presses.js";
import { keptRun, lossDistance, packNumbers } from "../../../../pages/playground/player/record.js";
import { makeRecovery, offerText } from "../../../../pages/playground/player/recovery.js";
import { makeState } from "../../../../pages/playground/player/state.js";
import { headerWith, makeRecorder, shownWith } from "./made.js";

/** @typedef {import("../../../../pages/playground/player/types.js").Header} Header */

const KEPT = { frame: 7, epoch: 7, link: "lr=0.1", checkpoint: "{}", clipped: 0 };

/** A store in memory. @param {Record<string, unknown>} [values] */
function storeWith(values = {}) {
  /** @type {Record<string, any>} */
  const all = { ...values };
  return {
    all,
    /** @param {string} name */
    read: (name) => all[name] ?? null,
    /** @param {string} name @param {unknown} value */
    write(name, value) { all[name] = value; },
  };
}

/**
 * A database in memory, of which the page knows nothing before it has read.
 * @param {Record<string, string | null>} [texts]
 */
function textsWith(texts = {}) {
  /** @type {Record<string, string | null>} */
  const met = {};
  return {
    texts,
    /** @param {string} name */
    at: (name) => met[name] ?? null,
    /** @param {string} name */
    async read(name) { return (met[name] = texts[name] ?? null); },
    /** @param {string} name @param {string | null} text */
    async write(name, text) { met[name] = texts[name] = text; },
    /** @param {string} name */
    knows: (name) => name in met,
    forget() { for (const name of Object.keys(texts)) delete texts[name]; },
  };
}

/**
 * A view's recovery, with what is sent and what the tab has.
 * @param {{ values?: Record<string, unknown>, hash?: string, state?: ReturnType<typeof makeState>,
 *   texts?: ReturnType<typeof textsWith> }} [given]
 */
function meeting({ values = {}, hash = "", state = makeState([]), texts = textsWith() } = {}) {
  const requests = makeRecorder(), store = storeWith(values);
  const address = { hash, forgetHash() { this.hash = ""; } };
  const recovery = makeRecovery(state, requests, store, address, makeLongTable(requests, texts));
  return { state, requests, store, address, recovery };
}

/** @param {number[]} numbers */
const bytesOf = (numbers) => Buffer.from(new Float64Array(numbers).buffer).toString("base64");

test("losses are packed to the bit, every k-th of them", () => {
  const losses = [0.1, NaN, -0, 1e-300, Infinity, 2];
  assert.equal(packNumbers(losses, 6, 1), bytesOf(losses));
  assert.equal(packNumbers(losses, 5, 2), bytesOf([0.1, -0, Infinity]));
  assert.equal(packNumbers(losses, 0, 1), "");
  const many = Array.from({ length: 5000 }, (_, k) => 1 / k);
  assert.equal(packNumbers(many, 5000, 1), bytesOf(many));
});

test("of a long curve so many losses are left out that at most 20,000 are kept", () => {
  const distances = [0, 1, 20_000, 20_001, 40_000, 1_000_000].map((frames) => lossDistance(frames));
  assert.deepEqual(distances, [1, 1, 1, 2, 2, 64]);
  assert.equal(lossDistance(2001, 2000), 2);
});

test("a record has what the server told, session, probe, plane, view, and the losses before it", () => {
  const losses = Float64Array.from({ length: 20 }, (_, k) => k / 8);
  const { probe, plane, inside } = headerWith();
  const opened = { ...inside, view: "norms", layer: 2 };
  const of = { session: "a", run: 3, probe, plane: { ...plane, up: 2 }, inside: opened };
  const record = keptRun(of, KEPT, { train_loss: losses, test_loss: losses });
  assert.deepEqual(record.curve, { every: 1, train: bytesOf([...losses.slice(0, 7)]), test: record.curve.train });
  assert.deepEqual([record.session, record.run, record.link, record.frame], ["a", 3, "lr=0.1", 7]);
  assert.deepEqual(record.probe, { point: [1, -2], target: 0 });
  assert.deepEqual(record.plane, { across: 0, up: 2, components: false });
  assert.deepEqual(record.inside, { view: "norms", layer: 2, batch: false });
});

test("a first visit holds nothing back", () => {
  const { recovery, requests } = meeting();
  assert.equal(recovery.holdsBack(headerWith()), false);
  assert.deepEqual(requests.sent, []);
  assert.deepEqual(recovery.destinationOf(headerWith({ goal: 5, plays: true })), { frame: 5, plays: true });
});

test("after a reload the kept run is handed over first, and goes on to the frame that was shown, paused", () => {
  const run = { session: "old", run: 2, frame: 7 }, left = { session: "old", run: 2, shown: 9, playing: true };
  const { recovery, requests } = meeting({ values: { run, left } });
  assert.equal(recovery.holdsBack(headerWith()), true);
  assert.deepEqual(requests.sent, [{ kind: "restore", record: run }]);
  assert.equal(recovery.holdsBack(headerWith()), false);
  assert.deepEqual(recovery.destinationOf(headerWith({ restored: true })), { frame: 9, plays: false });
});

test("what was shown of another run than the kept one says nothing of it", () => {
  const run = { session: "old", run: 2, frame: 7 }, left = { session: "old", run: 1, shown: 9, playing: true };
  const { recovery } = meeting({ values: { run, left } });
  recovery.holdsBack(headerWith());
  assert.deepEqual(recovery.destinationOf(headerWith({ restored: true })), { frame: 0, plays: false });
});

test("when another server answers, a playing view plays on from the frame that it showed", () => {
  const run = { session: "here", run: 1, frame: 7 }, state = shownWith({}, { shown: 12, playing: true });
  const { recovery, requests } = meeting({ values: { run }, state });
  recovery.holdsBack(headerWith());
  assert.equal(recovery.holdsBack(headerWith({ session: "new" })), true);
  assert.deepEqual(requests.sent.map(({ kind }) => kind), ["restore"]);
  assert.deepEqual(recovery.destinationOf(headerWith({ restored: true })), { frame: 12, plays: true });
});

test("a view that comes back to its session shows the frame that it left, and plays if it played", () => {
  const left = { session: "here", run: 1, shown: 25, playing: true };
  const { recovery } = meeting({ values: { left, run: { session: "here", run: 1 } } });
  assert.equal(recovery.holdsBack(headerWith()), false);
  assert.deepEqual(recovery.destinationOf(headerWith({ first: 16 })), { frame: 25, plays: true });
  const other = meeting({ values: { left } });
  other.recovery.holdsBack(headerWith({ run: 2 }));
  assert.deepEqual(other.recovery.destinationOf(headerWith()), { frame: 0, plays: false });
});

test("a link behind a # is opened before anything that was kept, and once", () => {
  const given = { hash: "#dataset=xor", values: { run: { session: "old", run: 1 } } };
  const { recovery, requests, address } = meeting(given);
  assert.equal(recovery.holdsBack(headerWith()), true);
  assert.deepEqual(requests.sent, [{ kind: "open", link: "#dataset=xor" }]);
  assert.equal(address.hash, "");
});

test("where another address was opened the kept run is offered, and an untrained one doesn't replace it", () => {
  const run = { session: "old", run: 2, frame: 7, epoch: 7 };
  const { recovery, requests, store, state } = meeting({ values: { run } });
  recovery.holdsBack(headerWith());
  recovery.take(headerWith({ restored: false, kept: { ...KEPT, frame: 0 } }), "restore");
  assert.equal(store.all.run, run);
  assert.match(offerText(state), /last run, at epoch 7, is kept/);
  assert.equal(offerText({ ...state, shown: 3 }), "");
  recovery.takeBack();
  assert.deepEqual(requests.sent.at(-1), { kind: "restore", record: run, anyway: true });
  assert.equal(state.offer, null);
});

test("until a session says whether it goes on with what the tab has kept, nothing replaces that", () => {
  const record = { session: "old", run: 1, ...KEPT };
  const { recovery, store } = meeting({ values: { run: record } });
  const first = headerWith({ session: "new", run: 1, kept: { ...KEPT, frame: 0 } });
  assert.ok(recovery.holdsBack(first));
  recovery.take(first); // held back for too long
  assert.equal(store.all.run, record);
  recovery.take(headerWith({ session: "new", run: 2, kept: { ...KEPT, frame: 9 }, restored: true }), "restore");
  assert.equal(store.all.run.frame, 9);
});

test("what the server tells of a run is kept; at frame 0 too, so that a reset run stays reset", () => {
  const { recovery, store } = meeting();
  recovery.take(headerWith({ kept: KEPT }));
  assert.equal(store.all.run.frame, 7);
  recovery.take(headerWith({ kept: { ...KEPT, frame: 0 } }));
  assert.equal(store.all.run.frame, 0);
  recovery.take(headerWith({ kept: null }));
  assert.equal(store.all.run.frame, 0);
});

test("while it plays, a view asks every four seconds for what is to be kept", () => {
  const { recovery, requests, state } = meeting();
  recovery.tick(5000);
  state.playing = true;
  for (const now of [6000, 7000, 9999, 10_001]) recovery.tick(now);
  assert.deepEqual(requests.sent.map(({ kind }) => kind), ["keep", "keep"]);
});

test("a view that goes leaves a note of what it showed, or was on its way to", () => {
  const { recovery, store, state } = meeting({ state: shownWith({}, { shown: 4, playing: true }) });
  recovery.leave();
  assert.deepEqual(store.all.left, { session: "here", run: 1, shown: 4, playing: true });
  state.seek = 30;
  recovery.leave();
  assert.equal(store.all.left.shown, 30);
});

test("a copied address has the link and what a teacher has set up, and nothing else of the old one", () => {
  const page = { origin: "http://a", pathname: "/x", search: "?data=xor&hide=more~seed&only=player&utm=1" };
  assert.equal(addressOf("lr=1&frame=7", page), "http://a/x?lr=1&frame=7&hide=more%7Eseed&only=player");
  assert.equal(addressOf("", { ...page, search: "" }), "http://a/x");
});

/** @param {string} tag @param {string | null} [action] */
const made = (tag, action = null) => ({
  /** @param {string} selector */
  matches: (selector) => selector.split(",").includes(tag),
  getAttribute: () => action,
});

test("a press on a control may ask for another run, except on Play, PNG and Link, and beside controls", () => {
  assert.equal(asksForChange([made("span"), made("button", "reset"), made("div")], null), true);
  assert.equal(asksForChange([made("svg"), made("button", "play")], null), false);
  assert.equal(asksForChange([made("canvas"), made("div")], null), false);
  assert.equal(asksForChange([made("input")], "Enter"), true);
  assert.equal(asksForChange([made("input")], "Tab"), false);
  assert.equal(asksForChange([made("body")], " "), false);
});

const LONG = { session: "old", run: 2, frame: 7, long_table: "f1" };

test("a long table is asked for once, and kept until the run has another", () => {
  const texts = textsWith(), { recovery, requests } = meeting({ texts });
  recovery.take(headerWith({ kept: { ...KEPT, long_table: "f1" } }));
  assert.deepEqual(requests.sent, [{ kind: "table" }]);
  recovery.take(headerWith({ table: ["f1", "{}"] }), "table");
  recovery.take(headerWith({ kept: { ...KEPT, long_table: "f1" } }));
  assert.equal(requests.sent.length, 1);
  assert.deepEqual(texts.texts, { f1: "{}" });
  recovery.take(headerWith({ kept: KEPT }));
  assert.deepEqual(texts.texts, {});
});

test("after a reload the kept run waits for its long table, and takes it along", async () => {
  const { recovery, requests } = meeting({ values: { run: LONG }, texts: textsWith({ f1: "{}" }) });
  assert.equal(recovery.holdsBack(headerWith()), true);
  assert.deepEqual(requests.sent, []);
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(requests.sent, [{ kind: "restore", record: { ...LONG, table: "{}" } }]);
});

test("where its long table is gone the kept run is handed over without", async () => {
  const { recovery, requests } = meeting({ values: { run: LONG } });
  recovery.holdsBack(headerWith());
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(requests.sent, [{ kind: "restore", record: LONG }]);
});
