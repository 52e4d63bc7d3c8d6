// The pixels of the map.

import { test } from "node:test";
import assert from "node:assert/strict";

import { SURE } from "../../../../pages/live/kit/colors.js";
import { paintClasses, paintProbability, paintValues } from "../../../../pages/playground/player/map-raster.js";

/** @typedef {import("../../../../pages/live/kit/colors.js").Colors} Colors */

/** Shades without a hatching. @param {Int32Array} pixels */
const unlined = (pixels) => ({ plain: pixels, lined: pixels });

/** Shades that are the number of the shade; those of class k start at 1000 · k. @param {number} length */
const counted = (length, start = 0) => Int32Array.from({ length }, (_, k) => start + k);

const MISSING = -7; // the pixel of "not a number"
const colors = /** @type {Colors} */ (/** @type {unknown} */ ({
  missing: MISSING,
  classTile: [0, 1, 2].map((k) => unlined(counted(256, 1000 * k))),
  classSure: [0, 1, 2].map((k) => counted(SURE + 1, 1000 * k)),
}));

test("a map's 16-bit numbers take one of 512 shades, from the place where it begins", () => {
  const pixels = new Int32Array(4);
  const valueAt = paintValues(pixels, new Int16Array([1, 1, -32768, -32000, 0, 32000]), 2, unlined(counted(512)));
  assert.deepEqual([...pixels], [0, 6, 256, 506]);
  assert.deepEqual([1, 2, 3].map(valueAt), [-32000, 0, 32000]);
});

test("every sixth diagonal of a map is a line of the hatching", () => {
  const side = 7, pixels = new Int32Array(side ** 2);
  paintValues(pixels, new Int16Array(side ** 2), 0, { plain: counted(512), lined: counted(512, 1000) });
  pixels.forEach((pixel, k) => assert.equal(pixel >= 1000, (Math.floor(k / side) + (k % side)) % 6 === 0, `${k}`));
});

test("no number on the map has no place on either side of a boundary", () => {
  const valueAt = paintValues(new Int32Array(1), new Int16Array([-32768]), 0, unlined(counted(512)));
  assert.ok(Number.isNaN(valueAt(0)));
});

test("a probability takes the shades of its class, discretized by whether it is above ½", () => {
  const pixels = new Int32Array(4), maps = new Int16Array([9, 9, 9, 9, -32768, -32000, 0, 16000]);
  const valueAt = paintProbability(pixels, maps, 1, colors, false);
  assert.deepEqual([...pixels], [MISSING, 1001, 1128, 1192]);
  assert.deepEqual([1, 2, 3].map(valueAt), [-32000, 0, 16000]);
  paintProbability(pixels, maps, 1, colors, true);
  assert.deepEqual([...pixels], [MISSING, 1001, 1001, 1255]);
});

test("the likeliest class wins a pixel, the first of equals", () => {
  const pixels = new Int32Array(3), winner = new Uint8Array(3);
  paintClasses(pixels, winner, new Int16Array([5, 100, 7, 9, 50, 7, 8, 60, 7]), 3, colors, false);
  assert.deepEqual([...winner], [1, 0, 0]);
});

test("a class is pale where all are equally likely and full where it is certain; discretized it is always full", () => {
  const pixels = new Int32Array(3), winner = new Uint8Array(3), even = Math.round(-32000 / 3);
  const maps = new Int16Array([even, 32000, -32768, even, -32000, -32768, even, -32000, -32768]);
  paintClasses(pixels, winner, maps, 3, colors, false);
  assert.deepEqual([...pixels], [0, SURE, MISSING]);
  paintClasses(pixels, winner, maps, 3, colors, true);
  assert.deepEqual([...pixels], [SURE, SURE, MISSING]);
});
