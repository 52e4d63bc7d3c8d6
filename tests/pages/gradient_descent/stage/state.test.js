import assert from "node:assert/strict";
import { test } from "node:test";
import {
  groundOf, isReady, makeState, setLast, showStep, takeIn,
} from "../../../../pages/gradient_descent/stage/state.js";

/** @typedef {import("../../../../pages/gradient_descent/stage/types.js").Header} Header */
/** @typedef {import("../../../../pages/gradient_descent/stage/types.js").Racer} Racer */

/** @param {Partial<Header>} fields */
const header = (fields = {}) => /** @type {Header} */ ({
  grid: "one", cells: 4, dimension: 2, opened: 0, window: [0, 1, 0, 1], race: null,
  surface: { name: "bowl", label: "", formula: "x²" }, ...fields,
});
const racers = /** @type {Racer[]} */ ([{ label: "a", steps: 3 }]);
const run = { points: new Float64Array(6), values: new Float64Array(3), heights: [], norms: [] };
const grid = Float32Array.from({ length: 16 }, (_, k) => k);
const race = { "race.0": new Float32Array(20), "race.norms.0": new Float32Array(10) };

/** Requests that note what is asked for. @param {string[]} under what waits already */
function asked(under = []) {
  /** @type {unknown[]} */
  const wishes = [];
  /** @type {(kind: string) => boolean} */
  const waits = (kind) => under.includes(kind);
  return { wishes, wish: (/** @type {unknown} */ request) => { wishes.push(request); }, waits };
}

test("a surface that has not come is asked for, once", () => {
  const first = asked();
  takeIn(makeState(), header(), run, first);
  assert.deepEqual(first.wishes, [{ kind: "surface" }]);
  const again = asked(["surface"]);
  takeIn(makeState(), header(), run, again);
  assert.deepEqual(again.wishes, []);
});

test("the surface stays until another grid is named", () => {
  const state = makeState(), requests = asked();
  takeIn(state, header(), { ...run, grid }, requests);
  const { ground } = state;
  takeIn(state, header(), run, requests);
  assert.equal(state.ground, ground);
  assert.deepEqual(requests.wishes, []);
  takeIn(state, header({ grid: "two" }), run, requests);
  assert.deepEqual(requests.wishes, [{ kind: "surface" }]);
});

test("a race that isn't sent stays as it was", () => {
  const state = makeState();
  takeIn(state, header({ race: racers }), { ...run, ...race }, asked());
  takeIn(state, header(), run, asked());
  assert.equal(state.header?.race, racers);
  assert.equal(state.race[0].length, 20);
});

test("a race whose rules still walk is asked for again, once at a time", () => {
  const first = asked(), again = asked(["race"]), over = asked();
  takeIn(makeState(), header({ race: racers, racing: true }), { ...run, ...race, grid }, first);
  takeIn(makeState(), header({ race: racers, racing: true }), { ...run, ...race, grid }, again);
  takeIn(makeState(), header({ race: racers, racing: false }), { ...run, ...race, grid }, over);
  assert.deepEqual([first.wishes, again.wishes, over.wishes], [[{ kind: "race" }], [], []]);
});

test("a race without racers is no longer shown", () => {
  const state = makeState();
  state.racing = true;
  takeIn(state, header({ race: [] }), run, asked());
  assert.equal(state.racing, false);
});

test("a window that waits for its answer stays in view, and a dragged step size stays where it is", () => {
  const state = makeState();
  Object.assign(state, { view: [5, 6, 5, 6], eta: 0.3 });
  takeIn(state, header(), run, asked(["window", "eta"]));
  assert.deepEqual([state.view, state.eta], [[5, 6, 5, 6], 0.3]);
  state.dragging = true;
  takeIn(state, header(), run, asked());
  assert.deepEqual([state.view, state.eta], [[0, 1, 0, 1], 0.3]);
  state.dragging = false;
  takeIn(state, header(), run, asked());
  assert.equal(state.eta, null);
});

test("another run begins with the first payload, a ready-made run, or another formula", () => {
  const state = makeState();
  const begins = [
    header(), header({ grid: "two" }), header({ opened: 1 }),
    header({ opened: 1, surface: { name: "bowl", label: "", formula: "2x²" } }),
  ].map((one) => takeIn(state, one, run, asked()));
  assert.deepEqual(begins, [true, false, true, true]);
});

test("the last step is the run's, and in a race that of the longest path", () => {
  const state = makeState();
  Object.assign(state, { count: 39, race: [new Float32Array(20), new Float32Array(8)] });
  setLast(state, { dimension: 2 });
  assert.equal(state.last, 38);
  state.racing = true;
  setLast(state, { dimension: 2 });
  assert.equal(state.last, 9);
  setLast(state, { dimension: 1 });
  assert.equal(state.last, 19);
});

test("no step is shown before the first or after the last", () => {
  const state = makeState();
  state.last = 5;
  const shown = [-1, 3, 9].map((k) => {
    showStep(state, k);
    return state.k;
  });
  assert.deepEqual(shown, [0, 3, 5]);
});

test("a plane has level curves, a graph has none", () => {
  assert.equal(groundOf(header(), { grid }).lines.length, 12);
  assert.deepEqual(groundOf(header({ dimension: 1 }), { grid }).lines, []);
});

test("nothing is drawn before header, surface, colours and size are there", () => {
  const state = makeState(), parts = { header: {}, ground: {}, colors: {}, box: {} };
  assert.ok(isReady(Object.assign(makeState(), parts)));
  for (const part of Object.keys(parts)) assert.ok(!isReady(Object.assign(makeState(), parts, { [part]: null })));
  assert.ok(!isReady(state));
});
