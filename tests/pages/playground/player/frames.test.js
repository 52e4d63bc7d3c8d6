// Which frames are asked for next, and which are forgotten.

import { test } from "node:test";
import assert from "node:assert/strict";

import {
  forgetFarFrames, framesAhead, framesWanted, makeFrames, workOn,
} from "../../../../pages/playground/player/frames.js";

/** @typedef {import("../../../../pages/playground/player/frames.js").FrameState} FrameState */

/**
 * @param {number[]} numbers of the frames that are there
 * @param {Partial<FrameState>} [changes]
 * @returns {FrameState}
 */
function frameState(numbers, changes = {}) {
  return {
    header: { last: 1000, stopped: null, fps: 30, working: null },
    frames: new Map(numbers.map((n) => [n, {}])), frameBytes: 1000,
    frame: {}, shown: 0, seek: null, playing: false, ...changes,
  };
}

/** @param {number} from @param {number} to */
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, k) => from + k);

test("frames are ahead up to the first gap", () => {
  assert.equal(framesAhead(frameState([0, 1, 2, 4])), 2);
  assert.equal(framesAhead(frameState([3, 4, 5], { shown: 3 })), 2);
});

test("a paused player asks for a few frames until two lie ahead", () => {
  assert.deepEqual(framesWanted(frameState([0, 1]), 20), { kind: "frames", after: 1, count: 5 });
  assert.equal(framesWanted(frameState([0, 1, 2]), 20), null);
});

test("a playing player asks for more until a second's frames lie ahead", () => {
  const state = frameState(range(0, 29), { playing: true });
  assert.deepEqual(framesWanted(state, 20), { kind: "frames", after: 29, count: 20 });
  state.frames.set(30, {});
  assert.equal(framesWanted(state, 20), null);
});

test("nothing is asked for before a frame has come, and nothing after the end", () => {
  assert.equal(framesWanted(frameState([], { frame: null }), 5), null);
  assert.equal(framesWanted(frameState([0], { header: null }), 5), null);
  const header = { last: 1, stopped: "The limit of epochs.", fps: 30, working: null };
  assert.equal(framesWanted(frameState([0, 1], { header, playing: true }), 5), null);
  assert.notEqual(framesWanted(frameState([0], { header, playing: true }), 5), null);
});

test("a frame elsewhere is asked for alone, if it exists", () => {
  assert.deepEqual(framesWanted(frameState([0, 1], { seek: 40 }), 5), { kind: "frame", at: 40 });
  assert.deepEqual(framesWanted(frameState([50], { shown: 50, seek: 20 }), 5), { kind: "frame", at: 20 });
});

test("the way to a frame that doesn't exist yet is asked for in pieces of 5 to 30", () => {
  const header = { last: 1, stopped: null, fps: 30, working: null };
  /** @param {number} seek */
  const count = (seek) => framesWanted(frameState([0, 1], { seek, header }), 5)?.count;
  assert.deepEqual([2, 3, 11, 500].map(count), [5, 5, 10, 30]);
});

test("the frame after those ahead comes with others, though it exists", () => {
  assert.deepEqual(framesWanted(frameState([0, 1], { seek: 2 }), 5), { kind: "frames", after: 1, count: 5 });
});

test("the more answers have come while playing, the more frames are asked for", () => {
  const state = frameState([0], { playing: true }), frames = makeFrames(state, () => 0), counts = [];
  for (let k = 1; k <= 5; k++) {
    counts.push(frames.wanted()?.count);
    const before = framesAhead(state);
    state.frames.set(k, {});
    frames.answered(before);
  }
  assert.deepEqual(counts, [5, 10, 20, 30, 30]);
  frames.hurry();
  assert.equal(frames.wanted()?.count, 5);
});

test("after an answer that brought nothing new a quarter of a second is quiet", () => {
  let now = 1000;
  const state = frameState([0]), frames = makeFrames(state, () => now);
  frames.answered(0);
  now += 249;
  assert.equal(frames.wanted(), null);
  now += 1;
  assert.notEqual(frames.wanted(), null);
});

test("an answer that brought frames is followed at once", () => {
  const state = frameState([0, 1]), frames = makeFrames(state, () => 1000);
  frames.answered(0);
  assert.notEqual(frames.wanted(), null);
});

test("frames after a change are dropped, and few are asked for again", () => {
  const state = frameState([0, 1, 2, 3], { playing: true }), frames = makeFrames(state, () => 0);
  frames.answered(0);
  frames.dropAfter(1);
  assert.deepEqual([...state.frames.keys()], [0, 1]);
  assert.equal(frames.wanted()?.count, 5);
});

test("beyond 600 frames those farthest from the shown one are forgotten, 30 more than must be", () => {
  const kept = frameState(range(0, 599), { shown: 500 }), many = frameState(range(0, 609), { shown: 500 });
  forgetFarFrames(kept);
  forgetFarFrames(many);
  assert.equal(kept.frames.size, 600);
  assert.deepEqual([many.frames.size, Math.min(...many.frames.keys())], [570, 40]);
});

test("of large frames fewer are kept, but never fewer than 60", () => {
  const large = frameState(range(0, 200), { frameBytes: 1e6 }), huge = frameState(range(0, 60), { frameBytes: 1e9 });
  forgetFarFrames(large);
  forgetFarFrames(huge);
  assert.deepEqual([large.frames.size, huge.frames.size], [66, 30]);
});

test("a frame that is being made is asked for again at once", () => {
  const header = { last: 1000, stopped: null, fps: 30, working: 0 };
  const frames = makeFrames(frameState([0], { header }), () => 1000);
  frames.answered(0);
  assert.notEqual(frames.wanted(), null);
});

test("a frame takes long once it has been made for more than a second", () => {
  const first = workOn(null, { working: 0.1 }, 12, 5000);
  assert.deepEqual(first, { frame: 12, share: 0.1, since: 5000, long: false });
  assert.equal(workOn(first, { working: 0.4 }, 12, 6000)?.long, false);
  assert.deepEqual(workOn(first, { working: 0.5 }, 12, 6001), { frame: 12, share: 0.5, since: 5000, long: true });
  assert.equal(workOn(first, { working: 0.1 }, 13, 6001)?.long, false);
  assert.equal(workOn(first, { working: null }, 12, 6001), null);
});
