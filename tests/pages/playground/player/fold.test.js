// Which layers are drawn as one block, and where its cells lie.

import { test } from "node:test";
import assert from "node:assert/strict";

import { networkShape } from "../../../../pages/playground/player/shape.js";
import { foldOf, gridOf, hasLinks } from "../../../../pages/playground/player/fold.js";
import { biasUnder, placeNetwork } from "../../../../pages/playground/player/place.js";

/**
 * @param {number[]} dims inputs, hidden widths and outputs
 * @param {[height: number, width: number] | null} [picture]
 */
function netOf([inputs, ...widths], picture = null) {
  let at = 0;
  const layers = widths.map((width, l) => {
    const W = at, b = W + (l ? widths[l - 1] : inputs) * width;
    at = b + width;
    return { width, activation: "tanh", table: 0, W, b };
  });
  const names = Array.from({ length: inputs }, (_, k) => `f${k}`);
  const features = names.map((name) => ({ name, label: name, short: name, on: true }));
  const labels = Array.from({ length: widths[widths.length - 1] }, (_, k) => String(k));
  return networkShape({ inputs: features, layers, dataset: { labels, picture } });
}

test("more than 8 inputs are one block, and so are more than 16 units of any layer", () => {
  assert.deepEqual([0, 1, 2, 3].map((k) => foldOf(netOf([8, 16, 16, 16]), k)), ["", "", "", ""]);
  assert.deepEqual([0, 1, 2, 3].map((k) => foldOf(netOf([9, 17, 16, 17]), k)), ["columns", "cells", "", "cells"]);
});

test("inputs that are a picture are drawn as it, and the weights from them as pictures, of few units too", () => {
  assert.deepEqual([0, 1, 2, 3].map((k) => foldOf(netOf([64, 4, 17, 10], [8, 8]), k)),
    ["picture", "weights", "cells", ""]);
});

test("single links lead to single units and to few pictures of weights, a band to all others", () => {
  assert.deepEqual([hasLinks("", 16), hasLinks("weights", 16), hasLinks("weights", 17), hasLinks("cells", 17),
    hasLinks("columns", 9), hasLinks("picture", 64)], [true, true, false, false, false, false]);
  const place = placeNetwork(netOf([4, 16, 17, 3]), 800, 508, false, 4);
  assert.equal(place.links.length, 4 * 16);
  assert.equal(place.bands.length, 2);
});

test("every link is drawn by itself or belongs to a band", () => {
  for (const dims of [[64, 32, 10], [64, 12, 10], [9, 8, 2], [2, 64, 64, 2], [30, 17, 16, 3]]) {
    const place = placeNetwork(netOf(dims, dims[0] === 64 ? [8, 8] : null), 800, 508, false, dims[0]);
    const drawn = new Set(place.links.map(({ l }) => l));
    assert.equal(drawn.size + place.bands.length, dims.length - 1, String(dims));
  }
});

test("the cells of a block don't overlap, lie inside it, and it lies in its room, whatever their number", () => {
  for (const [width, height] of [[40, 300], [140, 300], [140, 80], [300, 140]]) {
    for (let n = 1; n <= 64; n++) {
      const { xs, y, size, box } = gridOf(n, 200, 150, width, height), where = `${n} in ${width} × ${height}`;
      assert.equal(xs.length, n);
      assert.ok(box.width <= width + 1e-9 && box.height <= height + 1e-9, where);
      for (let j = 0; j < n; j++) {
        assert.ok(xs[j] - size / 2 >= box.left - 1 && xs[j] + size / 2 <= box.left + box.width + 1, where);
        assert.ok(y[j] - size / 2 >= box.top - 1 && y[j] + size / 2 <= box.top + box.height + 1, where);
        const apart = j ? Math.max(Math.abs(xs[j] - xs[j - 1]), Math.abs(y[j] - y[j - 1])) : size;
        assert.ok(apart >= Math.min(size, apart + 1e-9), where);
      }
    }
  }
});

test("a block of 32 cells has at most eight rows where there is room beside them", () => {
  const { y } = gridOf(32, 100, 150, 140, 280);
  assert.equal(new Set(y).size, 8);
});

test("biases of units in a block have no squares to point at, those of others have", () => {
  const place = placeNetwork(netOf([2, 17, 3, 1]), 800, 508, false, 2);
  /** @param {number} k */
  const found = (k) => {
    const { xs, y, size } = place.columns[k];
    return biasUnder(place, xs[0] - size / 2, y[0] + size / 2, 4);
  };
  assert.equal(found(1), null);
  assert.deepEqual(found(2), { kind: "bias", l: 1, i: 17, j: 0 });
});
