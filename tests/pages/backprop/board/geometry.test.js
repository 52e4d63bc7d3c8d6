import assert from "node:assert/strict";
import { test } from "node:test";

import { diagramGeometry, linkDashes, linkOpacity, linkPath, linkWidth } from
  "../../../../pages/backprop/board/geometry.js";

test("the inputs stand at the left edge, the outputs at the right one, and columns are equally far apart", () => {
  const { x, gap } = diagramGeometry(450, 380, [4, 3, 2, 1]);
  assert.equal(x(0), 44);
  assert.equal(x(3), 406);
  assert.ok(Math.abs(x(2) - x(1) - gap) < 1e-9);
});

test("a narrow diagram has a smaller edge", () => {
  const { x } = diagramGeometry(380, 380, [2, 1]);
  assert.deepEqual([x(0), x(1)], [34, 346]);
});

test("neurons of a column are symmetric around the middle between 34 px above and 48 px below", () => {
  for (const n of [1, 2, 3, 7]) {
    const { y, pitch } = diagramGeometry(450, 380, [n, 1]);
    assert.ok(Math.abs((y(0, 0) + y(0, n - 1)) / 2 - 183) < 1e-9);
    if (n > 1) assert.ok(Math.abs(y(0, 1) - y(0, 0) - pitch(0)) < 1e-9);
  }
});

test("neurons of a full column share the height, those of a small one are 76 px apart", () => {
  const { pitch } = diagramGeometry(450, 380, [7, 3, 1]);
  assert.ok(Math.abs(pitch(0) - 298 / 7) < 1e-9);
  assert.equal(pitch(1), 76);
  assert.equal(diagramGeometry(450, 200, [1, 1]).pitch(0), 118 / 2.2);
});

test("a radius is at most 21 px, at least 7, and leaves room beside and above", () => {
  assert.equal(diagramGeometry(450, 380, [2, 1]).radius(0), 21);
  assert.equal(diagramGeometry(450, 380, [30, 1]).radius(0), 7);
  const crowded = diagramGeometry(450, 380, [10, 1]), close = diagramGeometry(450, 380, Array(10).fill(1));
  assert.ok(Math.abs(crowded.radius(0) - 0.42 * 29.8) < 1e-9);
  assert.ok(Math.abs(close.radius(0) - 0.3 * close.gap) < 1e-9);
});

test("a text fits between neurons that are 30 px apart at their borders", () => {
  assert.equal(diagramGeometry(450, 380, [4, 1]).tall(0), true); // 74.5 ≥ 72
  assert.equal(diagramGeometry(450, 380, [5, 1]).tall(0), false); // 59.6 < 72
});

test("a link goes from border to border and is level at both ends", () => {
  const geometry = diagramGeometry(488, 380, [1, 2]);
  assert.equal(linkPath(geometry, 0, 0, 1), "M65.0,183.0C244.0,183.0 244.0,221.0 423.0,221.0");
});

test("a link is as thick as its weight is strong, up to 9 px", () => {
  assert.equal(linkWidth(0), 0.8);
  assert.equal(linkWidth(-1), linkWidth(1));
  assert.ok(Math.abs(linkWidth(1) - 2.9) < 1e-9);
  assert.equal(linkWidth(50), 9);
});

test("a link at work has an opacity from 0.75 to 1", () => {
  assert.equal(linkOpacity(0), 0.75);
  assert.ok(Math.abs(linkOpacity(-1.2) - 0.844) < 1e-9);
  assert.equal(linkOpacity(9), 1);
});

test("the dashes of a thick link are longer", () => {
  assert.equal(linkDashes(2), "6.0 4.3");
  assert.equal(linkDashes(8), "15.0 9.7");
});
