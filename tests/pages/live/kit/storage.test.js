// What a tab keeps, and where storage is forbidden, full or damaged.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { tabStore } from "../../../../pages/live/kit/storage.js";

/** @type {Record<string, any>} */
const page = globalThis;

/** A browser's storage, in which at most so many characters have room. */
function storageOf(room = 1000) {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    kept,
    /** @param {string} name */
    getItem: (name) => kept.get(name) ?? null,
    /** @param {string} name @param {string} text */
    setItem(name, text) {
      if (text.length > room) throw new Error("QuotaExceededError");
      kept.set(name, text);
    },
  };
}

/** @param {unknown} storage */
function give(storage) {
  Object.defineProperty(page, "sessionStorage", { value: storage, configurable: true, writable: true });
}

beforeEach(() => give(storageOf()));

test("what was written is read, also by a page that is loaded anew", () => {
  tabStore.write("a", { frame: 3 });
  assert.deepEqual(tabStore.read("a"), { frame: 3 });
  assert.equal(page.sessionStorage.kept.get("backprop-a"), '{"frame":3}');
  assert.equal(tabStore.read("nothing"), null);
});

test("where storage is forbidden the page remembers", () => {
  Object.defineProperty(page, "sessionStorage", { get() { throw new Error("forbidden"); }, configurable: true });
  tabStore.write("b", 7);
  assert.equal(tabStore.read("b"), 7);
});

test("where storage is full the page remembers, and not what an older text says", () => {
  give(storageOf(5));
  tabStore.write("c", 1);
  tabStore.write("c", "much too long");
  assert.equal(tabStore.read("c"), "much too long");
});

test("once there is room again the newest text counts, also for the other views of the page", async () => {
  give(storageOf(5));
  tabStore.write("e", "much too long");
  const again = "../../../../pages/live/kit/storage.js?another";
  const { tabStore: other } = await import(again);
  assert.equal(other.read("e"), "much too long");
  tabStore.write("e", 2);
  assert.deepEqual([tabStore.read("e"), other.read("e")], [2, 2]);
});

test("a damaged text counts as none", () => {
  page.sessionStorage.kept.set("backprop-d", "{");
  assert.equal(tabStore.read("d"), null);
});
