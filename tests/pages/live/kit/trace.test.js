import assert from "node:assert/strict";
import { test } from "node:test";

import { makeTrace } from "../../../../pages/live/kit/trace.js";

test("lines, curves and boxes are written as SVG writes them", () => {
  const trace = makeTrace();
  trace.moveTo(1, 2);
  trace.lineTo(3.00049, -4);
  trace.bezierCurveTo(1, 2, 3, 4, 5, 6);
  trace.closePath();
  trace.rect(0, 1, 10, 20);
  assert.equal(trace.d, "M1 2L3 -4C1 2 3 4 5 6ZM0 1h10v20h-10Z");
});

test("a line or an arc without a beginning begins where it is", () => {
  const line = makeTrace(), arc = makeTrace();
  line.lineTo(1, 2);
  line.lineTo(3, 4);
  arc.arc(0, 0, 2, Math.PI, 0);
  assert.equal(line.d, "M1 2L3 4");
  assert.equal(arc.d, "M-2 0A2 2 0 0 1 0 -2A2 2 0 0 1 2 0");
});

test("a turn of more than a circle is one circle, and against the clock it goes the other way", () => {
  const whole = makeTrace(), back = makeTrace();
  whole.arc(5, 5, 1, 0, 7);
  back.arc(0, 0, 1, 0, Math.PI, true);
  assert.equal(whole.d, "M6 5A1 1 0 0 1 4 5A1 1 0 0 1 6 5");
  assert.equal(back.d, "M1 0A1 1 0 0 0 0 -1A1 1 0 0 0 -1 0");
});

test("round corners are no larger than half a box", () => {
  const trace = makeTrace();
  trace.roundRect(0, 0, 4, 2, 9);
  assert.equal(trace.d, "M1 0h2a1 1 0 0 1 1 1v0a1 1 0 0 1 -1 1h-2a1 1 0 0 1 -1 -1v0a1 1 0 0 1 1 -1Z");
});

test("a path that is begun goes on", () => {
  const trace = makeTrace("M0 0L1 1");
  trace.lineTo(2, 2);
  assert.equal(trace.d, "M0 0L1 1L2 2");
});
