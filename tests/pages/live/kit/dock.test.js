// node --test tests/pages/live/kit/dock.test.js

import assert from "node:assert/strict";
import test from "node:test";

import { leavesView } from "../../../../pages/live/kit/dock.js";

test("a bar leaves its view where it sticks and the view's end comes under it, and goes back above that", () => {
  assert.equal(leavesView("sticky", 52, 68, 121), false);
  assert.equal(leavesView("sticky", 52, 68, 119), true);
  assert.equal(leavesView("fixed", 52, 68, 119), true);
  assert.equal(leavesView("fixed", 52, 68, 121), false);
});

test("in a layout where it doesn't stick it stays in its view", () => {
  assert.equal(leavesView("static", 0, 68, -500), false);
  assert.equal(leavesView("relative", 0, 68, -500), false);
});
