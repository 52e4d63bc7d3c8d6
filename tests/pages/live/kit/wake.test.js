// When the whole page is asked for because the server says nothing.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { offerWake, wakeServer } from "../../../../pages/live/kit/wake.js";

test("the page is asked for after five seconds of silence, and again every ten", () => {
  let now = 100_000, asked = 0;
  const clock = mock.method(performance, "now", () => now);
  offerWake(() => { asked += 1; });
  const counts = [[0, 0], [4900, 0], [5000, 1], [5250, 1], [14_900, 1], [15_100, 2]].map(([silence, wanted]) => {
    now = 100_000 + silence;
    wakeServer(silence);
    return [asked, wanted];
  });
  assert.deepEqual(counts.map(([got]) => got), counts.map(([, wanted]) => wanted));
  clock.mock.restore();
});
