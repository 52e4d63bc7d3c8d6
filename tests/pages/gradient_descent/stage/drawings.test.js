import assert from "node:assert/strict";
import { test } from "node:test";
import { axisText } from "../../../../pages/gradient_descent/stage/axis.js";
import { crossingsOf } from "../../../../pages/gradient_descent/stage/curves.js";
import { namedEnd } from "../../../../pages/gradient_descent/stage/eigenvectors.js";
import { namePlace } from "../../../../pages/gradient_descent/stage/frame.js";
import { heightAt } from "../../../../pages/gradient_descent/stage/graph.js";
import { bandPixels, paintBands } from "../../../../pages/gradient_descent/stage/ground.js";
import { chooseLevels, levelLines, LEVELS } from "../../../../pages/gradient_descent/stage/levels.js";
import { curveScale } from "../../../../pages/gradient_descent/stage/logscale.js";
import { raceTable } from "../../../../pages/gradient_descent/stage/panels.js";
import { dots, presentStep } from "../../../../pages/gradient_descent/stage/path.js";
import { withValues } from "../../../../pages/gradient_descent/stage/pen.js";
import { layoutOf, rowsOf } from "../../../../pages/gradient_descent/stage/picture.js";
import { stepsPassed } from "../../../../pages/gradient_descent/stage/playing.js";
import { startMoved } from "../../../../pages/gradient_descent/stage/pointing.js";
import { slopeAt } from "../../../../pages/gradient_descent/stage/slopes.js";
import { tspans } from "../../../../pages/gradient_descent/stage/svgpen.js";
import { scaleOf } from "../../../../pages/gradient_descent/stage/window.js";
import { curveTitle, mapTitle, numbersAt } from "../../../../pages/gradient_descent/stage/wording.js";
import { wayOf } from "../../../../pages/live/kit/keys.js";

/** @typedef {import("../../../../pages/gradient_descent/stage/types.js").Header} Header */
/** @typedef {import("../../../../pages/gradient_descent/stage/types.js").Place} Place */
/** @typedef {import("../../../../pages/gradient_descent/stage/types.js").Racer} Racer */

const BOX = { left: 0, top: 0, width: 400, height: 200 };
const ZONES = [
  { from: 0, to: 0.1, regime: "monotone", short: "monotone", tone: "monotone" },
  { from: 0.1, to: 0.4, regime: "divergent", short: "diverges", tone: "divergent" },
];

/** @param {string} text @param {string} part */
const count = (text, part) => text.split(part).length - 1;

test("an axis without a step size has no marker, one with a step size has it at its value", () => {
  const axis = { end: 0.4, zones: ZONES, marks: [], note: "<note>" };
  const without = axisText({ axis, eta: null, width: 1000, narrow: false });
  const withEta = axisText({ axis, eta: 0.2, width: 1000, narrow: false });
  assert.equal(count(without, 'role="slider"'), 0);
  assert.match(withEta, /aria-valuemax="0.4" aria-valuenow="0.2"/);
  assert.match(withEta, /&lt;note&gt;/);
});

test("the divergent regime is patterned and the monotone one is not; a narrow axis has the short names", () => {
  const axis = { end: 0.4, zones: ZONES, marks: [], note: null };
  const wide = axisText({ axis, eta: 0.2, width: 1000, narrow: false });
  assert.deepEqual([count(wide, "url(#divergent)"), count(wide, "url(#monotone)")], [1, 0]);
  assert.ok(wide.includes(">divergent<") && !wide.includes("diverges"));
  assert.ok(axisText({ axis, eta: 0.2, width: 400, narrow: true }).includes(">diverges<"));
});

test("a regime that is a sliver of the axis has its colour but no name", () => {
  const sliver = { from: 0.4, to: 0.401, regime: "zig-zag", short: "zig-zag", tone: "zigzag" };
  const axis = { end: 0.5, zones: [...ZONES, sliver], marks: [], note: null };
  const text = axisText({ axis, eta: 0.2, width: 1000, narrow: false });
  assert.ok(text.includes("url(#zigzag)") && !text.includes(">zig-zag<"));
});

