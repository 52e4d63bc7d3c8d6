// Of what is typed and pressed in a field nothing is lost, nothing is done twice, and nothing overtakes.

import assert from "node:assert";
import { mock, test } from "node:test";

import { makeActs } from "../../../../pages/shell/fields/acts.js";

/** @typedef {import("../../../../pages/shell/fields/acts.js").Message} Message */

/** Acts, and the messages that they sent. */
function made() {
  /** @type {Message[]} */
  const sent = [];
  const acts = makeActs((message) => sent.push(message));
  return { acts, sent, last: () => /** @type {Message} */ (sent.at(-1)) };
}

test("an act is sent at once", () => {
  const { acts, sent } = made();
  acts.ask("0,5");
  acts.stop();
  assert.deepStrictEqual(sent.map(({ first, acts: asked }) => [first, asked]), [[1, ["0,5"]]]);
});

test("each message repeats what has no answer yet, in order", () => {
  const { acts, sent } = made();
  for (const act of ["1/2", "2,5", null]) acts.ask(act);
  acts.stop();
  assert.deepStrictEqual(sent.map((message) => message.acts.length), [1, 2, 3]);
  assert.deepStrictEqual(sent[2].acts, ["1/2", "2,5", null]);
  assert.strictEqual(sent[2].first, 1);
});

test("steps wait for the answer to the first, then go together; a text or a press elsewhere sends them at once", () => {
  const { acts, sent, last } = made();
  acts.ask(1);
  acts.ask(1);
  acts.ask(1);
  assert.strictEqual(sent.length, 1);
  acts.answered([last().client, 1]);
  assert.deepStrictEqual([sent.length, last().first, last().acts], [2, 2, [1, 1]]);
  acts.ask(-1);
  acts.flush();
  acts.flush();
  assert.deepStrictEqual([sent.length, last().acts], [3, [1, 1, -1]]);
  acts.ask(-1);
  acts.ask("4");
  acts.stop();
  assert.deepStrictEqual([sent.length, last().acts], [4, [1, 1, -1, -1, "4"]]);
});

test("what is answered is sent no more, and later acts keep their numbers", () => {
  const { acts, last } = made();
  for (const text of ["1", "2", "3"]) acts.ask(text);
  acts.answered([last().client, 2]);
  assert.ok(acts.wait);
  acts.ask("4");
  assert.deepStrictEqual([last().first, last().acts], [3, ["3", "4"]]);
  acts.answered([last().client, 4]);
  assert.ok(!acts.wait);
  acts.answered([last().client, 2]);
  acts.ask("7");
  acts.stop();
  assert.deepStrictEqual([last().first, last().acts], [5, ["7"]]);
});

test("a server that has begun anew, or has heard another field, has answered nothing", () => {
  const { acts, last } = made();
  acts.ask("0.5");
  acts.answered(["", 0]);
  acts.answered(["another", 9]);
  acts.stop();
  assert.ok(acts.wait);
  assert.deepStrictEqual(last().acts, ["0.5"]);
});

test("a message without an answer is repeated until it has one", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { acts, sent, last } = made();
  acts.ask("0.5");
  mock.timers.tick(2000);
  mock.timers.tick(2000);
  assert.strictEqual(sent.length, 3);
  acts.answered([last().client, 1]);
  mock.timers.tick(10000);
  assert.strictEqual(sent.length, 3);
  mock.timers.reset();
});

test("a key held down before a server that doesn't answer asks for no end of steps, but a text is sent", () => {
  const { acts, last } = made();
  for (let k = 0; k < 1000; k++) acts.ask(1);
  acts.ask("3");
  acts.stop();
  assert.strictEqual(last().acts.length, 201);
  assert.strictEqual(last().acts.at(-1), "3");
});
