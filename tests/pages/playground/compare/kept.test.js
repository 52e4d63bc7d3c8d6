// What is kept on the shelf, by which rules, and how a kept run is told.

import { test } from "node:test";
import assert from "node:assert/strict";

import {
  MOST_KEPT, differing, readShelf, withKept, writeShelf,
} from "../../../../pages/live/kit/kept-runs.js";
import { differenceText, resultText } from "../../../../pages/playground/compare/shelf/cards.js";
import { NOW, firstSides, withSide } from "../../../../pages/playground/compare/shelf/shelf.js";
import { keptWithLoss, lossesOf } from "../../../../pages/playground/player/kept-losses.js";
import { packNumbers } from "../../../../pages/playground/player/record.js";

/** @typedef {import("../../../../pages/live/kit/kept-runs.js").Card} Card */
/** @typedef {import("../../../../pages/live/kit/kept-runs.js").Kept} Kept */

/** @param {Partial<Card>} [changes] @returns {Card} */
const cardWith = (changes = {}) => ({
  name: "2-4-1 tanh", settings: { Activation: "tanh", Seed: "0" }, epoch: 3, loss: "Half MSE",
  train_loss: 0.5, test_loss: 0.25, score: 98.4, score_label: "Test accuracy", score_unit: "%", ...changes,
});

/** @param {number} k @param {boolean} [byHand] @returns {Kept} */
function kept(k, byHand = true) {
  const curve = { every: 1, train: packNumbers([3, 2, 1], 3, 1), test: packNumbers([4, 3, 2], 3, 1) };
  const record = { link: `seed=${k}`, frame: 3, checkpoint: "c", curve };
  const whole = { id: String(k), byHand, picture: "", card: cardWith(), epochs: packNumbers([0, 1, 2], 3, 1) };
  return /** @type {any} */ ({ ...whole, record });
}

/** @param {number} count @param {(k: number) => boolean} byHand */
const filled = (count, byHand) => Array.from({ length: count }, (_, k) => kept(k, byHand(k)));

test("the same run at the same frame is kept once, and as asked for if it ever was", () => {
  const { shelf } = withKept([kept(1, false), kept(2)], kept(1));
  assert.deepEqual(shelf.map(({ id, byHand }) => [id, byHand]), [["1", true], ["2", true]]);
});

test("on a full shelf the oldest run that was kept by itself gives way", () => {
  const { shelf, refusal } = withKept(filled(MOST_KEPT, (k) => k !== 5), kept(99));
  assert.equal(shelf.length, MOST_KEPT);
  assert.ok(!shelf.some(({ id }) => id === "5"));
  assert.equal(shelf.at(-1)?.id, "99");
  assert.equal(refusal, "");
});

test("what somebody has kept is never thrown away by itself", () => {
  const full = filled(MOST_KEPT, () => true), { shelf, refusal } = withKept(full, kept(99));
  assert.equal(shelf, full);
  assert.match(refusal, /^12 runs are kept/);
});

test("a shelf is read as it was written, and damaged entries are left out", () => {
  /** @type {unknown} */
  let written = null;
  const store = {
    read: () => written,
    /** @param {string} _ @param {unknown} value */
    write(_, value) { written = value; },
  };
  assert.deepEqual(readShelf(store), []);
  writeShelf(store, [kept(1)]);
  assert.deepEqual(readShelf(store), [kept(1)]);
  written = [null, 3, {}, kept(2)];
  assert.deepEqual(readShelf(store).map(({ id }) => id), ["2"]);
  written = "nothing";
  assert.deepEqual(readShelf(store), []);
});

test("a card names what it differs in, and no more than four of them", () => {
  const cards = [cardWith(), cardWith({ settings: { Activation: "ReLU", Seed: "0" } })];
  assert.deepEqual(differing(cards[0], cards), ["Activation: tanh"]);
  assert.equal(differenceText(cards[1], cards), "Activation: ReLU");
  assert.equal(differenceText(cards[0], [cards[0]]), "");
  /** @param {string} value */
  const all = (value) => cardWith({ settings: Object.fromEntries([..."abcdef"].map((name) => [name, value])) });
  assert.equal(differenceText(all("1"), [all("1"), all("2")]), "a: 1 · b: 1 · c: 1 · d: 1 · and 2 more");
});

test("a card says how far its run has come", () => {
  assert.equal(resultText(cardWith()), "epoch 3 · test 0.2500 · 98.4 %");
  assert.equal(resultText(cardWith({ test_loss: null, score: null })), "epoch 3 · train 0.5000");
});

test("two sides never show the same run", () => {
  assert.deepEqual(firstSides([]), { A: NOW, B: NOW });
  assert.deepEqual(firstSides([kept(1), kept(2)]), { A: "2", B: NOW });
  assert.deepEqual(withSide({ A: "1", B: "2" }, "A", "2"), { A: "2", B: "1" });
  assert.deepEqual(withSide({ A: "1", B: "2" }, "B", "3"), { A: "1", B: "3" });
});

test("a kept curve ends at the kept frame, and only losses of one kind lie on one axis", () => {
  const { epochs, losses, loss } = lossesOf(kept(1));
  assert.deepEqual([...epochs], [0, 1, 2, 3]);
  assert.deepEqual([...losses], [4, 3, 2, 0.25]);
  const untested = { ...kept(1), card: cardWith({ test_loss: null }) };
  assert.deepEqual([...lossesOf(untested).losses], [3, 2, 1, 0.5]);
  assert.equal(keptWithLoss([lossesOf(kept(1))], loss).length, 1);
  assert.equal(keptWithLoss([lossesOf(kept(1))], "Cross-entropy").length, 0);
});
