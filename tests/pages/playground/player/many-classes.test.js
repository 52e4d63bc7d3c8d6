// What is listed and written of more classes than there is room for.

import { test } from "node:test";
import assert from "node:assert/strict";

import { namedAreas, shortName } from "../../../../pages/playground/player/area-names.js";
import { firstListed, listedOutputs, othersText } from "../../../../pages/playground/player/many-classes.js";
import { probeSentence } from "../../../../pages/playground/player/probe-words.js";
import { frameWith, headerWith, shownWith } from "./made.js";

test("up to ten classes are all listed in their order, of more the likeliest come first", () => {
  const values = Float64Array.from({ length: 26 }, (_, k) => (k === 7 ? 0.5 : k === 3 ? 0.3 : k / 1000));
  assert.deepEqual(listedOutputs(values.subarray(0, 10), 10), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual(listedOutputs(values, 26), [7, 3, 25, 24, 23]);
  assert.deepEqual([othersText(10), othersText(26)], ["", "and 21 more"]);
});

test("equal outputs keep their order, and unknown ones are the first", () => {
  assert.deepEqual(listedOutputs(new Float64Array(11), 11), [0, 1, 2, 3, 4]);
  assert.deepEqual(listedOutputs(null, 11), [0, 1, 2, 3, 4]);
});

test("a legend of ten classes is whole, one of eleven folds", () => {
  assert.deepEqual([firstListed(2), firstListed(10), firstListed(11), firstListed(50)], [2, 10, 6, 6]);
});

test("the probe says the likeliest of many classes first", () => {
  const { dataset, layers } = headerWith(), outputs = Array.from({ length: 12 }, (_, k) => (k === 9 ? 0.89 : 0.01));
  const before = shownWith().net.layers[2].tile;
  const state = shownWith({
    dataset: { ...dataset, kind: "classes", classes: 12, labels: [..."ABCDEFGHIJKL"] },
    layers: [...layers.slice(0, 2), { ...layers[2], width: 12, activation: "softmax" }],
  }, { frame: frameWith(0, { probe: Float64Array.of(...new Array(before).fill(0), ...outputs) }) });
  assert.match(probeSentence(state), /: probabilities J: 0\.89, A: 0\.01, .* and 7 more, class J, loss/);
});

test("each area's name lies on the area, also where its middle is outside, and none on a tiny one", () => {
  const n = 20, winner = new Uint8Array(n * n);
  for (let row = 5; row < 15; row++) for (let column = 5; column < 15; column++) winner[row * n + column] = 1;
  winner[0] = 2;
  const named = namedAreas(winner, 4);
  assert.deepEqual(named.map(({ k }) => k), [0, 1]); // class 0 is a frame around class 1; 2 has one pixel, 3 none
  for (const { k, row, column } of named) assert.equal(winner[row * n + column], k);
});

test("a long name is cut", () => {
  assert.deepEqual([shortName("A"), shortName("versicolor")], ["A", "versicol…"]);
});
