import assert from "node:assert/strict";
import { test } from "node:test";

import { sizeOnPaper } from "../../../../pages/shell/fields/printing.js";

test("a wide chart keeps its shape and fits between the margins, a narrow one keeps its size", () => {
  assert.deepEqual(sizeOnPaper(1380, 400), { width: 690, height: 200 });
  assert.deepEqual(sizeOnPaper(500, 373), { width: 500, height: 373 });
});
