// Strokes of the brush: points, clouds, sprays, the eraser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cloud, makeSpray, pointAt } from "../../../../../pages/playground/own_data/draw/brush.js";
import { BLANK } from "../../../../../pages/playground/own_data/draw/drawing.js";
import { makeStroke } from "../../../../../pages/playground/own_data/draw/stroke.js";

const LIMITS = { domain: 6, most: 20, classes: 10, longest: 80 };
const BRUSH = { kind: 1, width: 1, density: 4, erases: false }, ERASER = { ...BRUSH, erases: true };

/** Numbers that come again in each test. */
function numbers() {
  let state = 1;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

test("a point is kept to a thousandth, without a minus on 0", () => {
  assert.deepEqual(pointAt({ x1: 1.23456, x2: -0.0001 }, 2), { x1: 1.235, x2: 0, kind: 2 });
  assert.ok(Object.is(pointAt({ x1: 0, x2: -0.0001 }, 2).x2, 0));
});

test("a spray leaves its density of points on each unit of way, however the way is cut up", () => {
  const [whole, cut] = [0, 1].map(() => makeSpray(BRUSH, { x1: -2, x2: 0 }, 6, numbers()));
  const points = whole({ x1: 1, x2: 0 });
  const pieces = Array.from({ length: 30 }, (_, k) => cut({ x1: -2 + (k + 1) / 10, x2: 0 })).flat();
  assert.equal(points.length, 13, "one at once, and four on each of three units");
  assert.ok(Math.abs(pieces.length - points.length) <= 1);
});

test("all points of a spray lie within half the brush's width of its way", () => {
  const points = makeSpray({ ...BRUSH, density: 40 }, { x1: -2, x2: 1 }, 6, numbers())({ x1: 2, x2: 1 });
  assert.ok(points.every(({ x1, x2 }) => Math.abs(x2 - 1) <= 0.501 && Math.abs(x1) <= 2.501));
  assert.ok(points.some(({ x2 }) => x2 > 1.3) && points.some(({ x2 }) => x2 < 0.7));
});

test("a cloud fills the brush evenly, and none of it lies beyond the plane", () => {
  const brush = { ...BRUSH, width: 4, density: 400 }, inside = cloud({ x1: 0, x2: 0 }, brush, 6, numbers());
  const near = inside.filter(({ x1, x2 }) => Math.hypot(x1, x2) <= 1).length;
  assert.equal(inside.length, 400);
  assert.ok(near > 70 && near < 130, `a quarter of the area has about a quarter of the points: ${near}`);
  const edge = cloud({ x1: 6, x2: 6 }, brush, 6, numbers());
  assert.ok(edge.length < 200 && edge.every(({ x1, x2 }) => x1 <= 6 && x2 <= 6));
});

test("a stroke that doesn't move is one point, exactly there", () => {
  const stroke = makeStroke(BLANK, BRUSH, { x1: 1, x2: -2 }, LIMITS, numbers());
  assert.deepEqual(stroke.end().points, [{ x1: 1, x2: -2, kind: 1 }]);
});

test("a stroke that moves grows the drawing as it goes, up to the most points", () => {
  const stroke = makeStroke(BLANK, BRUSH, { x1: -5, x2: 0 }, LIMITS, numbers());
  stroke.to({ x1: -4, x2: 0 });
  assert.equal(stroke.live.points.length, 5);
  stroke.to({ x1: 5, x2: 0 });
  assert.equal(stroke.end().points.length, 20);
  assert.deepEqual(BLANK.points, []);
});

test("an eraser takes what it touches, and a stroke over nothing is none", () => {
  const drawing = { ...BLANK, points: [{ x1: 0, x2: 0, kind: 0 }, { x1: 2, x2: 0, kind: 0 }] };
  const stroke = makeStroke(drawing, ERASER, { x1: 0.2, x2: 0 }, LIMITS, numbers());
  assert.equal(stroke.live.points.length, 1);
  stroke.to({ x1: 2.4, x2: 0 });
  assert.deepEqual(stroke.end().points, []);
  const idle = makeStroke(drawing, ERASER, { x1: 5, x2: 5 }, LIMITS, numbers());
  idle.to({ x1: 5, x2: 4 });
  assert.equal(idle.end(), drawing);
});
