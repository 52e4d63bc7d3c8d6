import assert from "node:assert/strict";
import { test } from "node:test";
import { unbroken } from "../../../../pages/gradient_descent/stage/panels.js";
import {
  coordinateText, etaText, plainText, richText, svgText, textPieces, valueText,
} from "../../../../pages/gradient_descent/stage/text.js";

test("a short text is set with its marks, and nothing else is taken for one", () => {
  const pairs = [
    ["best step 2/(λ_{max}+λ_{min})", "best step 2/(λ<sub>max</sub>+λ<sub>min</sub>)"],
    ["*f* − *f*^{∗}", "<i>f</i> − <i>f</i><sup>∗</sup>"],
    ["‖∇*f*‖ < ε_{1}", "‖∇<i>f</i>‖ &lt; ε<sub>1</sub>"],
    ["2 * 3 * 4, _{ and '*'", "2 * 3 * 4, _{ and '*'"],
    ["<b>&", "&lt;b&gt;&amp;"],
  ];
  for (const [text, html] of pairs) assert.equal(richText(text), html);
});

test("empty marks stand for themselves", () => {
  assert.deepEqual(textPieces("a_{}**"), [{ style: "", text: "a_{}**" }]);
});

test("a text without its marks keeps what they mark", () => {
  assert.equal(plainText("*x*^{(3)} = λ_{max}"), "x(3) = λmax");
});

test("the piece after a subscript is lifted back to the line, after a superscript let down", () => {
  const low = '<tspan dy="4" font-size="72%">1</tspan>', high = '<tspan dy="-6" font-size="72%">2</tspan>';
  assert.equal(svgText("a_{1}b"), `<tspan>a</tspan>${low}<tspan dy="-4">b</tspan>`);
  assert.equal(svgText("a^{2}<"), `<tspan>a</tspan>${high}<tspan dy="6">&lt;</tspan>`);
});

test("a value has five decimals, fewer from 100 on, and powers of ten beyond", () => {
  const texts = [0, -1.5, 123.45678, 12345.678, 0.00012, -2.5e45, Infinity, NaN].map(valueText);
  const expected = ["0.00000", "−1.50000", "123.457", "12345.7", "1.200·10^{−4}", "−2.500·10^{45}", "∞", "NaN"];
  assert.deepEqual(texts, expected);
});

test("a coordinate has at most four decimals and no zeros at its end", () => {
  assert.deepEqual([1.5, -0.123456, 3, 250000].map(coordinateText), ["1.5", "−0.1235", "3", "2.5·10^{5}"]);
});

test("a step size has the decimals that a step of the axis changes, three at least", () => {
  assert.equal(etaText(0.2, 0.001), "0.200");
  assert.equal(etaText(0.2, 0.00005), "0.20000");
});

test("in the rows of a race no line ends between a name and its value", () => {
  assert.equal(unbroken("β₁ = 0.9, ε = 10⁻⁸"), "β₁\u00a0=\u00a00.9, ε\u00a0=\u00a010⁻⁸");
});

test("a step size with more digits than the axis has steps shows them, eight at most", () => {
  assert.equal(etaText(0.24503, 0.001), "0.24503");
  assert.equal(etaText(0.1 + 0.2, 0.001), "0.300");
  assert.equal(etaText(0.24264068712, 0.001), "0.24264069");
});
