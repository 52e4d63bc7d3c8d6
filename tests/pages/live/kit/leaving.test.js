// Which presses of a link lead to another page of the app.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isLeaving, leadsAway } from "../../../../pages/live/kit/leaving.js";

const PLAIN = { button: 0, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const HERE = { origin: "http://localhost:8501", pathname: "/class/" };

/** @param {string} href @param {string} [target] */
const link = (href, target = "") => ({ href, target });

test("a link to another page of the app leads away, with a query or without", () => {
  assert.equal(leadsAway(PLAIN, link("http://localhost:8501/class/backprop"), HERE), true);
  assert.equal(leadsAway(PLAIN, link("http://localhost:8501/class/backprop?net=classic"), HERE), true);
});

test("a place on this page, another site and no link at all don't", () => {
  assert.equal(leadsAway(PLAIN, link("http://localhost:8501/class/?net=8#there"), HERE), false);
  assert.equal(leadsAway(PLAIN, link("https://example.org/backprop"), HERE), false);
  assert.equal(leadsAway(PLAIN, null, HERE), false);
});

test("nor does a press that opens a tab", () => {
  const there = "http://localhost:8501/class/backprop";
  for (const key of ["ctrlKey", "metaKey", "shiftKey", "altKey"]) {
    assert.equal(leadsAway({ ...PLAIN, [key]: true }, link(there), HERE), false);
  }
  assert.equal(leadsAway({ ...PLAIN, button: 1 }, link(there), HERE), false);
  assert.equal(leadsAway(PLAIN, link(there, "_blank"), HERE), false);
});

test("without a press no page is left", () => {
  assert.equal(isLeaving(), false);
});
