import assert from "node:assert/strict";
import { test } from "node:test";

import { framingOf } from "../../../../pages/shell/fields/saving.js";

/** @param {string[] | null} rules of the sandbox; null for a frame that a page from elsewhere has made */
function framed(rules) {
  const sandbox = rules && { length: rules.length, contains: (/** @type {string} */ rule) => rules.includes(rule) };
  return framingOf({ parent: {}, frameElement: sandbox && { sandbox } });
}

test("a page that stands alone may save", () => {
  const page = { parent: /** @type {unknown} */ (null), frameElement: null };
  page.parent = page;
  assert.equal(framingOf(page), "allows");
});

test("a frame without a sandbox, or with one that allows downloads, may save", () => {
  assert.equal(framed([]), "allows");
  assert.equal(framed(["allow-scripts", "allow-downloads"]), "allows");
});

test("a sandbox without downloads forbids it, and a page from elsewhere doesn't tell", () => {
  assert.equal(framed(["allow-scripts", "allow-same-origin"]), "forbids");
  assert.equal(framed(null), "unknown");
});
