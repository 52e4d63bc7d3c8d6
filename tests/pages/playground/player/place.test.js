// Where the parts of the diagram lie, and what lies under a pointer.

import { test } from "node:test";
import assert from "node:assert/strict";

import { makeNetwork } from "./networks.js";
import {
  biasPlace, biasUnder, buttonSide, linkUnder, linkX, linkY, placeNetwork,
} from "../../../../pages/playground/player/place.js";

const net = makeNetwork([0, 2], [3, 2], 1);
const place = placeNetwork(net, 750, 508, false, 4);

test("column 0 has the inputs and column l + 1 the neurons of layer l", () => {
  assert.deepEqual(place.columns.map(({ y }) => y.length), [2, 3, 2, 1]);
  assert.deepEqual(place.columns.map(({ x }) => x), [84, 284, 484, 684]);
  assert.equal(place.pitch, 200);
});

test("inputs stand in the rows of their features, also beside features that are off", () => {
  assert.deepEqual(place.columns[0].y, [place.featureY(0), place.featureY(2)]);
  assert.deepEqual([0, 1, 2, 3].map(place.featureY), [150, 250, 350, 450]);
});

test("of more than 16 features only those that are inputs have a row", () => {
  const inputs = net.inputs.map((input, k) => ({ ...input, row: [3, 28][k] }));
  const wide = placeNetwork({ ...net, inputs }, 750, 508, false, 30);
  assert.deepEqual(wide.columns[0].y, [200, 400]);
  assert.deepEqual([3, 28, 0].map(wide.featureY), [200, 400, NaN]);
  assert.equal(wide.apart, 200);
  assert.equal(placeNetwork(net, 750, 508, false, 16).apart, 25);
});

test("neurons stand evenly around the middle, at most 78 px apart, on a narrow page 62", () => {
  assert.equal(place.middle, 300);
  assert.deepEqual(place.columns[1].y, [222, 300, 378]);
  const narrow = placeNetwork(net, 320, 508, true, 4);
  assert.deepEqual(narrow.columns[1].y, [234, 296, 358]);
});

test("tiles are 52 px, 34 on a narrow page, and smaller where rows or columns are close", () => {
  assert.deepEqual(place.columns.map(({ size }) => size), [46, 46, 46, 46]);
  assert.equal(placeNetwork(net, 750, 908, false, 4).columns[1].size, 52);
  assert.equal(placeNetwork(net, 450, 908, true, 4).columns[1].size, 34);
  assert.equal(placeNetwork(net, 300, 908, false, 4).columns[1].size, 26);
  assert.equal(placeNetwork(net, 200, 150, false, 4).columns[1].size, 16);
  assert.equal(placeNetwork(net, 750, 508, false, 10).columns[0].size, 32);
});

test("the sheet is wider than its place where a column would have less than 52 px", () => {
  const tight = placeNetwork(net, 200, 508, false, 4);
  assert.equal(tight.width, 84 + 66 + 3 * 52);
  assert.equal(tight.available, 200);
  assert.equal(tight.pitch, 52);
  assert.ok(tight.tight && !place.tight);
});

test("for a finger the columns stand further apart and begin lower, below higher headers", () => {
  const touch = placeNetwork(net, 200, 508, true, 4, true);
  assert.equal(touch.pitch, 70);
  assert.equal(touch.middle - placeNetwork(net, 200, 508, true, 4).middle, 17);
});

test("a button over a tile has 24 px, 44 for a finger, but no more than its row", () => {
  assert.deepEqual([16, 30].map((size) => buttonSide(size, 100, false)), [24, 30]);
  assert.deepEqual([16, 50].map((size) => buttonSide(size, 100, true)), [44, 50]);
  assert.equal(buttonSide(20, 38, true), 38);
});

test("links have their places in theta, from input or neuron i to neuron j of layer l", () => {
  assert.equal(place.links.length, 2 * 3 + 3 * 2 + 2 * 1);
  for (const { l, i, j, at } of place.links) assert.equal(at, net.weightAt(l, i, j));
  const link = place.links.find(({ l, i, j }) => l === 1 && i === 2 && j === 0);
  assert.ok(link);
  assert.equal(link.x1, 284 + 23 + 1);
  assert.equal(link.x2, 484 - 23 - 1);
  assert.equal(link.y1, place.columns[1].y[2]);
});

test("links arrive side by side, in the order of what they come from; a lone one arrives in the middle", () => {
  const ends = place.links.filter(({ l, j }) => l === 1 && j === 0).map(({ y2 }) => y2 - place.columns[2].y[0]);
  assert.deepEqual(ends.map((y) => +y.toFixed(6)), [-3.2, 0, 3.2]);
  const lone = placeNetwork(makeNetwork([1], [], 1), 750, 508, false, 4);
  assert.equal(lone.links[0].y2, lone.columns[1].y[0]);
});

