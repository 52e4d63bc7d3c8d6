import assert from "node:assert/strict";
import { test } from "node:test";

import { tickDistance } from "../../../../pages/playground/player/map-axes.js";

test("the plane's numbers lie 3 apart, as ever", () => {
  assert.equal(tickDistance(6), 3);
  assert.equal(tickDistance(9), 3);
});

test("another reach has round numbers, at least two and at most ten on each side", () => {
  for (const domain of [1e-6, 0.004, 0.37, 1, 1.9, 3.3, 12, 77, 4200, 7.3e8]) {
    const apart = tickDistance(domain), first = Number(apart.toPrecision(3).replace(/e.*/, "").replace(/[0.]/g, ""));
    assert.ok([1, 2, 3, 5].includes(first), `${domain}: ${apart}`);
    assert.ok(domain / apart >= 2 - 1e-9 && domain / apart <= 10, `${domain}: ${apart}`);
  }
});
