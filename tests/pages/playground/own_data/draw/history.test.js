// Undo and redo.

import assert from "node:assert/strict";
import { test } from "node:test";

import { BLANK, withClass } from "../../../../../pages/playground/own_data/draw/drawing.js";
import { makeHistory } from "../../../../../pages/playground/own_data/draw/history.js";

const SECOND = withClass(BLANK), THIRD = withClass(SECOND);

test("what was done is undone in turn, and done again", () => {
  const history = makeHistory(BLANK);
  history.take(SECOND);
  history.take(THIRD);
  history.undo();
  assert.equal(history.present, SECOND);
  history.undo();
  assert.equal(history.present, BLANK);
  assert.equal(history.canUndo, false);
  history.undo();
  history.redo();
  history.redo();
  assert.equal(history.present, THIRD);
  assert.equal(history.canRedo, false);
});

test("another step ends what could be done again", () => {
  const history = makeHistory(BLANK);
  history.take(SECOND);
  history.undo();
  history.take(THIRD);
  assert.equal(history.canRedo, false);
  history.redo();
  assert.equal(history.present, THIRD);
});

test("the same drawing again is no step", () => {
  const history = makeHistory(BLANK);
  history.take(BLANK);
  assert.equal(history.canUndo, false);
});

test("of many steps the last hundred can be undone", () => {
  const history = makeHistory(BLANK);
  for (let k = 0; k < 150; k++) history.take({ ...BLANK });
  let steps = 0;
  for (; history.canUndo; steps++) history.undo();
  assert.equal(steps, 100);
});