test("every parameter is found by its place in theta", () => {
  assert.equal(place.parameters.size, place.links.length + 3 + 2 + 1);
  assert.deepEqual(place.parameters.get(net.biasAt(1, 1)), { kind: "bias", l: 1, i: 3, j: 1 });
  assert.equal(place.parameters.get(place.links[4].at), place.links[4]);
  const without = makeNetwork([0, 1], [2], 1, { bias: false });
  assert.equal(placeNetwork(without, 750, 508, false, 4).parameters.size, 6);
});

test("a bias lies at the lower left of its neuron and is found there, with its fan-in", () => {
  const { x, y, side } = biasPlace(place, 1, 1);
  assert.equal(side, 15);
  assert.ok(Math.abs(x - (484 - 23)) < side && Math.abs(y - (place.columns[2].y[1] + 23)) < side);
  assert.deepEqual(biasUnder(place, x, y, 1), { kind: "bias", l: 1, i: 3, j: 1 });
  assert.deepEqual(biasUnder(place, x + side / 2 + 0.9, y, 1), { kind: "bias", l: 1, i: 3, j: 1 });
  assert.equal(biasUnder(place, x + side / 2 + 1.1, y, 1), null);
  assert.equal(biasUnder(place, x, y - side / 2 - 1.1, 1), null);
});

test("the square of a small tile's bias is 8 px, and never below 12 for others", () => {
  const columns = [{ xs: [0], y: [0], size: 20 }, { xs: [90], y: [0], size: 23 }, { xs: [180], y: [0], size: 24 }];
  assert.deepEqual([0, 1].map((l) => biasPlace({ columns }, l, 0).side), [8, 12]);
});

test("a link's curve goes from its beginning to its end and is steepest in the middle", () => {
  const link = place.links[1];
  assert.deepEqual([linkX(link, 0), linkY(link, 0)], [link.x1, link.y1]);
  assert.deepEqual([linkX(link, 1), linkY(link, 1)], [link.x2, link.y2]);
  assert.ok(Math.abs(linkX(link, 0.5) - (link.x1 + link.x2) / 2) < 1e-9);
  assert.ok(Math.abs(linkY(link, 0.25) - (link.y1 + (link.y2 - link.y1) * 0.15625)) < 1e-9);
});

test("each link is found at a point of its curve", () => {
  for (const link of place.links) {
    const found = linkUnder(place, linkX(link, 0.2), linkY(link, 0.2), 6);
    assert.deepEqual(found, { kind: "link", l: link.l, i: link.i, j: link.j });
  }
});

test("a link is found within reach only, measured across it where it is steep", () => {
  const flat = { l: 0, i: 0, j: 0, at: 0, x1: 0, y1: 50, x2: 100, y2: 50 };
  assert.ok(linkUnder({ links: [flat] }, 40, 55.9, 6));
  assert.equal(linkUnder({ links: [flat] }, 40, 56.1, 6), null);
  const steep = { ...flat, y1: 0, y2: 1000 }, x = linkX(steep, 0.5), y = linkY(steep, 0.5);
  assert.ok(linkUnder({ links: [steep] }, x, y + 60, 6));
  assert.equal(linkUnder({ links: [steep] }, x, y + 200, 6), null);
});

test("no link is found beside its ends, and of two the nearer one", () => {
  const flat = { l: 0, i: 0, j: 0, at: 0, x1: 10, y1: 50, x2: 90, y2: 50 }, other = { ...flat, j: 1, y1: 58, y2: 58 };
  assert.equal(linkUnder({ links: [flat] }, 9, 50, 6), null);
  assert.equal(linkUnder({ links: [flat] }, 91, 50, 6), null);
  assert.equal(linkUnder({ links: [flat, other] }, 50, 53, 14)?.j, 0);
  assert.equal(linkUnder({ links: [flat, other] }, 50, 55, 14)?.j, 1);
});

test("on a tablet held upright the network of the first page has room for a finger without scrolling", () => {
  assert.equal(placeNetwork(net, 317, 508, true, 7, true).width, 317);
});

test("up to sixteen outputs stand one by one; more are a grid of cells that has room beside the edge", () => {
  const few = placeNetwork(makeNetwork([0, 2], [3], 16), 750, 508, false, 4).columns[2];
  assert.deepEqual([few.fold, new Set(few.xs).size], ["", 1]);
  for (const [width, narrow] of /** @type {[number, boolean][]} */ ([[750, false], [320, true]])) {
    const sheet = placeNetwork(makeNetwork([0, 2], [3], 50), width, 508, narrow, 4);
    const { fold, xs, y, size, box } = sheet.columns[2];
    assert.deepEqual([fold, xs.length, sheet.bands.length], ["cells", 50, 1]);
    assert.ok(box.left > sheet.columns[1].x + sheet.columns[1].size / 2 && box.left + box.width <= sheet.width);
    const places = new Set(xs.map((x, j) => `${x},${y[j]}`));
    assert.ok(places.size === 50 && size >= 8);
  }
});
