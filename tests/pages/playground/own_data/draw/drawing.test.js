// What is done to a drawing, and what of it is kept and used.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  BLANK, columnsOf, countsOf, nameRefusal, readDrawing, useRefusal, withClass, withName, withoutNear, withoutPoint,
  withPointAt, withPoints,
} from "../../../../../pages/playground/own_data/draw/drawing.js";

const LIMITS = { domain: 6, most: 4, classes: 10, longest: 5 };
const POINTS = [{ x1: 0, x2: 0, kind: 0 }, { x1: 1, x2: 0, kind: 1 }, { x1: 0.1, x2: 0.3, kind: 1 }];
const DRAWING = { points: POINTS, classes: ["0", "1", "2"] };

test("points are added as long as there is room", () => {
  assert.deepEqual(withPoints(DRAWING, POINTS, 4).points, [...POINTS, POINTS[0]]);
  assert.deepEqual(withPoints(DRAWING, POINTS, 3).points, POINTS);
  assert.deepEqual(DRAWING.points.length, 3, "the drawing before stays as it was");
});

test("the eraser takes what lies within its radius, and an idle one gives back the same drawing", () => {
  assert.deepEqual(withoutNear(DRAWING, { x1: 0, x2: 0 }, 0.5).points, [POINTS[1]]);
  assert.equal(withoutNear(DRAWING, { x1: 5, x2: 5 }, 0.5), DRAWING);
});

test("a point of the table is changed or deleted, and no other", () => {
  const moved = { x1: 2, x2: 3, kind: 2 };
  assert.deepEqual(withPointAt(DRAWING, 1, moved).points, [POINTS[0], moved, POINTS[2]]);
  assert.deepEqual(withoutPoint(DRAWING, 0).points, POINTS.slice(1));
});

test("a new class gets the first number that is free", () => {
  assert.deepEqual(withClass(BLANK).classes, ["0", "1", "2"]);
  assert.deepEqual(withClass({ points: [], classes: ["2", "cat"] }).classes, ["2", "cat", "3"]);
});

test("a name is refused where it is empty, long or taken, and a class keeps its own", () => {
  assert.equal(nameRefusal(DRAWING, 0, "cat", 5), "");
  assert.equal(nameRefusal(DRAWING, 0, "0", 5), "");
  assert.match(nameRefusal(DRAWING, 0, "", 5), /must have a name/);
  assert.match(nameRefusal(DRAWING, 0, "kitten", 5), /at most 5 characters. Got 6/);
  assert.match(nameRefusal(DRAWING, 0, "1", 5), /Another class/);
  assert.deepEqual(withName(DRAWING, 1, "cat").classes, ["0", "cat", "2"]);
});

test("a drawing can be used with points of two classes", () => {
  assert.equal(useRefusal(DRAWING), "");
  assert.match(useRefusal({ ...DRAWING, points: POINTS.slice(1) }), /at least two classes/);
  assert.match(useRefusal(BLANK), /at least two classes/);
});

test("its columns are the points' own numbers, without the classes after the last one used", () => {
  assert.deepEqual(columnsOf(DRAWING), { x1: [0, 1, 0.1], x2: [0, 0, 0.3], kind: [0, 1, 1], classes: ["0", "1"] });
  assert.deepEqual(countsOf(DRAWING), [1, 2, 0]);
  const last = { points: [{ x1: 0, x2: 0, kind: 2 }], classes: ["a", "b", "c"] };
  assert.deepEqual(columnsOf(last).classes, ["a", "b", "c"], "an unused one before the last keeps its colour");
});

test("a kept drawing is read as it was, through text and back", () => {
  assert.deepEqual(readDrawing(JSON.parse(JSON.stringify(DRAWING)), LIMITS), DRAWING);
});

const WRONG = [
  null, 3, {}, { points: POINTS, classes: ["0"] }, { points: POINTS, classes: ["0", "0"] },
  { points: POINTS, classes: ["0", 1] }, { points: POINTS, classes: ["0", "kitten"] },
  { points: [{ x1: 7, x2: 0, kind: 0 }], classes: ["0", "1"] },
  { points: [{ x1: null, x2: 0, kind: 0 }], classes: ["0", "1"] },
  { points: [{ x1: 0, x2: 0, kind: 2 }], classes: ["0", "1"] },
  { points: [{ x1: 0, x2: 0, kind: 0.5 }], classes: ["0", "1"] },
  { points: [null], classes: ["0", "1"] },
  { points: [...POINTS, ...POINTS], classes: ["0", "1"] },
];
WRONG.forEach((given, k) => test(`what is no drawing is not taken for one: ${k}`, () => {
  assert.equal(readDrawing(given, LIMITS), null);
}));
