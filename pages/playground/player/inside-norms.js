// Draws the norms of gradient and step against the epochs, a line for each layer; pale after the shown frame.

import { fixed, minus } from "../../live/kit/format.js";
import { thinned } from "../../live/kit/tables.js";
import { drawBottomAxis, drawLine, partsOf, write, writePower } from "./inside-pen.js";
import { layerLook, layerName } from "./inside-words.js";

/** @typedef {import("./inside-pen.js").Box} Box */
/** @typedef {import("./inside-pen.js").Sheet} Sheet */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {{ low: number, high: number }} Decades whole powers of ten */

const ROUNDING = 1e-9; // of a logarithm
const USUAL = -3; // the power of ten that an update has beside its weight where training goes well
const TITLE_ROOM = 24, AXIS_ROOM = 24, POWERS = 44, NAMES = 92; // px: above, below, left and right of a plot
const MOST_POWERS = 10, NAME = 18; // NAME: px from one name to the next
const NORM_CHARTS = [
  { title: "Gradient norm ‖∂L/∂W‖", name: "Gradient norm", usual: false },
  { title: "Update ÷ weight ‖ΔW‖ / ‖W‖", name: "Update ÷ weight", usual: true },
];

/**
 * The powers of ten between which all norms above 0 of some frames lie, at least two apart.
 * @param {(ArrayLike<number> | undefined)[]} rows the norms of each frame
 * @param {number} first which of them counts first
 * @param {number} count how many do
 * @param {boolean} usual whether the usual one is among them
 * @returns {Decades}
 */
export function decadesOf(rows, first, count, usual) {
  let least = usual ? 10 ** USUAL : Infinity, most = usual ? 10 ** USUAL : 0;
  for (const values of rows) {
    for (let k = first; values && k < first + count; k++) {
      if (!(values[k] > 0 && values[k] < Infinity)) continue;
      least = Math.min(least, values[k]);
      most = Math.max(most, values[k]);
    }
  }
  if (!most) return { low: -2, high: 0 };
  const high = Math.ceil(Math.log10(most) - ROUNDING) + 0, low = Math.floor(Math.log10(least) + ROUNDING);
  return { low: Math.max(Math.min(low, high - 2), high - MOST_POWERS), high };
}

/** The frames whose norms are shown. @param {Shown} state */
const shownFrames = ({ norms, seen }) => norms.frames(seen);

/**
 * A layer's line through some frames.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Shown} state
 * @param {number[]} frames
 * @param {(epoch: number, value: number) => [x: number, y: number]} place
 * @param {number} at which of the norms
 */
function traceNorms(ctx, { norms }, frames, place, at) {
  let down = false;
  ctx.beginPath();
  for (const frame of frames) {
    const { epoch, values } = /** @type {import("./inside-state.js").Norms} */ (norms.at(frame)), value = values[at];
    if (!(value > 0 && value < Infinity)) {
      down = false;
      continue;
    }
    const [x, y] = place(epoch, value);
    if (down) ctx.lineTo(x, y);
    else ctx.moveTo(x, y);
    down = true;
  }
  ctx.stroke();
}

/**
 * The powers of ten beside a plot, with lines across; of many, every second or third.
 * @param {Sheet} sheet
 * @param {Box} plot
 * @param {Decades} decades
 */
function drawPowers({ ctx, colors: { line, ink2, font } }, { x, y, width, height }, { low, high }) {
  const every = Math.max(1, Math.ceil(((high - low) * 18) / height));
  for (let power = high; power >= low; power -= every) {
    const at = y + ((high - power) / (high - low)) * height;
    drawLine(ctx, [x, at, x + width, at], line);
    writePower(ctx, power, x - 7, at + 5, { size: 13, color: ink2, font, align: "right" });
  }
}

/**
 * The layers' names at the right, each with its line.
 * @param {Sheet} sheet
 * @param {Box} plot
 * @param {Shown} state
 */
function drawNames({ ctx, colors }, { x, y, width, height }, { net }) {
  const first = 12, pitch = Math.min(NAME, (height + AXIS_ROOM - first) / net.layers.length);
  net.layers.forEach((_, l) => {
    const at = y + first + l * pitch, { color, dash } = layerLook(colors, l), left = x + width + 10;
    drawLine(ctx, [left, at - 4, left + 20, at - 4], color, 2.2, dash);
    write(ctx, layerName(net, l), left + 26, at, { size: 13, color: colors.ink, font: colors.font });
  });
}

/**
 * The layers' lines: solid up to the shown frame, pale after it.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Shown} state
 * @param {number[]} frames
 * @param {(epoch: number, value: number) => [x: number, y: number]} place
 * @param {number} first which of the norms is the first layer's
 */
