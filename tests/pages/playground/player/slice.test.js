// The plane through many inputs that the map shows: its axes, its points, and how far others are from it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { sliceTiles } from "../../../../pages/playground/player/atlas.js";
import { axisTicks } from "../../../../pages/playground/player/map-axes.js";
import { planePlace } from "../../../../pages/playground/player/plane.js";
import { makeProbeMoves, pointAt, probeMoved } from "../../../../pages/playground/player/probe-moves.js";
import { probeNote, probeTexts } from "../../../../pages/playground/player/probe-words.js";
import { inputCaption } from "../../../../pages/playground/player/input-captions.js";
import { hiddenSpaceCaption, hiddenSpaceTable } from "../../../../pages/playground/player/inside-space.js";
import {
  asSeen, distanceFrom, fillInputs, hasSlice, inputAxis, ownUnits, placeOn, pointOn, sliceOf,
} from "../../../../pages/playground/player/slice.js";
import { coordinatesOf, followSlice, spotsOf } from "../../../../pages/playground/player/slice-state.js";
import {
  componentWords, heldInputs, heldText, loadingWords, planeWords, sliceWords,
} from "../../../../pages/playground/player/slice-words.js";
import { frameWith, headerWith, makeRecorder, shownWith } from "./made.js";

const NAMES = ["length (cm)", "width (cm)", "mass (g)", "age"];

/**
 * Four columns; the network sees (value − mean) / deviation of them.
 * @param {Partial<import("../../../../pages/playground/player/types.js").MapPlane>} [plane]
 * @returns {Partial<import("../../../../pages/playground/player/types.js").Header>}
 */
function four(plane = {}) {
  const { dataset, probe } = headerWith();
  return {
    dataset: {
      ...dataset, held: [0, 0], ranges: [[-2, 2], [-3, 1], [-2, 2], [-2, 2]],
      scales: [[5, 1], [3, 0.5], [4000, 800], [2, 1]], spread: [1, 1, 1, 2], coordinates: NAMES,
      short_coordinates: ["length", "width", "mass", "age"], named: "few",
    },
    inputs: NAMES.map((label, k) => ({ name: `x${k + 1}`, label, short: label, on: true })),
    probe: { ...probe, point: [0.5, -1, 0.25, 1] },
    plane: { across: 0, up: 1, components: null, ...plane },
  };
}

const COMPONENTS = {
  mean: [0, 0, 0, 1], across: [0.6, 0.8, 0, 0], up: [0, 0, 1, 0], shares: [0.614, 0.2],
  ranges: /** @type {[number, number][]} */ ([[-4, 4], [-3, 5]]),
};

test("points in the plane have no slice, others one through the probe along the chosen inputs", () => {
  assert.ok(!hasSlice(headerWith()));
  const header = headerWith(four({ across: 3, up: 1 })), slice = sliceOf(header, header.probe.point);
  assert.ok(hasSlice(header));
  assert.deepEqual(pointOn(slice, 7, 9), [0.5, 9, 0.25, 7]);
  assert.deepEqual(placeOn(slice, [1, 2, 3, 4]), [4, 2]);
  assert.deepEqual(slice.axes.map(({ name }) => name), ["age", "width (cm)"]);
});

test("the plane of components has the nearest point to each point, and named shares", () => {
  const header = headerWith(four({ components: COMPONENTS })), slice = sliceOf(header, header.probe.point);
  assert.deepEqual(placeOn(slice, [3, 4, -2, 9]), [5, -2]);
  const round = pointOn(slice, 5, -2).map((value) => +value.toFixed(12));
  assert.deepEqual(round, [3, 4, -2, 1]);
  assert.equal(slice.axes[0].name, "1st component (61 % of the variance)");
  assert.equal(distanceFrom(slice, [3, 4, -2, 5], [1, 1, 1, 2]), Math.sqrt(4 / 2));
});

test("how far a point is from the slice counts the held inputs, each in its deviations", () => {
  const header = headerWith(four()), slice = sliceOf(header, header.probe.point), { spread } = header.dataset;
  assert.equal(distanceFrom(slice, [9, -9, 0.25, 1], spread), 0);
  assert.equal(distanceFrom(slice, [0, 0, 0.25, 5], spread), Math.sqrt(4 / 2));
});

test("a value goes to the data's units and back", () => {
  const axis = inputAxis(headerWith(four()).dataset, 2);
  assert.equal(ownUnits(axis, 0.5), 4400);
  assert.equal(asSeen(axis, 4400), 0.5);
  assert.equal(heldText(axis, 0.5), "4400 g");
  assert.deepEqual(probeTexts(headerWith(four())), ["5.50", "2.50", "4200.00", "3.00"]);
});

test("the axes have round numbers of the data's units", () => {
  const { dataset } = headerWith(four());
  assert.deepEqual(axisTicks(inputAxis(dataset, 0)).map(({ text }) => text), ["3", "4", "5", "6", "7"]);
  assert.deepEqual(axisTicks(inputAxis(dataset, 1)).map(({ text }) => text), ["1.5", "2.0", "2.5", "3.0", "3.5"]);
  assert.deepEqual(axisTicks(inputAxis(dataset, 2)).map(({ at, text }) => [+at.toFixed(9), text])[0], [-1.25, "3000"]);
  assert.deepEqual(axisTicks(inputAxis(headerWith().dataset, 0)).map(({ text }) => text), ["−6", "−3", "0", "3", "6"]);
});

