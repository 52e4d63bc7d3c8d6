// The keys of the drawing, and where the arrows lead.

import assert from "node:assert/strict";
import { test } from "node:test";

import { actOf, movedCross } from "../../../../../pages/playground/own_data/draw/keys.js";

/** @param {string} key @param {object} [held] */
const act = (key, held = {}) =>
  actOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

test("each key has its act", () => {
  assert.deepEqual(
    [" ", "Enter", "Delete", "Backspace", "e", "E", "1", "9", "0", "ArrowUp", "x"].map((key) => act(key)),
    ["place", "spray", "erase", "erase", "eraser", "eraser", "class 0", "class 8", "class 9", "ArrowUp", null],
  );
});

test("Ctrl and Cmd undo and do again, and leave everything else to the browser", () => {
  assert.equal(act("z", { ctrlKey: true }), "undo");
  assert.equal(act("Z", { ctrlKey: true, shiftKey: true }), "redo");
  assert.equal(act("y", { metaKey: true }), "redo");
  assert.equal(act("1", { ctrlKey: true }), null);
  assert.equal(act("ArrowLeft", { altKey: true }), null);
});

test("an arrow moves the cross-hair to the next quarter, with Shift by a twentieth, and not off the plane", () => {
  assert.deepEqual(movedCross({ x1: 0.1, x2: 1.234 }, "ArrowRight", 6), { x1: 0.25, x2: 1.234 });
  assert.deepEqual(movedCross({ x1: 0.1, x2: 1.25 }, "ArrowDown", 6), { x1: 0.1, x2: 1 });
  const fine = act("ArrowUp", { shiftKey: true }) || "";
  assert.deepEqual(movedCross({ x1: 0.1, x2: 1.25 }, fine, 6), { x1: 0.1, x2: 1.3 });
  assert.deepEqual(movedCross({ x1: 6, x2: 0 }, "ArrowRight", 6), { x1: 6, x2: 0 });
});
