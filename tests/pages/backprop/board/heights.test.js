// node --test tests/pages/backprop/board/heights.test.js

import assert from "node:assert/strict";
import test from "node:test";

import { MOST_KEPT, keptHeights } from "../../../../pages/backprop/board/heights.js";

test("title and panels keep each the height of their own highest step", () => {
  const steps = [{ title: 32, step: 474, matrices: 253 }, { title: 60, step: 420, matrices: 144 }];
  assert.deepEqual(keptHeights(steps), { title: 60, step: 474, matrices: 253 });
});

test("a step that is higher than is sensible keeps no more room than that", () => {
  const sensible = { title: 32, step: 474, matrices: 0 };
  assert.equal(keptHeights([sensible, { ...sensible, step: 9000 }]).step, MOST_KEPT);
});