test("a note inside the axis keeps clear of the marker", () => {
  const axis = { end: 1, zones: [], marks: [], note: "look" };
  const middle = axisText({ axis, eta: 0.9, width: 1000, narrow: false });
  const aside = axisText({ axis, eta: 0.45, width: 1000, narrow: false });
  assert.match(middle, /<text x="500" y="56"/);
  assert.ok(aside.includes(`<text x="${22 + 956 * 0.45 + 170}" y="56"`));
});

test("two crossings whose words would lie on each other are written one above the other", () => {
  const scale = curveScale(500, 250, 40, { top: 2, bottom: -8, every: 2 });
  const heights = Float64Array.from({ length: 41 }, () => 1e-5), header = { crossings: { f: 30, grad: 32 } };
  const [first, second] = crossingsOf(scale, { header, heights, norms: heights, count: 41 });
  assert.equal(first.base - second.base, 20);
  const norms = heights.map((v) => v * 10 ** -0.5); // 10 pixels lower
  const [above, moved] = crossingsOf(scale, { header, heights, norms, count: 41 });
  assert.ok(Math.abs(above.base - moved.base - 30) < 1e-9);
  assert.ok(first.left);
  const apart = crossingsOf(scale, { header: { crossings: { f: 5, grad: 40 } }, heights, norms: heights, count: 41 });
  assert.deepEqual(apart.map(({ left, base, y }) => [left, base - y]), [[false, -10], [true, 19]]);
});

test("a test that never holds, or holds after the last step, has no mark", () => {
  const scale = curveScale(500, 250, 2, { top: 2, bottom: -8, every: 2 }), series = new Float64Array(3);
  const state = { header: { crossings: { f: null, grad: 3 } }, heights: series, norms: series, count: 3 };
  assert.deepEqual(crossingsOf(scale, state), []);
});

test("an eigenvector is named at its upper or right end, at the other one if a named step is near", () => {
  const scale = scaleOf(BOX, [-2, 2, -1, 1]);
  assert.deepEqual(namedEnd({ name: "min", value: 1, vector: [-1, 0] }, 1, scale, [[0, 0]]), [1, -0]);
  assert.deepEqual(namedEnd({ name: "max", value: 1, vector: [0, 1] }, 0.5, scale, [[0, 0]]), [0, 0.5]);
  assert.deepEqual(namedEnd({ name: "min", value: 1, vector: [1, 0] }, 1, scale, [[310, 100]]), [-1, -0]);
});

test("the name of an axis stands between its two middle ticks", () => {
  assert.equal(namePlace([0, 1, 2, 3], 0, 3), 2.5);
  assert.equal(namePlace([1], 0, 3), 1.5);
});

test("the height of a graph is exact at the middle of a cell and linear between two", () => {
  const grid = Float64Array.of(0, 10, 40, 90);
  assert.deepEqual([heightAt(grid, [0, 4], 1.5), heightAt(grid, [0, 4], 2), heightAt(grid, [0, 4], 4)], [10, 25, 115]);
});

test("a pixel has the band of its value", () => {
  const grid = Float32Array.from({ length: 16 }, (_, k) => k % 4), data = new Uint8ClampedArray(4 * 4 * 4);
  const levels = Array.from({ length: LEVELS }, (_, k) => (k < 2 ? k + 1 : 99)), colors = levels.map((_, k) => k);
  paintBands(/** @type {ImageData} */ ({ data, width: 4, height: 4 }), grid, 4, levels, colors);
  assert.deepEqual([...new Int32Array(data.buffer).slice(4, 8)], [0, 1, 2, 2]);
});

test("the first band has the first colour, and the last stops short of the last", () => {
  const pixels = bandPixels([[0, 0, 0], [100, 100, 100], [200, 200, 200]]).map((value) => value & 255);
  assert.equal(pixels.length, LEVELS + 1);
  assert.equal(pixels[0], 0);
  assert.equal(pixels[LEVELS], Math.round(200 * 0.82 * (LEVELS / (LEVELS + 1))));
});

