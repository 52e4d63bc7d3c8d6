// What a payload does to what is shown.

import { test } from "node:test";
import assert from "node:assert/strict";

import { arrivalOf, noteRate, takePayload, wholeHeader } from "../../../../pages/playground/player/arrivals.js";
import { makeEdits } from "../../../../pages/playground/player/edits.js";
import { makeFocus } from "../../../../pages/playground/player/focus.js";
import { makeFrames } from "../../../../pages/playground/player/frames.js";
import { makeKeeping } from "../../../../pages/playground/player/keeping.js";
import { makePlayback } from "../../../../pages/playground/player/playback.js";
import { makeRecovery } from "../../../../pages/playground/player/recovery.js";
import { makeState } from "../../../../pages/playground/player/state.js";
import { frameWith, ground, headerWith, makeRecorder, noInside, noMoves } from "./made.js";

/** @typedef {import("../../../../pages/live/kit/requests.js").Request} Request */
/** @typedef {import("../../../../pages/playground/player/types.js").Header} Header */
/** @typedef {import("../../../../pages/playground/player/types.js").Blocks} Blocks */

/** A tab in which nothing can be kept. */
const nowhere = { read: () => null, write() {} };

/** A player that has taken up a run at frame 0, with what it was told to do. */
function receiving() {
  const state = makeState(["circle"]), requests = makeRecorder(), frames = makeFrames(state, () => 0);
  /** @type {string[]} */
  const told = [];
  const receivers = {
    state, requests, frames,
    playback: makePlayback(state, frames, requests),
    focus: makeFocus(state, requests, () => {}),
    edits: makeEdits(state, requests),
    recovery: makeRecovery(state, requests, nowhere, { hash: "", forgetHash() {} },
      { bring() {}, take() {}, follow() {} }),
    linked() {},
    keeping: makeKeeping(state, requests, nowhere, /** @type {any} */ (null), () => {}),
    moves: noMoves(),
    inside: noInside(),
    rewritten: () => told.push("rewritten"),
    begin: () => told.push("begin"),
    describe: () => told.push("describe"),
  };
  /** @param {Partial<Header>} header @param {number[]} numbers @param {Blocks} [blocks] @param {Request} [answered] */
  function take(header, numbers, blocks = {}, answered) {
    requests.answered = () => answered || null;
    const whole = headerWith(header), sent = { ...whole, described: whole };
    takePayload(receivers, { header: sent, blocks, frames: numbers.map((n) => frameWith(n)) });
  }
  const points = new Float32Array([1, 2, 0]);
  take({}, [0], { points, beyond: new Float32Array(0), inputs: new Uint8Array(4), ...ground });
  return { state, requests, told, take, points, receivers };
}

test("another run, or one that ends before what is shown, is new", () => {
  const header = { session: "a", run: 1, generation: 1, last: 10 };
  assert.equal(arrivalOf(null, header, 0, undefined), "new");
  assert.equal(arrivalOf({ ...header, run: 2 }, header, 0, undefined), "new");
  assert.equal(arrivalOf({ ...header, session: "b" }, header, 0, undefined), "new");
  assert.equal(arrivalOf(header, header, 11, "frames"), "new");
  assert.equal(arrivalOf(header, header, 10, "frames"), "same");
});

test("a new generation is rewritten by an edit of a weight, and changed by anything else", () => {
  const old = { session: "a", run: 1, generation: 1 }, header = { ...old, generation: 2, last: 10 };
  assert.deepEqual(["set", "undo", "edit", undefined].map((kind) => arrivalOf(old, header, 5, kind)),
    ["rewritten", "rewritten", "changed", "changed"]);
  assert.equal(arrivalOf(old, header, 11, "undo"), "rewritten");
  assert.equal(arrivalOf(header, header, 5, "set"), "same");
});

test("the learning rate varies once it differs within a generation", () => {
  const state = { rates: { vary: false } }, header = { run: 1, generation: 1 };
  noteRate(state, header, { learning_rate: 0.1 });
  noteRate(state, header, { learning_rate: 0.1 });
  assert.equal(state.rates.vary, false);
  noteRate(state, header, { learning_rate: 0.05 });
  assert.equal(state.rates.vary, true);
  noteRate(state, { run: 1, generation: 2 }, { learning_rate: 0.2 });
  assert.equal(state.rates.vary, false);
});

