// A pointer on the plane: clicks, drags, what cancels them, and what hovers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { BLANK } from "../../../../../pages/playground/own_data/draw/drawing.js";
import { makeHistory } from "../../../../../pages/playground/own_data/draw/history.js";
import { listenForStrokes } from "../../../../../pages/playground/own_data/draw/pointer.js";

const SIDE = 120; // px: a tenth of a unit each

/** A view with a plane of SIDE pixels, and a function that sends it an event at a pixel. */
function watched() {
  /** @type {Record<string, ((event: any) => void)[]>} */
  const heard = {};
  const node = {
    /** @param {string} type @param {(event: any) => void} listener */
    addEventListener(type, listener) { (heard[type] ||= []).push(listener); },
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    setPointerCapture() {}, setAttribute() {}, removeAttribute() {},
  };
  const history = makeHistory(BLANK);
  /** @type {any} */
  const view = {
    plane: { node, side: SIDE }, history, stroke: null, cross: { x1: 0, x2: 0 }, follow() {},
    limits: { domain: 6, most: 100, classes: 10, longest: 80 },
    brush: { kind: 0, width: 1, density: 4, erases: false },
    take: history.take,
  };
  listenForStrokes(view);
  /** @param {string} type @param {number} x @param {number} y @param {object} [more] */
  function send(type, x, y, more = {}) {
    const event = { pointerId: 1, isPrimary: true, button: 0, pointerType: "mouse", clientX: x, clientY: y, ...more };
    for (const listener of heard["pointer" + type]) listener(event);
  }
  return { view, history, send };
}

test("a click is one point exactly there, also with a hand that trembles", () => {
  const { history, send } = watched();
  send("down", 70, 50);
  send("move", 72, 51);
  send("up", 72, 51);
  assert.deepEqual(history.present.points, [{ x1: 1, x2: 1, kind: 0 }]);
});

test("a drag is one step, which is undone as a whole", () => {
  const { history, send } = watched();
  send("down", 20, 60);
  for (let x = 25; x <= 60; x += 5) send("move", x, 60);
  send("up", 60, 60);
  assert.ok(history.present.points.length > 10);
  history.undo();
  assert.deepEqual(history.present, BLANK);
});

test("a page that scrolls takes the stroke back", () => {
  const { history, send, view } = watched();
  send("down", 20, 60, { pointerType: "touch" });
  send("move", 50, 60, { pointerType: "touch" });
  send("cancel", 50, 60, { pointerType: "touch" });
  assert.equal(view.stroke, null);
  assert.equal(history.canUndo, false);
});

test("a second finger takes the stroke back, and draws nothing itself", () => {
  const { history, send } = watched();
  send("down", 20, 60, { pointerType: "touch" });
  send("down", 90, 60, { pointerType: "touch", pointerId: 2, isPrimary: false });
  send("move", 50, 20, { pointerType: "touch", pointerId: 2, isPrimary: false });
  send("up", 50, 20, { pointerType: "touch", pointerId: 2, isPrimary: false });
  send("up", 20, 60, { pointerType: "touch" });
  assert.equal(history.canUndo, false);
});

test("another button of the mouse draws nothing", () => {
  const { history, send } = watched();
  send("down", 20, 60, { button: 2 });
  send("up", 20, 60, { button: 2 });
  assert.equal(history.canUndo, false);
});

test("a mouse takes the cross-hair along, a finger only while it draws", () => {
  const { view, send } = watched();
  send("move", 90, 30);
  assert.deepEqual(view.cross, { x1: 3, x2: 3 });
  send("move", 10, 10, { pointerType: "touch" });
  assert.deepEqual(view.cross, { x1: 3, x2: 3 });
});
