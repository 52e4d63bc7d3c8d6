// The texts of a saved picture, and the gradients that it repeats.

import { test } from "node:test";
import assert from "node:assert/strict";

import { hatchingLines } from "../../../../pages/playground/player/hatching.js";
import { gradientLine, gradientStops } from "../../../../pages/playground/player/paint-node.js";
import { activationNames, pictureName, wrapped } from "../../../../pages/playground/player/picture-words.js";

/** @param {string} text */
const letters = (text) => text.length;

test("a text is broken between words, as late as it fits", () => {
  assert.deepEqual(wrapped("aa bb cc dd", 5, letters), ["aa bb", "cc dd"]);
  assert.deepEqual(wrapped("aa bb cc dd", 4, letters), ["aa", "bb", "cc", "dd"]);
  assert.deepEqual(wrapped("aa bb", 99, letters), ["aa bb"]);
});

test("a word that is too long has a line of its own", () => {
  assert.deepEqual(wrapped("a bbbbbbb c", 3, letters), ["a", "bbbbbbb", "c"]);
});

test("a saved picture is named after its data as their control calls them, with plain letters", () => {
  assert.equal(pictureName({ label: "Five inputs" }, [5, 7, 4, 3], 12), "backprop-five-inputs-5-7-4-3-epoch-12.png");
  assert.equal(pictureName({ label: "Spiral, 3 arms" }, [2, 3], 0), "backprop-spiral-3-arms-2-3-epoch-0.png");
});

test("activations are named once if they are all the same, by their labels", () => {
  const activations = [{ name: "tanh", label: "Tanh", short: "T" }], layer = { width: 1, table: 0, W: 0, b: 0 };
  /** @param {string[]} names */
  const named = (...names) =>
    activationNames({ layers: names.map((activation) => ({ ...layer, activation })), activations });
  assert.equal(named("tanh", "tanh"), "Tanh");
  assert.equal(named("tanh", "softmax"), "Tanh, softmax");
});

test("the colours of a CSS gradient are read, also those with commas of their own", () => {
  assert.deepEqual(gradientStops("linear-gradient(to left, rgb(1, 2, 3), red)"), ["to left", ["rgb(1, 2, 3)", "red"]]);
  assert.deepEqual(gradientStops("linear-gradient(rgb(1, 2, 3), red)"), ["to bottom", ["rgb(1, 2, 3)", "red"]]);
  assert.deepEqual(gradientStops("linear-gradient(90deg, red, blue)"), ["90deg", ["red", "blue"]]);
  assert.deepEqual(gradientStops("none"), ["", []]);
});

test("a gradient goes from its first colour in the direction that is named", () => {
  assert.deepEqual(gradientLine("to bottom", 1, 2, 10, 20), [1, 2, 1, 22]);
  for (const right of ["to right", "90deg"]) assert.deepEqual(gradientLine(right, 1, 2, 10, 20), [1, 2, 11, 2]);
  for (const left of ["to left", "270deg"]) assert.deepEqual(gradientLine(left, 1, 2, 10, 20), [11, 2, 1, 2]);
});

test("a hatching covers its whole box, its lines 7 px apart", () => {
  const lines = hatchingLines(14, 95), ends = lines.map(([x1]) => x1);
  assert.ok(ends[0] < 7 && ends[ends.length - 1] > 14 + 95 - 7 * Math.SQRT2);
  for (const [x1, y1, x2, y2] of lines) assert.deepEqual([y1, x1 - x2, y2], [0, 95, 95], "each at 45 degrees");
  assert.ok(Math.abs(ends[1] - ends[0] - 7 * Math.SQRT2) < 1e-9);
});

test("the map's own picture is named so", () => {
  assert.equal(pictureName({ label: "XOR" }, [2, 1], 3, "map"), "backprop-xor-2-1-epoch-3-map.png");
});