test("the first payload begins a run: its network, points and first frame", () => {
  const { state, told, points } = receiving();
  assert.deepEqual([told, state.shown, state.frame?.frame, state.net?.dims], [["begin"], 0, 0, [2, 3, 2, 1]]);
  assert.equal(state.points, points);
  assert.equal(state.dirty, true);
});

const DESCRIBED = ["dataset", "inputs", "layers", "map", "tile", "output", "ground"];

/** A header as it comes with frames: without what stays the same. @param {Partial<Header>} [changes] */
function barely(changes) {
  const told = Object.entries(headerWith(changes)).filter(([name]) => !DESCRIBED.includes(name));
  return /** @type {any} */ (Object.fromEntries(told));
}

test("what stays the same for a run comes once, and holds for its later payloads", () => {
  const { state, receivers } = receiving();
  takePayload(receivers, { header: barely({ last: 7 }), blocks: {}, frames: [frameWith(1)] });
  assert.deepEqual([state.header?.last, state.header?.map, state.frames.has(1)], [7, 4, true]);
  assert.equal(wholeHeader(state, barely({ run: 2 })), null);
});

test("a payload that needs what hasn't come is not taken up: the whole is asked for", () => {
  const { state, receivers, requests } = receiving(), asked = requests.sent.length;
  takePayload(receivers, { header: barely({ run: 2 }), blocks: {}, frames: [frameWith(1)] });
  const other = headerWith({ run: 2, ground: "another" });
  takePayload(receivers, { header: { ...other, described: other }, blocks: {}, frames: [frameWith(1)] });
  assert.deepEqual(requests.sent.slice(asked).map(({ kind }) => kind), ["whole", "whole"]);
  assert.deepEqual([state.header?.run, state.frames.has(1)], [1, false]);
});

test("frames are kept with their losses, and change nothing that is shown", () => {
  const { state, take, told } = receiving();
  take({ first: 1 }, [1, 2, 3]);
  assert.deepEqual([[...state.frames.keys()], state.history.count, state.shown, told], [[0, 1, 2, 3], 4, 0, ["begin"]]);
});

test("a frame at which something was changed by hand is marked", () => {
  const { state, take } = receiving();
  take({ changes: [2] }, [1, 2, 3]);
  assert.deepEqual([1, 2, 3].map((number) => state.frames.get(number)?.changed), [false, true, false]);
});

test("a curve that comes with a new run has been seen", () => {
  const { state, take } = receiving();
  const numbers = new Int32Array([0, 1, 2]), values = new Float32Array([3, 2, 1]);
  take({ run: 2, first: 2 }, [2], {
    "history.frame": numbers, "history.epoch": numbers, "history.train_loss": values, "history.test_loss": values,
  });
  assert.deepEqual([state.shown, state.seen, state.history.count], [2, 2, 3]);
  assert.equal(state.history.train_loss[1], 2);
});

test("of a run that comes without the beginning of its curve the whole is asked for, once", () => {
  const { requests, take } = receiving(), asked = requests.sent.length;
  const numbers = new Int32Array([2, 3]), values = new Float32Array([2, 1]);
  const part = {
    "history.frame": numbers, "history.epoch": numbers, "history.train_loss": values, "history.test_loss": values,
  };
  take({ run: 2, first: 3 }, [3], part);
  take({ run: 2, first: 3 }, [3], part);
  assert.equal(requests.sent.slice(asked).filter(({ kind }) => kind === "whole").length, 1);
});

test("another run forgets what was of the old one", () => {
  const { state, take } = receiving();
  take({}, [1, 2]);
  Object.assign(state, { playing: true, seek: 2, held: { kind: "point", n: 0 } });
  take({ run: 2 }, [0]);
  assert.deepEqual([[...state.frames.keys()], state.playing, state.seek, state.held], [[0], false, null, null]);
});

test("other settings drop the frames after the shown one", () => {
  const { state, take, told } = receiving();
  take({}, [1, 2, 3]);
  state.shown = 1;
  take({ generation: 2, first: 1 }, [1]);
  assert.deepEqual([[...state.frames.keys()], state.history.count, state.seen, state.shown], [[0, 1], 2, 1, 1]);
  assert.deepEqual(told, ["begin", "rewritten"]);
});

