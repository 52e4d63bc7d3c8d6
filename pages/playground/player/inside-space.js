// Draws what a layer does to the plane: the points and a grid as they come in, and as the layer's units see them.

import { fixed, shortNumber } from "../../live/kit/format.js";
import { captionText, thinned } from "../../live/kit/tables.js";
import { roundStep, roundTicks } from "../../live/kit/ticks.js";
import { activationOf } from "./activations.js";
import { drawBottomAxis, drawLine, write } from "./inside-pen.js";
import { drawGrid, drawHalves, drawMarks } from "./inside-marks.js";
import { numbersOf, openedOf } from "./inside-state.js";
import { layerName } from "./inside-words.js";
import { drawProbeMark } from "./probe-mark.js";
import { ownUnits, placeOn } from "./slice.js";
import { probePoint } from "./slice-state.js";
import { axisNumber } from "./slice-words.js";

/** @typedef {import("./inside-pen.js").Box} Box */
/** @typedef {import("./inside-pen.js").Sheet} Sheet */
/** @typedef {import("./slice.js").Axis} Axis */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {{ low: number, high: number }} Reach from where to where an axis goes */
/** @typedef {(x: number, y: number) => [x: number, y: number]} Place of coordinates on the canvas */

const HEADLINE = 24, BELOW = 22, BESIDE = 34, ARROW = 54; // px
const WIDEST = 1.9; // of the inputs' plane, times its height
const INDEX = ["₁", "₂", "₃"];
const PROBE_SCALE = 0.7; // size of its mark beside that on the map

/**
 * From where to where an axis goes that shows all of some values, by round numbers.
 * @param {ArrayLike<number>} values
 * @returns {Reach}
 */
export function reachOf(values) {
  let low = Infinity, high = -Infinity;
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) continue;
    low = Math.min(low, values[k]);
    high = Math.max(high, values[k]);
  }
  if (!(high - low > 1e-9 * Math.max(1, Math.abs(high)))) {
    const middle = Number.isFinite(low) ? low : 0;
    return { low: middle - 1, high: middle + 1 };
  }
  const step = roundStep(high - low, 4) / 2, pad = (high - low) * 0.03;
  return { low: Math.floor((low - pad) / step) * step, high: Math.ceil((high + pad) / step) * step };
}

/** @param {Box} box @param {Reach} across @param {Reach} up @returns {Place} */
const placeIn = ({ x, y, width, height }, across, up) => (u, v) => [
  x + ((u - across.low) / (across.high - across.low)) * width,
  y + ((up.high - v) / (up.high - up.low)) * height,
];

/**
 * A plane's frame, and the numbers of its axes.
 * @param {Sheet} sheet
 * @param {Box} box
 * @param {Reach} across
 * @param {Reach | null} up null: without numbers
 * @param {[string, string]} names
 */
function drawFrame({ ctx, colors }, box, across, up, [name, nameUp]) {
  const { x, y, width, height } = box, { ink, ink2, font } = colors, span = across.high - across.low;
  const look = { size: 13, color: ink2, font, align: /** @type {const} */ ("right") };
  const named = write(ctx, name, x + width, y + height + 18, { ...look, size: 14, weight: 650, color: ink });
  const apart = (span * (named + 18)) / width;
  const ticks = roundTicks(across.low, across.high, 4).filter((tick) => across.high - tick > apart);
  drawBottomAxis(ctx, box, ticks.map((tick) => [(tick - across.low) / span, tick]), colors);
  const { low, high } = up || { low: 0, high: 1 };
  for (const tick of up ? roundTicks(low, high, 3) : []) {
    const at = y + ((high - tick) / (high - low)) * height;
    if (at > y + 22) write(ctx, shortNumber(tick), x - 6, at + 4, look);
  }
  write(ctx, nameUp, x - 6, y + 12, { ...look, size: 14, weight: 650, color: ink });
  ctx.strokeStyle = ink2;
  ctx.lineWidth = 1.2;
  ctx.strokeRect(x, y, width, height);
}

/**
 * Paints within a plane.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {() => void} paint
 */
function within(ctx, { x, y, width, height }, paint) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.clip();
  paint();
  ctx.restore();
}

/** Where the inputs' plane begins and ends, in the data's units. @param {Axis} axis @returns {Reach} */
const inputReach = (axis) => ({ low: ownUnits(axis, axis.low), high: ownUnits(axis, axis.high) });

/** Whether a name has room beside the plane: x₂ has. @param {Axis} axis */
const isBeside = ({ short }) => short.length <= 2;

