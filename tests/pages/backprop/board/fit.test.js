import assert from "node:assert/strict";
import { test } from "node:test";

import { LEAST_SCALE, lineScale } from "../../../../pages/backprop/board/fit.js";

test("a line that fits with its gaps stays as it is", () => {
  assert.equal(lineScale(424, [200, 200]), 1); // gaps: 6 for each part and 12
  assert.equal(lineScale(423, [200, 200]), 0.98);
});

test("a line that is a little too long shrinks to the room, in steps of 0.02", () => {
  assert.equal(lineScale(90, [82]), 0.9); // 90 of 100
  assert.equal(lineScale(91.9, [82]), 0.9);
});

test("a line that would get too small breaks: only its widest part has to fit", () => {
  assert.equal(lineScale(300, [290, 290]), 1); // room for the widest and 4 px
  assert.equal(lineScale(270, [296, 100]), 0.9); // 270 of 300
});

test("no line gets smaller than the least scale", () => {
  assert.equal(lineScale(100, [500]), LEAST_SCALE);
});

test("a scaled line that doesn't break is never wider than the room", () => {
  for (let width = 300; width < 380; width += 7) {
    const scale = lineScale(330, [width]);
    if (scale > LEAST_SCALE) assert.ok((width + 4) * scale <= 330, `${width} at ${scale}`);
  }
});
