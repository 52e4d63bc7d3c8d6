import assert from "node:assert/strict";
import { test } from "node:test";

/** A part of the page that one of these simple selectors finds. */
class FakeElement extends EventTarget {
  /** @param {string[]} kinds */
  constructor(kinds) {
    super();
    this.kinds = kinds;
  }

  /** @param {string} selector */
  closest(selector) { return selector.split(/, ?/).some((kind) => this.kinds.includes(kind)) ? this : null; }
}

/** A window; Node takes a boolean for what it is when a listener is added, but not when it is removed. */
class FakeWindow extends EventTarget {
  /** @param {string} type @param {EventListener} listener @param {boolean} capture @override */
  removeEventListener(type, listener, capture) { super.removeEventListener(type, listener, { capture }); }
}

const page = new FakeWindow();
const open = { dialog: false };
const document = { querySelector: () => (open.dialog ? new FakeElement([]) : null) };
Object.assign(globalThis, { window: page, Element: FakeElement, document });
const { isUsedBy, listenForKeys, playerAction } = await import("../../../../pages/live/kit/keys.js");

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
 * Whether a key belongs to a part of the page.
 * @param {string} key
 * @param {string[]} kinds
 */
const used = (key, ...kinds) => isUsedBy(/** @type {any} */ (new FakeElement(kinds)), key);

test("the space presses a button and what is like one", () => {
  const roles = ["button", "checkbox", "switch", "tab", "radio"].map((role) => `[role=${role}]`);
  for (const kind of ["button", "summary", "input", ...roles]) assert.ok(used(" ", kind), kind);
});

test("a plane to draw on has all keys for itself", () => {
  for (const key of [" ", "ArrowRight", "R", "z"]) assert.ok(used(key, "[role=application]"), key);
});

test("the space plays on the play button, on a scrubber, on links and everywhere else", () => {
  assert.ok(!used(" ", "button", "[data-action=play]"));
  assert.ok(!used(" ", "button", "[data-action=pause]"));
  assert.ok(!used(" ", "input", "input[type=range]"));
  assert.ok(!used(" ", "a") && !used(" "));
});

test("arrows belong to fields and sliders, not to buttons", () => {
  for (const kind of ["input", "select", "[role=slider]", "[role=radio]"]) assert.ok(used("ArrowRight", kind), kind);
  assert.ok(used("ArrowRight", "input", "input[type=range]"));
  assert.ok(!used("ArrowRight", "button"));
});

/**
 * @typedef {object} Press
 * @property {string} [key]
 * @property {string} [type]
 * @property {boolean} [repeat]
 * @property {string[]} [on] what the part is that has the keyboard
 * @property {boolean} [ready] whether the first header has come
 * @property {boolean} [stop] whether the listening has ended
 * @property {boolean} [closes] whether the view has something open
 * @property {boolean} [handled] whether something nearer has used the key
 */

/**
 * Presses a key on a page that listens, and returns what was done and whether the event was used up.
 * @param {Press} press
 */
function pressed({ key = " ", type = "keydown", on = [], ready = true, stop = false, ...press }) {
  /** @type {string[]} */
  const done = [];
  const actions = Object.fromEntries(["play", "step"].map((name) => [name, () => { done.push(name); }]));
  const root = /** @type {any} */ ({ focus: () => { done.push("focus"); } });
  const close = () => {
    if (press.closes) done.push("close");
    return Boolean(press.closes);
  };
  const end = listenForKeys(root, { ...STATE, header: ready ? STATE.header : null }, actions, { close });
  if (stop) end();
  const event = new Event(type, { cancelable: true }), { repeat = false } = press;
  Object.assign(event, { ...PLAIN, key, repeat, composedPath: () => [new FakeElement(on)] });
  if (press.handled) event.preventDefault();
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
  assert.deepEqual(pressed({ on: ["input"] }), ["", false]);
  assert.deepEqual(pressed({ ready: false }), ["", false]);
  assert.deepEqual(pressed({ stop: true }), ["", false]);
});

test("a focused button gets the space for itself, the play button doesn't", () => {
  assert.deepEqual(pressed({ on: ["button"] }), ["", false]);
  assert.deepEqual(pressed({ on: ["button", "[data-action=play]"] }), ["play", true]);
});

test("Esc leads to the view, and nothing is used up", () => {
  assert.deepEqual(pressed({ key: "Escape" }), ["focus", false]);
  assert.deepEqual(pressed({ key: "Escape", on: ["input"] }), ["focus", false]);
  assert.deepEqual(pressed({ key: "Escape", type: "keyup" }), ["", false]);
  assert.deepEqual(pressed({ key: "Escape", stop: true }), ["", false]);
});

test("Esc leads nowhere where something is open, has used it, or may be open", () => {
  open.dialog = true;
  assert.deepEqual(pressed({ key: "Escape" }), ["", false]);
  open.dialog = false;
  assert.deepEqual(pressed({ key: "Escape", closes: true }), ["close", false]);
  assert.deepEqual(pressed({ key: "Escape", handled: true }), ["", true]);
  assert.deepEqual(pressed({ key: "Escape", on: ["select"] }), ["", false]);
});

test("a key does nothing where the link locks or hides its action, and no one else hears it either", () => {
  Object.assign(globalThis, { "backprop-lesson": { hide: ["reset"], lock: ["play"], alone: false, locked: "" } });
  /** @type {string[]} */
  const done = [];
  const actions = Object.fromEntries(["play", "pause", "step", "reset"].map((name) => [name, () => done.push(name)]));
  const root = /** @type {any} */ ({ focus() {} });
  const stop = listenForKeys(root, STATE, actions);
  const others = [" ", "R", "ArrowRight"].map((key) => {
    const event = new Event("keydown", { cancelable: true });
    Object.assign(event, { ...PLAIN, key, shiftKey: key === "R", composedPath: () => [page] });
    page.dispatchEvent(event);
    return event.defaultPrevented;
  });
  stop();
  Reflect.deleteProperty(globalThis, "backprop-lesson");
  assert.deepEqual(done, ["step"]);
  assert.deepEqual(others, [true, true, true]);
});