/**
 * The plane of the inputs that the map shows, with a straight grid.
 * @param {Sheet} sheet
 * @param {Box} box
 * @param {Shown} state
 * @param {number} count of points
 */
function drawInputs(sheet, box, state, count) {
  const { ctx } = sheet, { spots, slice, slice: { axes }, header: { inside: { lines = 2 } } } = state;
  const [across, up] = axes.map(inputReach), place = placeIn(box, across, up);
  /** @type {Place} */
  const seenAt = (u, v) => place(ownUnits(axes[0], u), ownUnits(axes[1], v));
  drawFrame(sheet, box, across, up, [axes[0].short, isBeside(axes[1]) ? axes[1].short : ""]);
  within(ctx, box, () => {
    const ends = Array.from({ length: 2 * lines }, (_, k) => {
      const share = (k % lines) / (lines - 1);
      const u = across.low + (across.high - across.low) * share, v = up.low + (up.high - up.low) * share;
      return k < lines ? [u, up.low, u, up.high] : [across.low, v, across.high, v];
    });
    drawGrid(sheet, Float32Array.from(ends.flat()), lines, 2, place);
    drawMarks(sheet, state, count, (n) => seenAt(spots[3 * n], spots[3 * n + 1]));
    drawProbeMark(ctx, ...seenAt(...placeOn(slice, probePoint(state))), sheet.colors, PROBE_SCALE);
  });
}

/**
 * How the axes of a layer's space are called.
 * @param {string} kind
 * @param {ArrayLike<number>} shares of the variance
 * @returns {[string, string]}
 */
function axisNames(kind, shares) {
  if (kind === "one") return ["a₁", ""];
  if (kind === "units") return ["a₁", "a₂"];
  if (kind === "three") return ["", ""];
  const [first, second] = Array.from(shares).map((share) => `${fixed(100 * share, 0)} %`);
  return [`1st component, ${first}`, `2nd, ${second}`];
}

/**
 * The directions of three units, from where all are 0.
 * @param {Sheet} sheet
 * @param {ArrayLike<number>} basis
 * @param {Place} place
 */
function drawUnits({ ctx, colors: { ink, font } }, basis, place) {
  const [x, y] = place(0, 0);
  for (let k = 0; k < 3; k++) {
    const [u, v] = place(basis[2 * k], basis[2 * k + 1]);
    drawLine(ctx, [x, y, u, v], ink, 1.6);
    write(ctx, `a${INDEX[k]}`, u + 4, v + 4, { weight: 650, color: ink, font });
  }
}

/**
 * The space of the layer, with the grid as it is bent.
 * @param {Sheet} sheet
 * @param {Box} box
 * @param {Shown} state
 * @param {import("./inside-state.js").InsideNumbers} numbers
 */
function drawSpace(sheet, box, state, numbers) {
  const { ctx } = sheet, { header: { inside, dataset } } = state, kind = inside.kinds?.[inside.layer] || "units";
  const grid = numbers["inside.grid"], at = numbers["inside.points"], line = numbers["inside.line"];
  const probe = numbers["inside.probe"];
  /** @param {ArrayLike<number>} values @param {number} k */
  const every = (values, k) => Array.from(values).filter((_, n) => n % 2 === k);
  const flat = kind === "one", bands = Math.max(1, dataset.classes || 1);
  const across = reachOf([...every(at, 0), ...every(grid, 0)]);
  const up = flat ? { low: 0, high: bands } : reachOf([...every(at, 1), ...every(grid, 1)]);
  const place = placeIn(box, across, up);
  if (line && !flat) within(ctx, box, () => drawHalves(sheet, box, line, across, up, false));
  drawFrame(sheet, box, across, flat || kind === "three" ? null : up, axisNames(kind, numbers["inside.shares"]));
  within(ctx, box, () => {
    if (!flat) drawGrid(sheet, grid, inside.lines || 2, inside.steps || 2, place);
    if (line && !flat) drawHalves(sheet, box, line, across, up, true);
    if (kind === "three") drawUnits(sheet, numbers["inside.basis"], place);
    drawMarks(sheet, state, at.length / 2, (n) => {
      const sort = dataset.kind === "regression" ? 0 : state.points[3 * n + 2];
      return place(at[2 * n], flat ? bands - 0.5 - sort : at[2 * n + 1]);
    });
    if (!state.carried) drawProbeMark(ctx, ...place(probe[0], flat ? bands / 2 : probe[1]), sheet.colors, PROBE_SCALE);
  });
}

