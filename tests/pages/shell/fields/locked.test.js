// node --test tests/pages/shell/fields/locked.test.js

import assert from "node:assert/strict";
import test from "node:test";

import { lockedRules } from "../../../../pages/shell/fields/locked.js";

test("a name in a link is a name in the rules, whatever it holds", () => {
  /** @type {Record<string, any>} */
  const tab = globalThis;
  tab.CSS = { escape: (/** @type {string} */ text) => text.replace(/\W/g, "\\$&") };
  const rules = lockedRules(["speed", "a{}"]);
  assert.match(rules, /^:is\(\.st-key-speed,\.st-key-a\\\{\\\}\) /);
});
