// What is in focus, and what is asked of the server for it.

import { test } from "node:test";
import assert from "node:assert/strict";

import {
  focusKey, inspectionOf, inspectionRequest, isParameter, makeFocus, sameFocus, takeInspection,
} from "../../../../pages/playground/player/focus.js";
import { makeRecorder, shownWith } from "./made.js";

/** @typedef {import("../../../../pages/playground/player/types.js").Focus} Focus */
/** @typedef {import("../../../../pages/playground/player/types.js").Shown} Shown */
/** @typedef {import("../../../../pages/playground/player/types.js").NeuronFocus} NeuronFocus */

/** @param {number} l @param {number} j @returns {NeuronFocus} */
const neuron = (l, j) => ({ kind: "neuron", l, j });
/** @param {number} n @returns {Focus} */
const point = (n) => ({ kind: "point", n });
/** @param {number} l @param {number} i @param {number} j @returns {Focus} */
const link = (l, i, j) => ({ kind: "link", l, i, j });

/** @param {Focus} focus @param {Partial<Shown>} [changes] */
function focusedOn(focus, changes = {}) {
  return shownWith({}, { focus, mapped: focus.kind === "neuron" ? focus : null, ...changes });
}

/** What the server tells of a frame. @param {number} frame */
const inspected = (frame) => ({
  frame, gradient: new Float32Array(1), step: new Float32Array(1), outputs: new Float32Array(1),
  losses: new Float32Array(1),
});

test("each focus has another key", () => {
  const all = [
    null, neuron(0, 1), neuron(1, 0), point(1), point(10), link(0, 1, 2), link(0, 2, 1), link(1, 0, 2),
    /** @type {Focus} */ ({ kind: "bias", l: 0, i: 1, j: 2 }),
  ];
  assert.equal(new Set(all.map(focusKey)).size, all.length);
});

test("equal focuses are the same, whatever the order of their fields", () => {
  assert.ok(sameFocus(link(0, 1, 2), { j: 2, i: 1, l: 0, kind: "link" }));
  assert.ok(sameFocus(null, null));
  assert.ok(!sameFocus(null, point(0)));
});

test("links and biases are parameters, neurons and points are not", () => {
  assert.deepEqual([link(0, 0, 0), neuron(0, 0), point(0), null].map(isParameter), [true, false, false, false]);
  assert.ok(isParameter({ kind: "bias", l: 0, i: 2, j: 0 }));
});

test("an inspection counts only for the frame it was made of", () => {
  assert.ok(inspectionOf({ inspected: inspected(3), frame: { frame: 3 } }));
  assert.equal(inspectionOf({ inspected: inspected(3), frame: { frame: 4 } }), null);
  assert.equal(inspectionOf({ inspected: null, frame: { frame: 4 } }), null);
});

test("a neuron asks for nothing: its map is computed here", () => {
  for (const focus of [neuron(1, 0), neuron(2, 0)]) assert.equal(inspectionRequest(focusedOn(focus)), null);
});

test("links and points ask for gradient, outputs and losses, once a frame", () => {
  for (const focus of [link(0, 1, 2), point(1)]) {
    assert.deepEqual(inspectionRequest(focusedOn(focus)), { kind: "inspect" });
    assert.equal(inspectionRequest(focusedOn(focus, { inspected: inspected(0) })), null);
    assert.notEqual(inspectionRequest(focusedOn(focus, { inspected: inspected(7) })), null);
  }
});

test("nothing is asked for while the picture moves or nothing is in focus", () => {
  const focus = point(0);
  assert.equal(inspectionRequest(focusedOn(focus, { playing: true })), null);
  assert.equal(inspectionRequest(focusedOn(focus, { seek: 5 })), null);
  assert.equal(inspectionRequest(focusedOn(focus, { focus: null })), null);
});

test("what the server tells of a frame takes the place of what it told before", () => {
  const state = focusedOn(point(0), { inspected: inspected(0) });
  takeInspection(state, { inspected: 1 }, { gradient: new Float32Array([0.25]) });
  assert.deepEqual([state.inspected?.frame, state.inspected?.gradient[0]], [1, 0.25]);
});

test("a payload that tells nothing more leaves what is known", () => {
  const state = focusedOn(point(0), { inspected: inspected(0) }), known = state.inspected;
  takeInspection(state, {}, {});
  assert.equal(state.inspected, known);
});

/** A keeper of the focus, with how often it told of a change. */
function keeper() {
  const state = shownWith(), requests = makeRecorder(), told = { count: 0 };
  return { state, requests, told, focus: makeFocus(state, requests, () => { told.count++; }) };
}

test("what is hovered over comes before what is held", () => {
  const { state, focus } = keeper();
  focus.hold(neuron(0, 0));
  focus.hover(point(1));
  assert.deepEqual([state.focus, state.mapped], [point(1), neuron(0, 0)]);
  focus.hover(neuron(1, 1));
  assert.deepEqual(state.mapped, neuron(1, 1));
  focus.hover(null);
  assert.deepEqual([state.focus, state.mapped], [neuron(0, 0), neuron(0, 0)]);
});

test("while a weight is typed hovering changes nothing", () => {
  const { state, focus } = keeper();
  focus.hold(link(0, 0, 0));
  focus.type(true);
  focus.hover(neuron(1, 1));
  assert.deepEqual(state.focus, link(0, 0, 0));
  focus.type(false);
  assert.deepEqual(state.focus, neuron(1, 1));
});

test("a change is told once, also of what is held under the same focus", () => {
  const { focus, told } = keeper();
  focus.hover(point(1));
  focus.hover(point(1));
  assert.equal(told.count, 1);
  focus.hold(point(1));
  assert.equal(told.count, 2);
});

test("a new run forgets focus, hold and inspection", () => {
  const { state, focus } = keeper();
  state.inspected = inspected(0);
  focus.hold(neuron(0, 0));
  focus.hover(point(1));
  focus.type(true);
  focus.forget();
  assert.deepEqual([state.focus, state.held, state.mapped, state.inspected], [null, null, null, null]);
  assert.equal(state.typing, false);
  focus.hold(null);
  assert.equal(state.focus, null);
});

test("the server is asked once after 60 ms of rest, and not while it is being asked", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { focus, requests } = keeper();
  focus.hover(point(1));
  focus.ask();
  focus.ask();
  t.mock.timers.tick(59);
  assert.deepEqual(requests.sent, []);
  t.mock.timers.tick(1);
  assert.deepEqual(requests.sent, [{ kind: "inspect" }]);
  requests.waiting.add("inspect");
  focus.ask();
  t.mock.timers.tick(60);
  assert.equal(requests.sent.length, 1);
  requests.waiting.clear();
  focus.ask();
  t.mock.timers.tick(60);
  assert.equal(requests.sent.length, 2);
});

test("what was left in the meantime is not asked for", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { focus, requests } = keeper();
  focus.hover(point(1));
  focus.ask();
  focus.hover(null);
  t.mock.timers.tick(60);
  assert.deepEqual(requests.sent, []);
});
