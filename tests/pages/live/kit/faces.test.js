// Which of the page's faces a drawing takes with it.

import { test } from "node:test";
import assert from "node:assert/strict";

import { isUsed } from "../../../../pages/live/kit/faces.js";

const upright = { family: '"Source Sans"', style: "normal", weight: "100 900" };
const italic = { ...upright, style: "italic" };
/** @param {{ family: string, style: string, weight: string }} face @param {string} [status] */
const known = (face, status = "loaded") => [{ ...face, family: "Source Sans", status }];

test("a face is taken if the drawing names its family, however it is quoted, and the page has loaded it", () => {
  for (const name of ["'Source Sans', serif", "&#34;Source Sans&#34;"]) {
    assert.ok(isUsed(upright, `<svg font-family="${name}">`, known(upright)));
  }
  assert.ok(!isUsed(upright, '<svg font-family="serif">', known(upright)));
  assert.ok(!isUsed(upright, "Source Sans", known(upright, "unloaded")));
  assert.ok(!isUsed(upright, "Source Sans", known({ ...upright, weight: "400" })));
});

test("an italic face is taken only where letters are in italics", () => {
  assert.ok(!isUsed(italic, "Source Sans", known(italic)));
  assert.ok(isUsed(italic, 'Source Sans font-style="italic"', known(italic)));
});
