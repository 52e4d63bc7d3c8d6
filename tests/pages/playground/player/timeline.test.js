// The history of losses by frame.

import { test } from "node:test";
import assert from "node:assert/strict";

import { makeHistory } from "../../../../pages/playground/player/timeline.js";

/**
 * A history with these epochs by frame; the losses are 10 and 20 less the epoch.
 * @param {[frame: number, epoch: number][]} frames
 */
function historyOf(frames) {
  const history = makeHistory();
  for (const [frame, epoch] of frames) {
    const values = { epoch, train_loss: 10 - epoch, test_loss: 20 - epoch };
    history.put(frame, (name) => values[name]);
  }
  return history;
}

test("frames that were left out lie on a straight line between their neighbours", () => {
  const history = historyOf([[0, 0], [4, 2]]);
  assert.equal(history.count, 5);
  assert.deepEqual([...history.epoch.subarray(0, 5)], [0, 0.5, 1, 1.5, 2]);
  assert.deepEqual([...history.test_loss.subarray(0, 5)], [20, 19.5, 19, 18.5, 18]);
});

test("a history is complete up to its first gap, until what lies there has come", () => {
  const history = historyOf([[0, 0], [1, 1], [4, 4]]);
  assert.equal(history.complete, 2);
  for (const frame of [2, 3, 4]) history.put(frame, () => frame);
  assert.equal(history.complete, 5);
  history.cutAfter(2);
  assert.equal(history.complete, 3);
});

test("before the first frame its own values stand", () => {
  assert.deepEqual([...historyOf([[2, 3]]).train_loss.subarray(0, 3)], [7, 7, 7]);
});

test("a frame that comes again replaces the old one and nothing else", () => {
  const history = historyOf([[0, 0], [1, 1], [2, 2], [1, 1.5]]);
  assert.equal(history.count, 3);
  assert.deepEqual([...history.epoch.subarray(0, 3)], [0, 1.5, 2]);
});

test("a long history keeps all that it had", () => {
  const history = historyOf([[0, 0], [1023, 1023], [1024, 1024], [5000, 5000]]);
  for (const frame of [0, 500, 1023, 1024, 3000, 5000]) {
    assert.equal(history.epoch[frame], frame);
    assert.equal(history.train_loss[frame], 10 - frame);
  }
});

test("what is cut off is filled anew", () => {
  const history = historyOf([[0, 0], [1, 1], [2, 2], [3, 3]]);
  history.cutAfter(1);
  assert.equal(history.count, 2);
  history.put(3, () => 9);
  assert.deepEqual([...history.epoch.subarray(0, 4)], [0, 1, 5, 9]);
  history.cutAfter(100);
  assert.equal(history.count, 4);
});

test("the frame of an epoch is the nearest one, up to the last", () => {
  const history = historyOf([[0, 0], [1, 1], [2, 4], [3, 5]]);
  assert.deepEqual([-3, 0.4, 0.6, 2.4, 2.6, 4.4, 99].map((epoch) => history.frameOf(epoch, 9)), [0, 0, 1, 1, 2, 2, 3]);
  assert.equal(history.frameOf(99, 2), 2);
  assert.equal(makeHistory().frameOf(1, 5) <= 0, true);
});
