// What the player tells those who hear the page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { makeHistory } from "../../../../pages/playground/player/timeline.js";
import { curveLabel, curveRows, mapLabel, mapRows, whereText } from "../../../../pages/playground/player/spoken.js";
import { frameWith, picturesWith, shownWith } from "./made.js";

/** @typedef {import("../../../../pages/playground/player/types.js").Shown} Shown */

/** A state at epoch 120. @param {Parameters<typeof shownWith>[0]} [header] @param {Partial<Shown>} [changes] */
function at120(header, changes) {
  const frame = frameWith(120, { train_loss: 0.03121, test_loss: 0.0401, metric: 93.6 });
  const state = shownWith({ last: 300, ...header }, { frame, shown: 120, points: new Float32Array(12), ...changes });
  state.frames.set(120, frame);
  return state;
}

test("after Pause one hears the epoch and both losses, as they are written on the screen", () => {
  assert.equal(whereText(at120(), true, ""), "Paused at epoch 120: training loss 0.0312, test loss 0.0401.");
});

test("a step or a scrubbed frame is told without a pause", () => {
  assert.equal(whereText(at120(), false, ""), "Epoch 120: training loss 0.0312, test loss 0.0401.");
});

test("the end of training, a reset and new weights are told as such", () => {
  assert.match(whereText(at120({ last: 120, stopped: "The end." }), true, ""), /^Ended at epoch 120: /);
  const frame = frameWith(0, { train_loss: 0.5, test_loss: 0.6, metric: 50 });
  const start = at120({ first: 121 }, { shown: 0, frame });
  assert.match(whereText(start, false, "reset"), /^Reset to epoch 0: /);
  assert.match(whereText(start, false, "new-weights"), /^New weights at epoch 0: /);
  assert.match(whereText(at120(), true, "reset"), /^Paused at epoch 120: /, "the new start has not come yet");
});

test("without test points there is no test loss to tell", () => {
  const frame = frameWith(120, { train_loss: 0.5, test_loss: NaN, metric: NaN });
  const state = at120({}, { frame, points: new Float32Array(6) });
  assert.equal(whereText(state, true, ""), "Paused at epoch 120: training loss 0.5000.");
  assert.match(mapLabel(state), /with 2 training points\. Probe at .* against Blue\. Keys/);
});

test("the map's label says the plane, the points, how well they are told apart, and the keys", () => {
  const label = mapLabel(at120());
  assert.match(label, /^Output over the plane from −6 to 6, with 2 training and 2 test points; /);
  assert.match(label, /; test accuracy 93\.6 %\. Probe at .* against Blue\. Keys/);
  assert.match(label, /Keys \[ and \] go to the point left or right/);
});

test("the map's table has the outputs at pixels from edge to edge, the upper row first", () => {
  const maps = Int16Array.from({ length: 16 }, (_, k) => (k === 15 ? -32768 : k === 0 ? 32000 : 0));
  const { heads, rows } = mapRows(shownWith({}, { pictures: picturesWith(maps) }));
  assert.deepEqual(heads, ["Place", "x₁ = −4.50", "x₁ = −1.50", "x₁ = 1.50", "x₁ = 4.50"]);
  assert.deepEqual(rows[0], ["x₂ = 4.50", "1.00", "0.50", "0.50", "0.50"]);
  assert.deepEqual(rows[3], ["x₂ = −4.50", "0.50", "0.50", "0.50", "–"]);
});

test("with several outputs the map's table names the likeliest class", () => {
  const state = shownWith(), maps = new Int16Array(32);
  maps[16] = 5; // the second output's first pixel
  const { rows } = mapRows({ ...state, net: { ...state.net, outputs: 2 }, pictures: picturesWith(maps) });
  assert.deepEqual(rows[0].slice(1, 3), ["Orange", "Blue"]);
});

test("the curve's label and table tell its course, thinned to twenty frames", () => {
  const history = makeHistory();
  for (let k = 0; k < 121; k++) {
    const losses = { epoch: k, train_loss: 0.6 - k / 400, test_loss: 0.7 - k / 400 };
    history.put(k, (name) => losses[name]);
  }
  const state = at120({}, { history, seen: 120 }), rows = curveRows(state);
  assert.equal(curveLabel(state),
    "Loss by epoch: training loss from 0.6000 to 0.3000, test loss from 0.7000 to 0.4000 at epoch 120.");
  assert.deepEqual([rows.length, rows[0], rows[19]],
    [20, ["0", "0.6000", "0.7000"], ["120", "0.3000", "0.4000"]]);
});
