// What is said of a drawing, and which coordinates are read.

import assert from "node:assert/strict";
import { test } from "node:test";

import { pageOf, pageText } from "../../../../../pages/playground/own_data/draw/points-table.js";
import { placeOf } from "../../../../../pages/playground/own_data/draw/plane.js";
import { splitOf } from "../../../../../pages/playground/own_data/draw/tools.js";
import {
  changeText, className, coordinateText, countText, readCoordinate,
} from "../../../../../pages/playground/own_data/draw/words.js";

/** @param {number} count */
const drawing = (count) => ({ points: Array(count).fill({ x1: 0, x2: 0, kind: 0 }), classes: ["0", "cat"] });

test("a change says how many points came or went, and how many there are", () => {
  assert.equal(changeText(drawing(0), drawing(1), 0, 20000), "1 point of class 0 added, 1 point in all.");
  assert.equal(changeText(drawing(1000), drawing(1200), 1, 20000), "200 points of cat added, 1,200 points in all.");
  assert.equal(changeText(drawing(5), drawing(2), 1, 20000), "3 points erased, 2 points in all.");
  assert.match(changeText(drawing(2), drawing(3), 0, 3), /A drawing has room for 3 points, and no more\.$/);
});

test("a class that is a number is called a class, another one by its name", () => {
  assert.deepEqual([className("7"), className("cat"), className("7b")], ["class 7", "cat", "7b"]);
});

test("coordinates are read as they may be written, and nothing else is", () => {
  const read = ["1.5", "−1,5", " -2 ", "+.5", "3.", "1e-3"].map(readCoordinate);
  assert.deepEqual(read, [1.5, -1.5, -2, 0.5, 3, 0.001]);
  const wrong = ["", "x", "1 2", "0x10", "Infinity", "1,2,3", "--1", "1e"];
  assert.deepEqual(wrong.map(readCoordinate), wrong.map(() => NaN));
});

test("a coordinate is written to its last digit, so that it is read back as it is", () => {
  const values = [0.1 + 0.2, -5.123456789012345, 1e-7, 0];
  assert.deepEqual(values.map(coordinateText).map(readCoordinate), values);
});

test("pages begin at every tenth point", () => {
  assert.deepEqual([pageOf(0), pageOf(9), pageOf(10), pageOf(-1)], [0, 0, 10, 0]);
  assert.deepEqual([pageText(0, 0), pageText(10, 15)], ["no points", "11 to 15 of 15"]);
});

test("counts have their thousands apart, and the split leaves at least one point for training", () => {
  assert.equal(countText(20000), "20,000");
  assert.deepEqual([splitOf(0, 0.5), splitOf(1, 0.1), splitOf(158, 0.5)], [[0, 0], [1, 0], [79, 79]]);
});

test("the plane's corners are the domain's", () => {
  assert.deepEqual(placeOf(0, 0, 600, 6), { x1: -6, x2: 6 });
  assert.deepEqual(placeOf(450, 600, 600, 6), { x1: 3, x2: -6 });
});
