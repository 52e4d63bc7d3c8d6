import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { makeRequests } from "../../../../pages/live/kit/requests.js";

/** @typedef {import("../../../../pages/live/kit/requests.js").Request & { id: number, client: string }} Sent */

/** Requests, and what has been sent. */
function setUp() {
  /** @type {Sent[]} */
  const sent = [];
  const requests = makeRequests((_, request) => sent.push(/** @type {Sent} */ (request)), () => ({ run: 7 }));
  const answer = () => requests.answered({ client: sent[0].client, answers: sent[sent.length - 1].id });
  return { requests, sent, answer, kinds: () => sent.map(({ kind }) => kind).join() };
}

test("a request goes out at once, numbered and stamped", () => {
  const { requests, sent } = setUp();
  requests.wish({ kind: "step", to: 3 });
  assert.deepEqual(sent, [{ client: sent[0].client, id: 1, run: 7, kind: "step", to: 3 }]);
  assert.equal(requests.busy, true);
});

test("the next request waits for the answer to the one before", () => {
  const { requests, kinds, answer } = setUp();
  requests.wish({ kind: "step" });
  requests.wish({ kind: "settle" });
  assert.equal(kinds(), "step");
  assert.equal(answer()?.kind, "step");
  requests.next();
  assert.equal(kinds(), "step,settle");
});

test("of waiting requests of one kind only the newest counts", () => {
  const { requests, sent, answer } = setUp();
  for (const to of [1, 2, 3]) requests.wish({ kind: "step", to });
  answer();
  requests.next();
  answer();
  requests.next();
  assert.deepEqual(sent.map(({ to }) => to), [1, 3]);
});

test("changes of different things both count, and edits are all carried out", () => {
  const { requests, kinds, answer } = setUp();
  requests.wish({ kind: "first" });
  requests.wish({ kind: "change", change: { rate: 1 } });
  requests.wish({ kind: "change", change: { width: 1 } });
  requests.wish({ kind: "change", change: { rate: 2 } });
  for (const kind of ["set", "set", "freeze", "freeze", "undo", "undo"]) requests.wish({ kind });
  for (let k = 0; k < 10; k++) {
    answer();
    requests.next();
  }
  assert.equal(kinds(), "first,change,change,set,set,freeze,freeze,undo,undo");
});

test("a request that waits can be taken back, one under way can't", () => {
  const { requests, kinds, answer } = setUp();
  requests.wish({ kind: "step" });
  requests.wish({ kind: "settle" });
  assert.deepEqual(["step", "settle", "fetch"].map((kind) => requests.waits(kind)), [true, true, false]);
  requests.forget("settle");
  requests.forget("step");
  assert.deepEqual(["step", "settle"].map((kind) => requests.waits(kind)), [true, false]);
  answer();
  requests.next();
  assert.equal(kinds(), "step");
});

test("what else could be asked for comes after what waits, and only when nothing is under way", () => {
  const { requests, kinds, answer } = setUp();
  const otherwise = () => ({ kind: "more" });
  requests.wish({ kind: "step" });
  requests.wish({ kind: "settle" });
  requests.next(otherwise);
  for (let k = 0; k < 2; k++) {
    answer();
    requests.next(otherwise);
  }
  assert.equal(kinds(), "step,settle,more");
  answer();
  requests.next(() => null);
  assert.equal(requests.busy, false);
});

test("a payload for another client or for an older request is no answer, a newer one is, once", () => {
  const { requests, sent, answer } = setUp();
  requests.wish({ kind: "step" });
  const [{ client }] = sent;
  assert.equal(requests.answered({ client: client + "x", answers: 1 }), null);
  assert.equal(requests.answered({ client, answers: 0 }), null);
  assert.equal(answer()?.kind, "step");
  assert.equal(answer(), null);
});

test("a request without an answer is sent again after a second, as it was", () => {
  let now = 0;
  const clock = mock.method(performance, "now", () => now);
  const { requests, sent, answer } = setUp();
  requests.wish({ kind: "step" });
  now = 1000;
  requests.repeat();
  assert.equal(sent.length, 1);
  now = 1001;
  requests.repeat();
  assert.deepEqual(sent[1], sent[0]);
  now = 1500;
  requests.repeat();
  assert.equal(sent.length, 2);
  answer();
  now = 9000;
  requests.repeat();
  assert.equal(sent.length, 2);
  clock.mock.restore();
});