test("levels rise from the lowest value, closer where most of the plane is low", () => {
  const flat = chooseLevels(Float32Array.from({ length: 1000 }, (_, k) => k));
  const steep = chooseLevels(Float32Array.from({ length: 1000 }, (_, k) => k ** 4));
  assert.equal(flat.length, LEVELS);
  for (const levels of [flat, steep]) assert.ok(levels.every((v, k) => k === 0 || v > levels[k - 1]));
  assert.ok(steep[1] - steep[0] < 0.01 * (steep[11] - steep[10]));
});

test("the line of a level lies where the values are equal to it, in cells from the corner", () => {
  const lines = levelLines(Float32Array.from({ length: 16 }, (_, k) => k % 4), 4, 1.5);
  assert.equal(lines.length, 1);
  assert.ok(lines[0].every(([x]) => x === 2));
});

test("the gradient between known places is interpolated in each coordinate", () => {
  // d/dx₁ = column, d/dx₂ = 10·row at 3 × 3 places
  const slopes = Float32Array.from({ length: 18 }, (_, k) => (k % 2 ? 10 * Math.floor(k / 6) : (k >> 1) % 3));
  assert.deepEqual([slopeAt(slopes, 3, 0.25, 0.75, 0), slopeAt(slopes, 3, 0.25, 0.75, 1)], [0.5, 15]);
  assert.deepEqual([slopeAt(slopes, 3, 1, 1, 0), slopeAt(slopes, 3, 1, 1, 1)], [2, 20]);
});

test("steps that come are empty dots, and dots that would touch are left out", () => {
  /** @type {Place[]} */
  const places = [[50, 50], [52, 50], [100, 50], [150, 50], [900, 50]];
  const text = dots(places, BOX, 2, "red");
  assert.deepEqual([count(text, 'fill="red"'), count(text, 'fill="var(--bg)"')], [2, 1]);
});

test("a shown step outside the picture is said to be there", () => {
  const says = "is outside the picture";
  assert.ok(!presentStep([[50, 50]], BOX, 0).includes(says));
  assert.ok(presentStep([[500, 50]], BOX, 0).includes(says));
  assert.ok(presentStep([[50, 50]], BOX, 3).includes(says));
});

test("a run takes twelve seconds at most, and a short one goes at five steps a second", () => {
  assert.equal(stepsPassed(0, 100, 20), 0.5);
  assert.equal(stepsPassed(0.25, 100, 1200), 10.25);
  assert.equal(stepsPassed(0, 5000, 20), 0.5);
});

test("an arrow key moves the start to the next round place of its coordinate", () => {
  assert.deepEqual(startMoved([3, 1.04], [1, 0], [-5, 5], false), [3.1, 1]);
  assert.deepEqual(startMoved([3, 1], [0, -1], [-5, 5], true), [3, 0.5]);
  assert.deepEqual([wayOf({ key: "ArrowUp" }), wayOf({ key: "toString" })], [[0, 1], null]);
});

/** @param {Partial<Racer>} fields */
const racer = (fields) => /** @type {Racer} */ ({
  label: "a", setting: "η = 1", place: null, steps: null, result: "", end: "f = 2", bar: null, open: false, ...fields,
});

test("a race's row has what raced, its steps or where it ended, and f there", () => {
  const table = raceTable([
    racer({ label: "a<b", place: 1, steps: 50, result: "50 steps", bar: 0.5 }),
    racer({ result: "a saddle" }),
  ], ["circle", "square"]);
  assert.match(table, /data-steps="50" data-place="1".*a&lt;b <small>η\u00a0=\u00a01<.*50 steps <small>f = 2</);
  assert.match(table, /data-steps="null" data-place="null"><td role="rowheader">.*a saddle <small>f = 2</);
});

test("a bar is as long as the steps, hatched for a rule on its way; one that ended elsewhere has none", () => {
  const table = raceTable([
    racer({ bar: 0.5 }), racer({ bar: 1, open: true }), racer({}),
  ], ["circle", "square", "star"]);
  const [quick, open, elsewhere] = table.split("<tr").slice(1);
  assert.match(quick, /class="bar" style="--mark:var\(--mark-0\);--bar:50\.0%"/);
  assert.match(open, /class="bar open" .*--bar:100\.0%/);
  assert.doesNotMatch(elsewhere, /bar/);
});