/** @param {Sheet} sheet @param {Shown} state */
export function drawHiddenSpace(sheet, state) {
  const { ctx, colors, stacked, width, height } = sheet, { layer } = openedOf(state);
  const { ink, ink2, font } = colors, numbers = numbersOf(state, state.frame);
  const strong = { weight: 650, color: ink, font }, weak = { size: 13, color: ink2, font };
  const each = stacked ? (height - 30) / 2 : height;
  const tall = each - HEADLINE - BELOW, side = stacked ? width - BESIDE - 8 : Math.min(tall * WIDEST, width * 0.34);
  const from = { x: BESIDE, y: HEADLINE, width: side, height: tall }, left = stacked ? 0 : from.x + side + ARROW;
  const to = {
    x: left + BESIDE + (stacked ? 0 : 24), y: HEADLINE + (stacked ? each + 30 : 0),
    width: (stacked ? side : width - left - BESIDE - 24 - 8), height: tall,
  };
  const end = from.x + write(ctx, "Inputs", from.x, from.y - 9, strong);
  const [, up] = state.slice.axes, upwards = isBeside(up) ? "" : ` · up: ${up.short}`;
  write(ctx, `straight grid${upwards}`, end + 12, from.y - 9, weak);
  const after = write(ctx, `After ${layerName(state.net, layer).toLowerCase()}`, to.x, to.y - 9, strong);
  write(ctx, `bent by ${activationOf(state.header, layer).label}`, to.x + after + 12, to.y - 9, weak);
  if (!numbers) return;
  drawInputs(sheet, from, state, numbers["inside.points"].length / 2);
  drawSpace(sheet, to, state, numbers);
  if (stacked) return;
  const x = from.x + side + 14, y = from.y + tall / 2;
  drawLine(ctx, [x, y, x + 26, y], ink2, 2);
  drawLine(ctx, [x + 18, y - 7, x + 26, y], ink2, 2);
  drawLine(ctx, [x + 18, y + 7, x + 26, y], ink2, 2);
}

export const hiddenSpaceHeight = () => 580;

/** What kind of space it is. @param {Shown} state */
function spaceSentence({ header: { inside } }) {
  const kind = inside.kinds?.[inside.layer];
  if (kind === "one") return "One unit: a line, with the classes below each other.";
  if (kind === "three") return "Three units, seen from a place that stays.";
  return kind === "components" ? "The two directions in which the units vary most (principal components)." : "";
}

/** @param {Shown} state */
export function hiddenSpaceCaption(state) {
  const { header: { inside, dataset }, slice: { axes: [across, up] }, frame } = state;
  const line = numbersOf(state, frame)?.["inside.line"];
  const kind = inside.kinds?.[inside.layer], shown = inside.points ?? 0;
  const grid = kind === "one" ? "" : `Solid: ${across.short} fixed. Dashed: ${up.short} fixed.`;
  const heavy = line ? "The output neuron only has to draw the one heavy straight line." : "";
  const some = shown < dataset.train ? `${shown} of ${dataset.train} training points.` : "";
  return [grid, spaceSentence(state), heavy, some].filter(Boolean).join(" ");
}

/** @param {Shown} state */
export function hiddenSpaceTable(state) {
  const { net, spots, slice, header: { dataset, probe } } = state, { layer } = openedOf(state);
  const numbers = numbersOf(state, state.frame), at = numbers?.["inside.points"] || new Float64Array();
  const count = at.length / 2, listed = thinned(count);
  /** @param {ArrayLike<number>} place on the plane */
  const placeTexts = (place) => slice.axes.map((axis, k) => axisNumber(axis, ownUnits(axis, place[k])));
  /** @param {ArrayLike<number>} place in the layer's space */
  const spaceTexts = (place) => Array.from(place, (value) => fixed(value, 2));
  const rows = listed.map((n) => {
    const spot = spots.subarray(3 * n, 3 * n + 3), target = spot[2];
    const sort = dataset.kind === "regression" ? fixed(target, 2) : dataset.labels[target];
    return [`${n + 1}`, sort, ...placeTexts(spot), ...spaceTexts(at.subarray(2 * n, 2 * n + 2))];
  });
  if (numbers?.["inside.probe"]) {
    rows.push(["probe", "", ...placeTexts(placeOn(slice, probe.point)), ...spaceTexts(numbers["inside.probe"])]);
  }
  const kind = dataset.kind === "regression" ? "Target" : "Class";
  const name = `Training points before and after ${layerName(net, layer).toLowerCase()}`;
  return {
    caption: captionText(name, listed.length, count, "points"),
    heads: ["Point", kind, ...slice.axes.map((axis) => axis.name), "Across", "Up"], rows,
  };
}
