// Playing, pausing and going to frames, without a page.

import { test } from "node:test";
import assert from "node:assert/strict";

import { makeFrames } from "../../../../pages/playground/player/frames.js";
import {
  framesDue, isAtEnd, makePlayback, possibleFrame, showFrame,
} from "../../../../pages/playground/player/playback.js";
import { frameWith, makeRecorder, shownWith } from "./made.js";

/** @param {number} count how many frames are there @param {Parameters<typeof shownWith>[0]} [header] */
function player(count, header) {
  const state = shownWith(header), requests = makeRecorder();
  for (let k = 0; k < count; k++) state.frames.set(k, frameWith(k));
  return { state, requests, playback: makePlayback(state, makeFrames(state, () => 0), requests) };
}

/** @param {ReturnType<typeof makeRecorder>} requests */
const kinds = ({ sent }) => sent.map(({ kind }) => kind);

test("a frame is due after its time, and at most one and a half at once", () => {
  assert.equal(framesDue(0, 100, 5), 0.5);
  assert.equal(framesDue(0.5, 100, 5), 1);
  assert.equal(framesDue(1, 100, 30), 1.5);
});

test("of a long pause between two ticks only a tenth of a second counts", () => {
  assert.equal(framesDue(0, 5000, 5), 0.5);
});

test("a frame before the first one is the first, one after the end is the last", () => {
  assert.equal(possibleFrame({ last: 9, stopped: null }, -3), 0);
  assert.equal(possibleFrame({ last: 9, stopped: null }, 12), 12);
  assert.equal(possibleFrame({ last: 9, stopped: "The end." }, 12), 9);
});

test("the end is where training has ended, not the last frame that exists", () => {
  const { state } = player(1);
  assert.ok(!isAtEnd({ ...state, shown: 100 }));
  state.header.stopped = "The end.";
  assert.ok(isAtEnd({ ...state, shown: 100 }));
  assert.ok(!isAtEnd({ ...state, shown: 99 }));
});

test("a frame that has not come is shown as a number over the frame before", () => {
  const { state } = player(2);
  showFrame(state, 1);
  showFrame(state, 7);
  assert.deepEqual([state.shown, state.frame.frame, state.seen, state.dirty], [7, 1, 7, true]);
});

test("play shows the next frame at the next tick, then one every 1/30 s", () => {
  const { state, playback } = player(10);
  playback.tick(1000);
  playback.play();
  playback.tick(1001);
  assert.equal(state.shown, 1);
  playback.tick(1020);
  assert.equal(state.shown, 1);
  playback.tick(1035);
  assert.equal(state.shown, 2);
});

test("a playing run waits for frames and pauses at the end of training", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { state, playback, requests } = player(2, { last: 2 });
  playback.play();
  for (let k = 1; k <= 4; k++) playback.tick(100 * k);
  assert.deepEqual([state.shown, state.playing], [1, true]);
  state.frames.set(2, frameWith(2));
  state.header.stopped = "The end.";
  playback.tick(500);
  playback.tick(600);
  assert.deepEqual([state.shown, state.playing], [2, false]);
  t.mock.timers.tick(0);
  assert.equal(kinds(requests).at(-1), "settle");
  playback.play();
  assert.equal(state.playing, false);
});

test("a paused run stands still", () => {
  const { state, playback } = player(5);
  for (let k = 1; k <= 5; k++) playback.tick(100 * k);
  assert.equal(state.shown, 0);
});

test("pause is told to the server at once, a step after a rest of 150 ms", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { playback, requests } = player(5);
  playback.play();
  playback.pause();
  t.mock.timers.tick(0);
  assert.deepEqual(kinds(requests).filter((kind) => kind === "settle"), ["settle"]);
  playback.stepBy(1);
  t.mock.timers.tick(149);
  assert.equal(kinds(requests).filter((kind) => kind === "settle").length, 1);
  t.mock.timers.tick(1);
  assert.equal(kinds(requests).filter((kind) => kind === "settle").length, 2);
});

test("what plays again before it was told to the server is not told", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { playback, requests } = player(5);
  playback.stepBy(1);
  playback.play();
  t.mock.timers.tick(1000);
  assert.ok(!kinds(requests).includes("settle"));
});

test("where something was changed by hand the page follows while it plays", () => {
  const { state, playback, requests } = player(4);
  for (const frame of state.frames.values()) frame.changed = frame.frame === 2;
  playback.tick(0);
  playback.play();
  playback.tick(1);
  assert.deepEqual([state.shown, kinds(requests).includes("settle")], [1, false]);
  playback.tick(50);
  assert.deepEqual([state.shown, kinds(requests).includes("settle"), state.playing], [2, true, true]);
});

test("steps go on from the frame that is on its way", () => {
  const { state, playback } = player(2);
  playback.stepBy(5);
  playback.stepBy(1);
  assert.deepEqual([state.shown, state.seek], [0, 6]);
  playback.stepBy(-5);
  assert.deepEqual([state.shown, state.seek], [1, null]);
  playback.stopSettling();
});

test("scrubbing pauses and asks for the frame", () => {
  const { state, playback, requests } = player(3);
  playback.play();
  playback.scrubTo(50);
  assert.deepEqual([state.playing, state.seek], [false, 50]);
  assert.deepEqual(requests.sent.at(-1), { kind: "frame", at: 50 });
  playback.stopSettling();
});

test("frames on the way to the one that is wanted are shown as they come", () => {
  const { state, playback } = player(1);
  state.seek = 9;
  state.frames.set(4, frameWith(4));
  playback.land(4);
  assert.deepEqual([state.shown, state.seek], [4, 9]);
  state.frames.set(9, frameWith(9));
  playback.land(null);
  assert.deepEqual([state.shown, state.seek], [9, null]);
  playback.stopSettling();
});

test("a frame that comes when none is wanted changes nothing", () => {
  const { state, playback } = player(5);
  playback.land(4);
  assert.equal(state.shown, 0);
});

test("a new start pauses and asks for it", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { state, playback, requests } = player(5);
  playback.play();
  playback.startAgain("new-weights");
  t.mock.timers.tick(1000);
  assert.equal(state.playing, false);
  assert.deepEqual([kinds(requests).at(-1), kinds(requests).includes("settle")], ["new-weights", false]);
});
