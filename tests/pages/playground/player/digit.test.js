// The picture that the network is shown: which sample, what was drawn, and what is said of it.

import { test } from "node:test";
import assert from "node:assert/strict";

import { clearStrokes, drawTo, undoStroke } from "../../../../pages/playground/player/digit-pad.js";
import {
  digitWords, isInked, lookAtDigit, makeDigit, pointWith, sampleBeside,
} from "../../../../pages/playground/player/digit-state.js";
import { articleOf, likeliestOf, verdictOf } from "../../../../pages/playground/player/digit-words.js";
import { extremesOf } from "../../../../pages/playground/player/picture-card.js";
import { headerWith, picturesWith, shownWith } from "./made.js";

/** Four pictures of 1 × 3 pixels, two for training, of classes 0, 1, 1, 0. */
const POINTS = Float32Array.of(0, 0.5, 0, 1, 0.5, 1, 0.25, 0, 1, 0.75, 1, 0);
const BEYOND = Float32Array.of(1, 0, 0.5, 0.25);

/** @param {number} [outputs] the second output */
function shownPictures(outputs = 0.75) {
  const picture = /** @type {[number, number]} */ ([1, 3]), labels = ["0", "1"];
  const named = { labels, target: "digit", coordinates: ["a", "b", "c"], held: [0] };
  const dataset = { ...headerWith().dataset, ...named, picture };
  const layers = [{ width: 2, activation: "softmax", table: null, W: 0, b: 6 }];
  const inputs = ["a", "b", "c"].map((label) => ({ name: label, label, short: label, on: true }));
  const probe = { number: 1, point: [0.25, 0, 0.5], inputs: [0.25, 0, 0.5], target: 1 };
  const shown = shownWith({ dataset, layers, inputs, probe }, { points: POINTS, beyond: BEYOND });
  shown.pictures = { ...picturesWith(), pass: () => [Float32Array.of(1 - outputs, outputs)] };
  return shown;
}

test("the sample beside one for testing is the next one for testing, round and round", () => {
  assert.deepEqual([2, 3, 4].map((n) => sampleBeside({ train: 2, count: 5 }, n, 1)), [3, 4, 2]);
  assert.deepEqual([2, 3, 4].map((n) => sampleBeside({ train: 2, count: 5 }, n, -1)), [4, 2, 3]);
});

test("beside a sample for training is the first or the last one for testing, without any the next for training", () => {
  assert.deepEqual([sampleBeside({ train: 2, count: 5 }, 1, 1), sampleBeside({ train: 2, count: 5 }, 1, -1)], [2, 4]);
  assert.deepEqual([sampleBeside({ train: 3, count: 3 }, 2, 1), sampleBeside({ train: 3, count: 3 }, 0, -1)], [0, 2]);
});

test("a point is found by all its coordinates", () => {
  assert.equal(pointWith({ points: POINTS, beyond: BEYOND }, [0.25, 0, 0.5]), 2);
  assert.equal(pointWith({ points: POINTS, beyond: BEYOND }, [0.25, 0, 0.25]), -1);
});

test("a run begins with the sample at the probe if it is for testing, and its ink is that of the data", () => {
  const shown = shownPictures();
  lookAtDigit(shown);
  assert.equal(shown.digit?.n, 2);
  assert.deepEqual([...(shown.digit?.ink || [])], [0.25, 0, 0.5]);
});

test("what has no pictures has nothing to look at", () => {
  const shown = shownWith({}, { points: POINTS, digit: makeDigit() });
  lookAtDigit(shown);
  assert.equal(shown.digit, null);
});

test("a stroke is taken back as a whole, and all of them at once", () => {
  const digit = makeDigit();
  digit.way = "yours";
  assert.equal(isInked(digit), false);
  drawTo(digit, [0.1, 0.1], true);
  drawTo(digit, [0.1, 2], false);
  drawTo(digit, [0.1, 1], false);
  drawTo(digit, [0.5, 0.5], true);
  assert.deepEqual(digit.strokes, [[[0.1, 0.1], [0.1, 1]], [[0.5, 0.5]]]);
  assert.equal(isInked(digit), true);
  undoStroke(digit);
  assert.deepEqual(digit.strokes, [[[0.1, 0.1], [0.1, 1]]]);
  clearStrokes(digit);
  assert.equal(isInked(digit), false);
});

test("the verdict names the likeliest class and, of a sample, whether the label says the same", () => {
  const shown = shownPictures(0.75);
  lookAtDigit(shown);
  const digit = shown.digit || makeDigit();
  assert.deepEqual(verdictOf(shown, digit),
    { said: "It is a 1, 75.0 %", judged: "✓ right, the label says 1", isRight: true });
  assert.deepEqual(digitWords(shown, digit), ["true class 1", "test digit 1 of 2"]);
  const other = shownPictures(0.25);
  lookAtDigit(other);
  assert.deepEqual(verdictOf(other, other.digit || makeDigit()),
    { said: "It is a 0, 75.0 %", judged: "✗ wrong, the label says 1", isRight: false });
});

test("an empty pad asks for a drawing, and a drawing has no label to compare with", () => {
  const shown = shownPictures();
  shown.digit = { ...makeDigit(), way: "yours" };
  lookAtDigit(shown);
  assert.equal(verdictOf(shown, shown.digit).said, "Draw a digit.");
  drawTo(shown.digit, [0.5, 0.5], true);
  lookAtDigit(shown);
  assert.deepEqual(verdictOf(shown, shown.digit),
    { said: "It is a 1, 75.0 %", judged: "no label to compare with", isRight: null });
});

test("outputs that are no numbers are said so", () => {
  assert.equal(likeliestOf([NaN, 1]), null);
  const shown = shownPictures(NaN);
  lookAtDigit(shown);
  assert.equal(verdictOf(shown, shown.digit || makeDigit()).said, "The outputs are not numbers.");
});

test("eight, eleven and eighteen have “an” before them, words have nothing", () => {
  assert.deepEqual(["8", "80", "11", "18"].map(articleOf), ["an ", "an ", "an ", "an "]);
  assert.deepEqual(["0", "10", "setosa"].map(articleOf), ["a ", "a ", ""]);
});

test("the largest and the smallest weight of a picture are found where their pixels are", () => {
  const shown = shownPictures();
  shown.frame.theta = Float32Array.of(0.5, -1, -2, 3, 0.25, 1, 0, 0);
  assert.deepEqual(extremesOf(shown, 0), { most: { at: 0, w: 0.5 }, least: { at: 1, w: -2 } });
  assert.deepEqual(extremesOf(shown, 1), { most: { at: 1, w: 3 }, least: { at: 0, w: -1 } });
});