test("the numbers of a step are those of its point", () => {
  const points = Float64Array.of(1, 2, 3, 4), values = Float64Array.of(9, 7), norms = Float64Array.of(5, 6);
  const state = { points, values, norms, k: 1 };
  assert.deepEqual(numbersAt(state, 2).map(([, value]) => value), ["(3, 4)", "7.00000", "6.00000"]);
  assert.equal(numbersAt(state, 1)[0][1], "2");
});

test("colours are written out in a saved drawing, with quotation marks that an attribute can hold", () => {
  assert.equal(withValues('fill="var(--a)" x="var(--b)"', (name) => ({ "--a": " #fff ", "--b": '"X"' }[name] || "")),
    'fill="#fff" x="\'X\'"');
});

test("in a saved picture the piece after a subscript is lifted back to the line", () => {
  const shifts = tspans([["λ", false], ["<", true], ["=", false]], 20).match(/dy="[^"]*"/g);
  assert.deepEqual(shifts, ['dy="0"', 'dy="5"', 'dy="-5"']);
  assert.match(tspans([["<", true]], 20), /font-size="15">&#60;</);
});

test("a wide picture has curves and table beside the plane, a narrow one below it and its table in a race only", () => {
  const axis = { left: 0, right: 900, width: 900, height: 96 };
  const plane = { left: 0, right: 500, width: 500, height: 450 };
  const beside = { left: 540, right: 900, width: 360, height: 200 }, below = { ...beside, left: 0, right: 360 };
  const wide = layoutOf(axis, plane, beside, 8, false), narrow = layoutOf(axis, plane, below, 8, false);
  assert.deepEqual([wide.width, wide.height, wide.x, wide.y, wide.listed], [896, 680, 524, 166, true]);
  const found = [narrow.width, narrow.height, narrow.x, narrow.y];
  assert.deepEqual(found, [524, 968, 0, 678], "with a line for each legend");
  assert.equal(layoutOf(axis, plane, below, 3, true).height - narrow.height, 34 + 3 * 26 - 104 - 48);
});

test("the table of a picture has equations in one line, and of a race what stands in place of the steps", () => {
  const theory = { title: "", near: "", rows: [{ lines: ["a_{1}", "b"] }, { label: "l", value: "v", tone: null }] };
  const race = [racer({ label: "*a*b", result: "runs away" })];
  const [equations, fact] = rowsOf({ racing: false, header: { race, theory } });
  assert.deepEqual(equations, { label: [["a", false], ["1", true], [", b", false]], value: [] });
  assert.deepEqual(fact.value, [["v", false]]);
  assert.deepEqual(rowsOf({ racing: true, header: { race, theory } }), [
    { label: [["*a*b, η = 1", false]], value: [["runs away, f = 2", false]] },
  ]);
});

test("the picture of a race has no axis of a step size, and says the steps to which its paths are drawn", () => {
  const axis = { left: 0, right: 900, width: 900, height: 96 };
  const plane = { left: 0, right: 500, width: 500, height: 450 };
  const curves = { left: 540, right: 900, width: 360, height: 200 };
  const [run, race] = [false, true].map((racing) => layoutOf(axis, plane, curves, 6, racing));
  assert.deepEqual([run.below - run.top, race.below - race.top], [104, 0]);
  const header = /** @type {Header} */ ({ height: "*f*", race_shown: 400, dimension: 2 });
  assert.equal(curveTitle(header, false, 400), "*f* and ‖∇*f*‖, step by step");
  assert.equal(curveTitle(header, true, 399), "‖∇*f*‖ of every rule, step by step");
  assert.equal(curveTitle(header, true, 400), "‖∇*f*‖ of every rule, steps 0 to 400");
  assert.equal(mapTitle(header, true), "Level curves and paths");
});
