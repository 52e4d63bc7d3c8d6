// The signs of the stage's drawings and what they mean, on the page and in pictures.

import { test } from "node:test";
import assert from "node:assert/strict";

import { arrowKeys, curveKeys, keysHtml, signPath } from "../../../../pages/gradient_descent/stage/legend.js";

test("a function of one variable has no arrow of the slope, and ascent goes along it", () => {
  const texts = [{ dimension: 1, ascent: false }, { dimension: 2, ascent: true }].map((header) =>
    arrowKeys(/** @type {any} */ ({ gradient: true, ...header })).map(({ text }) => text));
  assert.deepEqual(texts, [["next step −η∇*f*"], ["next step +η∇*f*", "∇*f*"]]);
});

test("a sign is drawn in a picture as on the page, at its place", () => {
  const [solid, dashed] = curveKeys({ height: "*f*" });
  assert.equal(signPath(solid, 10, 20), "M10 18.5h26v3h-26Z");
  assert.equal(signPath(dashed, 0, 5).split("M").length - 1, 3);
  assert.ok(keysHtml([solid]).includes(`<path d="${signPath(solid, 0, 5)}" fill="var(--train)"/>`));
});
