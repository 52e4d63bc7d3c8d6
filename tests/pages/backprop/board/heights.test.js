// node --test tests/pages/backprop/board/heights.test.js

import assert from "node:assert/strict";
import test from "node:test";

import { MOST_KEPT, keptHeights } from "../../../../pages/backprop/board/heights.js";

test("each panel keeps the height of its own highest step", () => {
  const steps = [{ step: 474, matrices: 253 }, { step: 640, matrices: 144 }];
  assert.deepEqual(keptHeights(steps), { step: 640, matrices: 253 });
});

test("a step that is higher than is sensible keeps no more room than that", () => {
  assert.equal(keptHeights([{ step: 474, matrices: 0 }, { step: 9000, matrices: 0 }]).step, MOST_KEPT);
});
