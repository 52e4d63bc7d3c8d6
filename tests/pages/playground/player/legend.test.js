// What the legend says of the map's colours.

import { test } from "node:test";
import assert from "node:assert/strict";

import { makeNetwork } from "./networks.js";
import { colorScale, scaleTexts } from "../../../../pages/playground/player/legend.js";

/** @typedef {Parameters<typeof colorScale>[0]} LegendState */

const output = { center: 0.3, scale: 2 };

/**
 * @param {number} outputs
 * @param {number} [mapped] the layer of the neuron that the map shows
 */
function legendState(outputs, mapped) {
  const net = makeNetwork([0, 1], [2], outputs), neuron = mapped === undefined ? null : { l: mapped, j: 1 };
  return /** @type {LegendState} */ (/** @type {unknown} */ ({ net, header: { output }, mapped: neuron }));
}

test("numbers around 0 have their sign, others not", () => {
  assert.deepEqual(scaleTexts({ center: 0, scale: 1 }), ["+1", "+0.5", "0", "−0.5", "−1"]);
  assert.deepEqual(scaleTexts({ center: 0.5, scale: 0.5 }), ["1", "0.75", "0.5", "0.25", "0"]);
  assert.deepEqual(scaleTexts({ center: 1, scale: 3 }), ["4", "2.5", "1", "−0.5", "−2"]);
});

test("one output has the numbers that the server sends, with the largest at the top", () => {
  const scale = colorScale(legendState(1));
  assert.equal(scale?.output, output);
  assert.deepEqual(scale?.stops, [4, 3, 2, 1, 0].map((k) => `var(--div-${k})`));
  assert.equal(scale?.signed, true);
});

test("a hidden neuron goes from −1 to 1, also where the outputs are classes", () => {
  for (const outputs of [1, 3]) assert.deepEqual(colorScale(legendState(outputs, 0))?.output, { center: 0, scale: 1 });
});

test("a class's probability goes from 0 to 1 in shades of the class", () => {
  const scale = colorScale(legendState(3, 1));
  assert.deepEqual(scale?.output, { center: 0.5, scale: 0.5 });
  assert.equal(scale?.signed, false);
  assert.equal(scale?.stops[0], "color-mix(in srgb, var(--area-1) 100%, var(--zero))");
  assert.equal(scale?.stops[4], "color-mix(in srgb, var(--area-1) 6%, var(--zero))");
});

test("where every class has its own colours there is no scale", () => {
  assert.equal(colorScale(legendState(3)), null);
});
