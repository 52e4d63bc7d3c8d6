// How the keyboard goes through the links and the bias of a neuron.

import { test } from "node:test";
import assert from "node:assert/strict";

import {
  arrowStep, parameterBeside, parameterInto, walkAction,
} from "../../../../pages/playground/player/walk.js";

const net = { dims: [2, 3, 1], hasBias: true }, neuron = { l: 1, j: 0 };

/** @param {string} key @param {Record<string, boolean>} [modifiers] */
const stroke = (key, modifiers) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...modifiers });

test("after the links of a neuron comes its bias", () => {
  assert.deepEqual(parameterInto(net, { l: 0, j: 2 }, 1), { kind: "link", l: 0, i: 1, j: 2 });
  assert.deepEqual(parameterInto(net, { l: 0, j: 2 }, 2), { kind: "bias", l: 0, i: 2, j: 2 });
});

/** All that the arrow down, or up, leads to. @param {typeof net} within @param {1 | -1} by */
function round(within, by) {
  const steps = [];
  let walk = parameterInto(within, neuron, 0);
  for (let k = 0; k < 4; k++) steps.push((walk = parameterBeside(within, walk, by)).i);
  return { steps, last: walk };
}

test("the walk goes round through links and bias, in both directions", () => {
  assert.deepEqual(round(net, 1).steps, [1, 2, 3, 0]);
  assert.deepEqual(round(net, -1).steps, [3, 2, 1, 0]);
  assert.deepEqual(round(net, 1).last, { kind: "link", l: 1, i: 0, j: 0 });
});

test("without biases the walk goes round through the links", () => {
  assert.deepEqual(round({ ...net, hasBias: false }, 1).steps, [1, 2, 0, 1]);
});

test("arrows go down and up", () => {
  assert.deepEqual(["ArrowDown", "ArrowUp", "ArrowLeft", "a"].map(arrowStep), [1, -1, null, null]);
});

test("Enter begins the walk and edits where it has come to", () => {
  assert.deepEqual([walkAction(stroke("Enter"), false), walkAction(stroke("Enter"), true)], ["begin", "edit"]);
});

test("Escape ends the walk and is left to others without one", () => {
  assert.deepEqual([walkAction(stroke("Escape"), true), walkAction(stroke("Escape"), false)], ["end", null]);
});

test("arrows go through links on a walk, and through neurons otherwise", () => {
  assert.deepEqual([walkAction(stroke("ArrowUp"), true), walkAction(stroke("ArrowDown"), false)], ["link", "neuron"]);
});

test("other keys, and those with Ctrl, Cmd or Alt, are left to others", () => {
  assert.equal(walkAction(stroke("Tab"), true), null);
  for (const key of ["ctrlKey", "metaKey", "altKey"]) {
    assert.equal(walkAction(stroke("Enter", { [key]: true }), false), null);
  }
});