test("the curve that was seen after the frame of a change stays beside the new one", () => {
  const { state, take } = receiving();
  take({}, [1, 2, 3, 4]);
  Object.assign(state, { shown: 1, seen: 3 });
  take({ generation: 2, first: 1 }, [1]);
  assert.deepEqual([...state.before?.epoch ?? []], [1, 2, 3]);
  take({ generation: 3, first: 1 }, [1]);
  assert.equal(state.before?.epoch.length, 3, "a second change at that frame leaves it");
  take({}, [2, 3]);
  take({ generation: 3, first: 2 }, [2, 3, 4, 5]);
  Object.assign(state, { shown: 4, seen: 5 });
  take({ generation: 4, first: 4 }, [4]);
  assert.deepEqual([...state.before?.epoch ?? []], [4, 5], "a later rewind and change replaces it");
  take({ run: 2 }, [0]);
  assert.equal(state.before, null, "another run has none");
});

test("a change at the newest frame leaves nothing pale", () => {
  const { state, take } = receiving();
  take({}, [1, 2, 3]);
  Object.assign(state, { shown: 2, seen: 2 });
  take({ generation: 2, first: 2 }, [2]);
  assert.equal(state.before, null);
});

test("an edit of a weight that is taken back leads to the frame where it was made", () => {
  const { state, take } = receiving();
  take({}, [1, 2, 3]);
  state.shown = 3;
  take({ generation: 2, first: 1 }, [1], {}, { kind: "undo" });
  assert.deepEqual([state.shown, state.seen, [...state.frames.keys()]], [1, 1, [0, 1]]);
});

test("a notice comes with the whole picture, and not as the answer to a settle", () => {
  const { state, take, points } = receiving();
  take({ notice: "News." }, []);
  assert.equal(state.notice, "");
  take({ notice: "News." }, [], { points }, { kind: "settle" });
  assert.equal(state.notice, "");
  take({ notice: "News." }, [], { points });
  assert.equal(state.notice, "News.");
});

test("texts are written anew when unit or frozen weights change", () => {
  const { take, told } = receiving();
  take({ unit: "mini-batch" }, []);
  take({ unit: "mini-batch", frozen: [3] }, []);
  take({ unit: "mini-batch", frozen: [3] }, []);
  assert.deepEqual(told, ["begin", "describe", "describe"]);
});

test("a frame that doesn't exist any more is replaced by the last one that does", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { state, take } = receiving();
  state.seek = 90;
  take({ last: 40, stopped: "The end." }, []);
  assert.equal(state.seek, 40);
  take({ last: 40, stopped: "The end." }, [40], {}, { kind: "frame", at: 40 });
  assert.deepEqual([state.seek, state.shown], [null, 40]);
});

test("after each payload the next frames are asked for", () => {
  const { requests, take } = receiving();
  assert.deepEqual(requests.sent, [{ kind: "frames", after: 0, count: 5 }]);
  take({}, [1]);
  assert.deepEqual(requests.sent.at(-1), { kind: "frames", after: 1, count: 5 });
});

test("how far a frame is that is being made is told, until it comes", () => {
  const { state, take } = receiving(), request = { kind: "frames", after: 0 };
  take({ first: 1, working: 0.4 }, [], {}, request);
  assert.deepEqual([state.work?.frame, state.work?.share, state.dirty], [1, 0.4, true]);
  take({ first: 0 }, [], {}, { kind: "inspect" });
  assert.equal(state.work?.share, 0.4);
  take({ first: 1 }, [1], {}, request);
  assert.equal(state.work?.frame, undefined);
  take({ first: 7, working: 0.2 }, [], {}, { kind: "frame", at: 7 });
  assert.deepEqual([state.work?.frame, state.shown], [7, 0]);
});

test("a new run says why it began, also where the request that it answers came from a paused player", () => {
  const { state, take, points } = receiving();
  take({ run: 2, notice: "New network." }, [0], { points }, { kind: "settle" });
  assert.equal(state.notice, "New network.");
  state.notice = "";
  take({ run: 2, notice: "New network." }, [0], { points }, { kind: "settle" });
  assert.equal(state.notice, "");
});
