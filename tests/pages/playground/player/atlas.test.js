// Tiles in one raster, and the colours of biases.

import { test } from "node:test";
import assert from "node:assert/strict";

import { paintTile } from "../../../../pages/playground/player/atlas.js";
import { biasLevel } from "../../../../pages/playground/player/sprites.js";

const SIDE = 2, WIDE = 16 * SIDE; // an atlas has 16 tiles in a row
const plain = Int32Array.from({ length: 256 }, (_, q) => 1000 + q), lined = plain.map((pixel) => pixel + 1000);
const shades = { plain, lined };

test("a tile is painted row by row at its place, and nothing beside it", () => {
  const pixels = new Int32Array(2 * SIDE * WIDE), values = new Uint8Array([9, 9, 9, 9, 1, 2, 3, 4]);
  paintTile(pixels, SIDE, 17, values, 1, shades); // second row, second column
  const corner = SIDE * WIDE + SIDE;
  assert.deepEqual([...pixels.subarray(corner, corner + 2)], [2001, 1002]); // the first lies on a hatching line
  assert.deepEqual([...pixels.subarray(corner + WIDE, corner + WIDE + 2)], [1003, 1004]);
  assert.equal(pixels.filter((pixel) => pixel !== 0).length, 4);
});

test("a bias has one of 16 levels for each sign, the last from 1 on", () => {
  assert.deepEqual([0.5, 1, 7, -0.25, -9].map(biasLevel), [8, 16, 16, -4, -16]);
});

test("a tiny negative bias keeps its sign, and one that is no number is drawn as 0", () => {
  assert.ok(biasLevel(-1e-6) < 0 && biasLevel(-1e-6) > -1);
  assert.equal(biasLevel(1e-6), 0);
  assert.equal(biasLevel(NaN), 0);
});
