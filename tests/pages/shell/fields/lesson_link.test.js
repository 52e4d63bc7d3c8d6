import assert from "node:assert/strict";
import { test } from "node:test";

import { lessonAddress, numbered } from "../../../../pages/shell/fields/lesson_link.js";

const HERE = "http://localhost:8501/class/?net=8~8&lr=0.1";

/** @typedef {import("../../../../pages/shell/fields/lesson_link.js").Choice} Choice */

/** @param {Partial<Choice>} [choice] @param {string} [href] */
const address = (choice, href = HERE) =>
  lessonAddress(href, { ways: new Map(), alone: false, framed: false, ...choice });

test("a page where everything is shown keeps its address", () => {
  assert.deepEqual(Object.fromEntries(new URL(address()).searchParams), { net: "8~8", lr: "0.1" });
  assert.equal(address({}, "http://localhost:8501/"), "http://localhost:8501/");
});

test("what is chosen stands in the link, beside the page's own parameters", () => {
  /** @type {[string, import("../../../../pages/shell/fields/lesson_link.js").Way][]} */
  const ways = [["seed", "hide"], ["learning_rate", "lock"], ["step-back", "lock"], ["loss", "show"]];
  const link = address({ ways: new Map(ways) });
  const query = new URL(link).searchParams;
  assert.equal(query.get("hide"), "seed");
  assert.equal(query.get("lock"), "learning_rate~step-back");
  assert.equal(query.get("lr"), "0.1");
  assert.match(link, /lock=learning_rate~step-back$/); // the ~ stays readable
});

test("a link to what a page opens with says so as soon as it says anything", () => {
  /** @param {Partial<Choice>} choice @param {string} search */
  const link = (choice, search = "") => lessonAddress("http://localhost:8501/" + search,
    { ways: new Map(), alone: false, framed: false, ...choice }, { noise: "0.1" });
  assert.equal(link({}), "http://localhost:8501/");
  assert.equal(link({ alone: true }), "http://localhost:8501/?noise=0.1&only=player");
  assert.equal(link({ alone: true }, "?noise=0"), "http://localhost:8501/?noise=0&only=player");
});

test("the view alone, and a page for a frame", () => {
  const query = new URL(address({ alone: true, framed: true })).searchParams;
  assert.equal(query.get("only"), "player");
  assert.equal(query.get("embed"), "true");
});

test("what an earlier link asked is replaced", () => {
  const link = address({ ways: new Map([["loss", "lock"]]) }, HERE + "&hide=a&lock=b&only=player&embed=true#x");
  assert.equal(new URL(link).search, new URL(address({ ways: new Map([["loss", "lock"]]) })).search);
});

test("any name is read back as it is", () => {
  const names = ["a&b=c", "é ü", "100%", "<x>", "+", "#"];
  const query = new URL(address({ ways: new Map(names.map((name) => [name, "hide"])) })).searchParams;
  assert.deepEqual(query.get("hide")?.split("~"), names);
});

test("labels that stand twice are told apart", () => {
  assert.deepEqual(numbered([["a", "η"], ["b", "μ"], ["c", "η"]]).map(([, label]) => label), ["η", "μ", "η (2)"]);
});
