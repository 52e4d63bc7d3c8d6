import assert from "node:assert/strict";
import { test } from "node:test";

/** What the page's own fields are here: an element within one of them. */
class FakeElement extends EventTarget {
  /** @param {boolean} inField */
  constructor(inField) {
    super();
    this.inField = inField;
  }

  /** @param {string} selector */
  closest(selector) { return this.inField && selector.includes("input") && selector.includes("[role=slider]"); }
}

/** A window; Node takes a boolean for what it is when a listener is added, but not when it is removed. */
class FakeWindow extends EventTarget {
  /** @param {string} type @param {EventListener} listener @param {boolean} capture @override */
  removeEventListener(type, listener, capture) { super.removeEventListener(type, listener, { capture }); }
}

const page = new FakeWindow();
Object.assign(globalThis, { window: page, Element: FakeElement });
const { listenForKeys, playerAction } = await import("../../../../pages/live/kit/keys.js");

const PLAIN = { key: "", shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const STATE = { playing: false, header: { undo: 1 } };

/** @param {string} key @param {Partial<typeof PLAIN>} [held] @param {Parameters<typeof playerAction>[1]} [state] */
const action = (key, held, state = STATE) => playerAction({ ...PLAIN, key, ...held }, state);

test("space plays or pauses, arrows step", () => {
  assert.equal(action(" "), "play");
  assert.equal(action(" ", {}, { ...STATE, playing: true }), "pause");
  assert.deepEqual(["ArrowRight", "ArrowLeft", "a"].map((key) => action(key)), ["step", "step-back", null]);
});

test("only Shift+R resets", () => {
  assert.equal(action("R", { shiftKey: true }), "reset");
  assert.equal(action("r"), null);
});

test("Ctrl+Z and ⌘Z undo where there is something to undo; with Shift they don't", () => {
  assert.equal(action("z", { ctrlKey: true }), "undo");
  assert.equal(action("Z", { metaKey: true }), "undo");
  assert.equal(action("z", { ctrlKey: true, shiftKey: true }), null);
  assert.equal(action("z", { ctrlKey: true }, { ...STATE, header: { undo: 0 } }), null);
  assert.equal(action("z", { ctrlKey: true }, { ...STATE, header: null }), null);
});

test("with Alt or Ctrl the other keys are the browser's", () => {
  assert.equal(action(" ", { altKey: true }), null);
  assert.equal(action("ArrowRight", { ctrlKey: true }), null);
});

/**
 * Presses a key on a page that listens, and returns the actions and whether the event was used up.
 * @param {{ key?: string, type?: string, repeat?: boolean, inField?: boolean, ready?: boolean, stop?: boolean }} press
 */
function pressed({ key = " ", type = "keydown", repeat = false, inField = false, ready = true, stop = false }) {
  /** @type {string[]} */
  const done = [];
  const actions = Object.fromEntries(["play", "step"].map((name) => [name, () => { done.push(name); }]));
  const end = listenForKeys({ ...STATE, header: ready ? STATE.header : null }, actions);
  if (stop) end();
  const event = new Event(type, { cancelable: true });
  Object.assign(event, { ...PLAIN, key, repeat, composedPath: () => [new FakeElement(inField)] });
  page.dispatchEvent(event);
  end();
  return [done.join(), event.defaultPrevented];
}

test("a key does its action once, when it goes down, and nothing else of the page gets it", () => {
  assert.deepEqual(pressed({}), ["play", true]);
  assert.deepEqual(pressed({ type: "keyup" }), ["", true]);
  assert.deepEqual(pressed({ key: "a" }), ["", false]);
});

test("a held key repeats its action only if it is an arrow", () => {
  assert.deepEqual(pressed({ repeat: true }), ["", true]);
  assert.deepEqual(pressed({ key: "ArrowRight", repeat: true }), ["step", true]);
});

test("keys within a field are the field's, and nothing happens before the first header or after the end", () => {
  assert.deepEqual(pressed({ inField: true }), ["", false]);
  assert.deepEqual(pressed({ ready: false }), ["", false]);
  assert.deepEqual(pressed({ stop: true }), ["", false]);
});