test("a pixel and the arrow keys lead to round numbers of the data's units, and leave the held inputs alone", () => {
  const header = headerWith(four()), point = header.probe.point, slice = sliceOf(header, point);
  const [u, v] = planePlace({ axes: slice.axes, size: 300 }, 101, 20);
  assert.equal(+ownUnits(slice.axes[0], u).toFixed(9), 4.347);
  assert.deepEqual(pointAt(slice, point, u, v).slice(2), point.slice(2));
  const moved = probeMoved(slice, point, [1, 0], false);
  assert.deepEqual([+ownUnits(slice.axes[0], moved[0]).toFixed(9), ...moved.slice(1)], [5.51, -1, 0.25, 1]);
});

test("the inputs at the map's pixels are those of the plane's points, the upper row first", () => {
  const header = headerWith(four()), slice = sliceOf(header, header.probe.point);
  const inputs = new Float32Array(3 * 4);
  fillInputs(slice, [0, 1, 3], 2, [0, 1], inputs);
  assert.deepEqual([...inputs], [-1, 1, -1, 1, 0, 0, -2, -2, 1, 1, 1, 1]);
});

test("an input's picture goes from one end of its range to the other, and is flat where it is held", () => {
  const header = headerWith(four()), slice = sliceOf(header, header.probe.point);
  const tiles = [...sliceTiles(slice, header.dataset.ranges, 4, 2)];
  assert.ok(tiles[0] < 128 && tiles[1] > 128 && tiles[0] === tiles[2], "across grows to the right");
  assert.ok(tiles[4] > 128 && tiles[6] < 128 && tiles[4] === tiles[5], "up grows upwards");
  assert.equal(new Set(tiles.slice(8, 12)).size, 1);
});

test("data points lie where the chosen inputs have them", () => {
  const state = shownWith(four({ across: 2, up: 3 }), {
    points: Float32Array.of(1, 2, 0, 5, 6, 1), beyond: Float32Array.of(3, 4, 7, 8),
  });
  assert.deepEqual(coordinatesOf(state, 1), [5, 6, 7, 8]);
  state.slice = sliceOf(state.header, state.header.probe.point);
  assert.deepEqual([...spotsOf(state)], [3, 4, 0, 7, 8, 1]);
});

test("the hidden space has the plane's own axes, in the data's units", () => {
  const inside = { ...headerWith().inside, view: "hidden-space" };
  const numbers = { "inside.points": Float32Array.of(0.1, 0.2), "inside.probe": Float64Array.of(0.3, 0.4) };
  const state = shownWith({ ...four({ across: 3, up: 2 }), inside }, {
    spots: Float32Array.of(1, 0.5, 1), frame: Object.assign(frameWith(0), numbers),
  });
  const { heads, rows } = hiddenSpaceTable(state);
  assert.deepEqual(heads, ["Point", "Class", "age", "mass (g)", "Across", "Up"]);
  assert.deepEqual(rows, [
    ["1", "Orange", "3.000", "4400.0", "0.10", "0.20"], ["probe", "", "3.000", "4200.0", "0.30", "0.40"],
  ]);
  assert.match(hiddenSpaceCaption(state), /^Solid: age fixed. Dashed: mass fixed\./);
});

test("each input says what the map does with it: an axis, or held at a value in its own unit", () => {
  const state = shownWith(four({ across: 3, up: 0 }));
  assert.deepEqual([3, 0].map((d) => inputCaption(state, d)?.said), ["across the map", "up the map"]);
  assert.deepEqual(inputCaption(state, 1), { texts: ["held at 2.50", "at 2.50", "2.50"], said: "held at 2.50 cm" });
  assert.equal(inputCaption({ ...state, carried: [0, 0, 1, 0] }, 2)?.said, "held at 4800 g");
  const components = shownWith(four({ components: COMPONENTS }));
  assert.equal(inputCaption({ ...components, slice: sliceOf(components.header, [0, 0, 0, 0]) }, 1), null);
  assert.equal(inputCaption(shownWith(), 0), null);
});

test("a slider moves the probe at once, the slice with it, and asks the server for the rest", () => {
  const state = shownWith(four()), requests = makeRecorder();
  const moves = makeProbeMoves(state, requests, () => {});
  followSlice(state);
  const before = state.slice;
  moves.slide(3, -0.5, false);
  assert.deepEqual(state.carried, [0.5, -1, 0.25, -0.5]);
  assert.notEqual(state.slice, before);
  assert.equal(state.slice.origin[3], -0.5);
  assert.deepEqual(requests.sent.at(-1), { kind: "probe", change: { values: [0.5, -1, 0.25, -0.5] } });
  assert.equal(probeNote(state.header), "");
});

test("the plane is told in words, with units and loadings", () => {
  const state = shownWith(four());
  assert.equal(sliceWords(state), "width over length at mass 4200 g, age 3.00");
  assert.deepEqual(heldInputs(state), [2, 3]);
  const words = planeWords(state);
  assert.match(words, /^with length \(cm\) across from 3 to 7 and width \(cm\) up from 1\.5 to 3\.5: width/);
  assert.equal(loadingWords(state), "");
  const shown = shownWith(four({ components: COMPONENTS }));
  assert.match(loadingWords(shown), /1st component: length \(cm\) 0\.600, width \(cm\) 0\.800/);
  const kept = "The other 2 components are held at 0. The two shown keep 81.4 % of the variance.";
  assert.equal(componentWords(shown), kept);
  assert.equal(sliceWords(shownWith()), "");
});