function drawLayers(ctx, state, frames, place, first) {
  const split = frames.findIndex((frame) => frame > state.shown), past = split < 0 ? frames : frames.slice(0, split);
  state.net.layers.forEach((_, l) => {
    const { color, dash } = layerLook(state.colors, l);
    Object.assign(ctx, { strokeStyle: color, lineWidth: 2, lineJoin: "round" });
    ctx.setLineDash(dash);
    traceNorms(ctx, state, past, place, first + l);
    Object.assign(ctx, { globalAlpha: 0.35, lineWidth: 1.4 });
    if (split >= 0) traceNorms(ctx, state, frames.slice(Math.max(0, split - 1)), place, first + l);
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  });
}

/**
 * The line at which updates usually are, with its name above its right end.
 * @param {Sheet} sheet
 * @param {Box} plot
 * @param {number} at px
 */
function drawUsual({ ctx, colors }, { x, width }, at) {
  const look = { size: 13, color: colors.ink2, font: colors.font, align: /** @type {const} */ ("right") };
  drawLine(ctx, [x, at, x + width, at], colors.ink2, 1.2, [8, 3, 2, 3]);
  const power = writePower(ctx, USUAL, x + width - 4, at - 5, look);
  write(ctx, "usual ", x + width - 4 - power, at - 5, look);
}

/**
 * @param {Sheet} sheet
 * @param {Box} part
 * @param {Shown} state
 * @param {number} which chart
 */
function drawNormChart(sheet, part, state, which) {
  const { ctx, colors, stacked } = sheet, { title, usual } = NORM_CHARTS[which];
  const { net, norms, shown, extent, history } = state;
  const count = net.layers.length, frames = shownFrames(state), look = { color: colors.ink, font: colors.font };
  const decades = decadesOf(frames.map((frame) => norms.at(frame)?.values), which * count, count, usual);
  const { low, high } = decades, plot = {
    x: part.x + POWERS, y: part.y + TITLE_ROOM, width: part.width - POWERS - NAMES,
    height: part.height - TITLE_ROOM - AXIS_ROOM,
  };
  /** @param {number} epoch @param {number} value @returns {[number, number]} */
  const place = (epoch, value) => [
    plot.x + (epoch / extent) * plot.width,
    plot.y + Math.max(0, Math.min(1, (high - Math.log10(value)) / (high - low))) * plot.height,
  ];
  write(ctx, title, plot.x, part.y + 14, { ...look, weight: 650 });
  const end = stacked ? part.x + part.width : plot.x + plot.width;
  write(ctx, "log scale", end, part.y + 14, { ...look, size: 13, color: colors.ink2, align: "right" });
  drawPowers(sheet, plot, decades);
  drawBottomAxis(ctx, plot, [0, 1, 2, 3].map((k) => [k / 3, k ? (extent * k) / 3 : "epoch 0"]), colors);
  drawLine(ctx, [plot.x, plot.y, plot.x, plot.y + plot.height], colors.ink2, 1.2);
  drawLayers(ctx, state, frames, place, which * count);
  const [now] = place(history.epoch[Math.min(shown, history.count - 1)], 1);
  drawLine(ctx, [now, plot.y, now, plot.y + plot.height], colors.accent, 2);
  if (usual) drawUsual(sheet, plot, place(0, 10 ** USUAL)[1]);
  drawNames(sheet, plot, state);
}

/** @param {Sheet} sheet @param {Shown} state */
export function drawNorms(sheet, state) {
  partsOf(sheet, NORM_CHARTS.length).forEach((part, k) => drawNormChart(sheet, part, state, k));
}

export const normsHeight = () => 440;

/** @param {Shown} state */
export function normsCaption(state) {
  const frames = shownFrames(state), first = state.norms.at(frames[0]);
  const since = first && first.epoch > 1.5 && frames[0] > state.header.speed
    ? ` Known from epoch ${fixed(first.epoch, 0)} on.` : "";
  const values = Array.from(state.norms.at(state.shown)?.values ?? []);
  const none = values.includes(0) ? " What is exactly 0 has no place here." : "";
  return `Gradient: over all ${state.header.dataset.train} training points. `
    + `Update: the last mini-batch’s step of each frame. Weights alone, without biases.${none || since}`;
}

/** @param {Shown} state */
export function normsTable(state) {
  const { net, norms } = state, frames = norms.frames(state.seen), count = net.layers.length;
  const names = NORM_CHARTS.flatMap(({ name }) =>
    net.layers.map((_, l) => `${name}, ${layerName(net, l).toLowerCase()}`));
  const rows = thinned(frames.length).map((k) => {
    const { epoch, values } = /** @type {import("./inside-state.js").Norms} */ (norms.at(frames[k]));
    const said = Array.from({ length: 2 * count }, (_, at) =>
      (Number.isNaN(values[at]) ? "–" : minus(values[at].toPrecision(3))));
    return [fixed(epoch, Number.isInteger(epoch) ? 0 : 2), ...said];
  });
  return { caption: "Norms of gradient and update by epoch", heads: ["Epoch", ...names], rows };
}
