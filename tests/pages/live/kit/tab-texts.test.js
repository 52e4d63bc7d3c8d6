// A long text of a tab in the browser's database: what stays, and what there is without one.

import assert from "node:assert/strict";
import { test } from "node:test";

import { makeTabTexts, outdatedTabs } from "../../../../pages/live/kit/tab-texts.js";

const DAY = 86_400_000;

function memory() {
  /** @type {Record<string, any>} */
  const all = {};
  return {
    /** @param {string} name */
    read: (name) => all[name] ?? null,
    /** @param {string} name @param {unknown} value */
    write(name, value) { all[name] = value; },
  };
}

test("the texts of the four newest tabs stay for a day", () => {
  const entries = [5, 1, 4, 2, 3].map((at) => ({ tab: `t${at}`, at }));
  assert.deepEqual(outdatedTabs(entries, 6), ["t1"]);
  assert.deepEqual(outdatedTabs(entries, DAY + 3.5), ["t3", "t2", "t1"]);
});

for (const [what, factory] of /** @type {[string, () => undefined][]} */ ([
  ["is no database", () => undefined],
  ["may none be asked for", () => { throw new Error("forbidden"); }],
])) {
  test(`where there ${what} a text is kept as long as the page lives`, async () => {
    const store = memory(), texts = makeTabTexts(factory, store);
    assert.equal(await texts.read("a"), null);
    await texts.write("a", "long");
    assert.deepEqual([texts.at("a"), texts.knows("a"), await texts.read("a")], ["long", true, "long"]);
    assert.equal(await makeTabTexts(factory, store).read("a"), null);
    texts.forget();
    assert.deepEqual([texts.at("a"), texts.knows("a")], [null, false]);
  });
}
