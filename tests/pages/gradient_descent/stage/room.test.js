import assert from "node:assert/strict";
import { test } from "node:test";
import { planeRoom, planeWidth } from "../../../../pages/gradient_descent/stage/room.js";

test("the plane gets the height that the window leaves beside what is above and below it, with 8 px to spare", () => {
  assert.equal(planeRoom(900, 300, 140), 452);
});

test("a low window leaves the plane at least 220 px, and the page scrolls", () => {
  assert.equal(planeRoom(600, 300, 140), 220);
});

test("the plane is as wide as its place, or as the height allows where that is less", () => {
  assert.equal(planeWidth(400, 500, 1.12), 400);
  assert.equal(planeWidth(400, 250, 1.12), 280);
});
