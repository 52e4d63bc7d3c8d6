// What the stage tells those who hear the page.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  curvesLabel, etaSaid, planeLabel, saidText, startSaid, stepText,
} from "../../../../pages/gradient_descent/stage/spoken.js";

/** @typedef {import("../../../../pages/gradient_descent/stage/types.js").Header} Header */
/** @typedef {import("../../../../pages/gradient_descent/stage/types.js").Ready} Ready */

/** A run of two steps on a bowl. @param {Partial<Ready>} [changes] */
const ready = (changes) => /** @type {Ready} */ ({
  header: /** @type {Header} */ ({
    dimension: 2, surface: { name: "bowl", label: "Bowl", formula: "" }, height: "*f*", start: [3, 3],
    crossings: { f: null, grad: 2 }, race_shown: 40,
  }),
  points: Float64Array.of(3, 3, 1, -1, 0, 0), values: Float64Array.of(18, 2, 4.08e-14),
  heights: Float64Array.of(18, 2, 4.08e-14), norms: Float64Array.of(8, 3, 1e-7), count: 3, k: 1, last: 2,
  racing: false, ...changes,
});

test("after Pause one hears the step, the point, f and the norm, as they stand below the plane", () => {
  const place = "x = (1, −1), f = 2.00000, norm of the gradient = 3.00000.";
  assert.equal(stepText(ready(), true), `Paused at step 1 of 2: ${place}`);
  assert.equal(stepText(ready(), false), `Step 1 of 2: ${place}`);
});

test("the end is told as such, and powers of ten are not read as other numbers", () => {
  assert.equal(stepText(ready({ k: 2 }), true),
    "Ended at step 2 of 2: x = (0, 0), f = 4.080·10⁻¹⁴, norm of the gradient = 1.000·10⁻⁷.");
  assert.equal(saidText("λ_{max} and *x*^{(0)}"), "λmax and x⁽⁰⁾");
});

test("a race says at which step all rules are", () => {
  assert.equal(stepText(ready({ racing: true }), false), "Step 1 of 2: race: every rule at step 1.");
});

test("plane and curves say what they show in one sentence", () => {
  assert.match(planeLabel(ready()), /^The surface from above, Bowl, with the path of the run to step 1 of 2: x = /);
  assert.equal(curvesLabel(ready()), "Steps 0 to 2 on a logarithmic scale: f from 18.00000 to 4.080·10⁻¹⁴, "
    + "norm of the gradient from 8.00000 to 1.000·10⁻⁷; the test of the norm holds at step 2.");
});

test("a slider of a point says the point, one of the step size its regime", () => {
  assert.equal(startSaid({ start: [3, 3] }), "(3, 3)");
  assert.equal(startSaid({ start: [-0.5] }), "−0.5");
  const zones = [{ from: 0, to: 0.1, regime: "monotone", short: "", tone: "" }];
  assert.equal(etaSaid({ zones }, 0.05, 0.001), "0.050, monotone");
  assert.equal(etaSaid({ zones }, 0.1, 0.001), "0.100");
});
