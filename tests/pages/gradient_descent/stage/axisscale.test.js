import assert from "node:assert/strict";
import { test } from "node:test";
import {
  axisLabels, axisX, etaMoved, etaUnder, freeTicks, isNarrow, SIDE, zoneNameX,
} from "../../../../pages/gradient_descent/stage/axisscale.js";

test("the axis keeps its sides free", () => {
  assert.deepEqual([axisX(0, 1000, 0.5), axisX(0.5, 1000, 0.5)], [SIDE, 1000 - SIDE]);
});

test("the step size under a pixel is the one that the axis puts there, in 400ths of the axis", () => {
  for (const eta of [0.002, 0.1, 0.25, 0.4]) assert.equal(etaUnder(axisX(eta, 1000, 0.4), 1000, 0.4), eta);
  assert.equal(etaUnder(axisX(0.1006, 1000, 0.4), 1000, 0.4), 0.101);
});

test("a pixel beside the axis gives its first or last step size, never 0", () => {
  assert.deepEqual([etaUnder(-50, 1000, 0.4), etaUnder(2000, 1000, 0.4)], [0.001, 0.4]);
});

test("an arrow key moves the step size by one finest step, or by ten on their own round numbers", () => {
  assert.equal(etaMoved(0.1, 0.4, 1), 0.101);
  assert.equal(etaMoved(0.1, 0.4, -1), 0.099);
  assert.equal(etaMoved(0.104, 0.4, 10), 0.11);
  assert.equal(etaMoved(0.001, 0.4, -1), 0.001);
});

test("a regime's name stands in the middle of its stretch, unless the marker is there", () => {
  assert.equal(zoneNameX(0, 400, null, false), 200);
  assert.equal(zoneNameX(0, 400, 256, false), 200);
  assert.equal(zoneNameX(0, 400, 210, false), 103);
  assert.equal(zoneNameX(0, 400, 190, false), 297);
  assert.equal(zoneNameX(0, 400, 150, true), 200);
});

test("a narrow axis has short labels", () => {
  const marks = [{ at: 0.2, label: "1/λ", long: "1/λ = 0.2" }];
  assert.ok(isNarrow(559) && !isNarrow(560));
  assert.equal(axisLabels(marks, 400, 0.4)[0].text, "1/λ");
  assert.deepEqual(axisLabels(marks, 1000, 0.4), [{ x: 500, text: "1/λ = 0.2", half: 9 * 3.1 }]);
});

test("a tick whose number would run into a label is left out", () => {
  assert.deepEqual(freeTicks([], 1000, 0.4), [0, 0.1, 0.2, 0.3, 0.4]);
  assert.deepEqual(freeTicks([{ x: 500, text: "", half: 20 }], 1000, 0.4), [0, 0.1, 0.3, 0.4]);
  assert.deepEqual(freeTicks([{ x: 530, text: "", half: 20 }], 1000, 0.4), [0, 0.1, 0.3, 0.4]);
  assert.deepEqual(freeTicks([{ x: 536, text: "", half: 20 }], 1000, 0.4), [0, 0.1, 0.2, 0.3, 0.4]);
});
