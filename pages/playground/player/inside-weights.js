// Draws a layer's weights, their gradient and the last step as matrices beside each other, the biases as a last row.

import { cssColor } from "../../live/kit/colors.js";
import { fixed, minus } from "../../live/kit/format.js";
import { unitMarks } from "./diagnosis-words.js";
import { drawRange, inkOn, partsOf, write, writePower } from "./inside-pen.js";
import { numbersOf, openedOf } from "./inside-state.js";
import { cellText, columnLabels, largest, layerName, powerOf, rowLabels } from "./inside-words.js";

/** @typedef {import("./inside-pen.js").Box} Box */
/** @typedef {import("./inside-pen.js").Sheet} Sheet */
/** @typedef {import("./types.js").Shown} Shown */

/**
 * @typedef {object} Matrix
 * @property {string} title
 * @property {string} name in words
 * @property {number[][]} rows the biases last, where there are any
 */

const ROW_LABELS = 44, TITLE = 22, UNIT_LABELS = 18, ABOVE_BIASES = 5; // px
const SIGN_ROOM = 34; // px of a column in which a sign stands beside its number
const LEAST_CELL = 15; // px of a column in which a number can be read; narrower cells are colours alone
const HEAD_ROOM = 18; // px from one column's number to the next
const LEAST_ROW = 13, TALLEST_ROW = 32, STACKED_ROW = 26; // px of a row

/**
 * The part of θ-like numbers that belongs to a layer, row by row; NaN where they aren't there.
 * @param {Shown} state
 * @param {number} l
 * @param {ArrayLike<number> | undefined} numbers
 */
function layerRows({ net }, l, numbers) {
  const count = net.dims[l] + (net.hasBias ? 1 : 0);
  return Array.from({ length: count }, (_, i) => Array.from({ length: net.dims[l + 1] }, (_unit, j) =>
    numbers?.[net.parameterAt({ l, i, j })] ?? NaN));
}

/** @param {Shown} state @returns {Matrix[]} */
export function matricesOf(state) {
  const { layer: l, batch } = openedOf(state), numbers = numbersOf(state, state.frame);
  const own = { title: "Mini-batch ∂L/∂W", name: "gradient of the last mini-batch", of: numbers?.["inside.batch"] };
  return [
    { title: "Weight W", name: "weight", of: state.frame.theta },
    { title: "Gradient ∂L/∂W", name: "gradient", of: numbers?.["inside.gradient"] },
    ...(batch ? [own] : []),
    { title: "Last step ΔW", name: "last step", of: numbers?.["inside.step"] },
  ].map(({ title, name, of }) => ({ title, name, rows: layerRows(state, l, of) }));
}

/** The column that is framed: of the neuron in focus, if it is of this layer. @param {Shown} state @param {number} l */
export const framedColumn = ({ focus, held }, l) => {
  const neuron = held?.kind === "neuron" ? held : focus;
  return neuron?.kind === "neuron" && neuron.l === l ? neuron.j : null;
};

/**
 * @param {Sheet} sheet
 * @param {Box} box of the title and the range
 * @param {Matrix} matrix
 * @returns {number} the power of ten that its numbers are written without
 */
function drawMatrixTitle({ ctx, colors }, { x, y, width }, { title, rows }) {
  const most = largest(rows.flat()), power = powerOf(most);
  const look = { weight: 650, color: colors.ink, font: colors.font };
  let end = x + write(ctx, power ? `${title}, ×` : title, x, y + 15, look);
  if (power) end += writePower(ctx, power, end, y + 15, look);
  if (most > 0) drawRange(ctx, x + width, y + 15, fixed(most / 10 ** power, 2), x + width - end, colors);
  return power;
}

/**
 * @param {Sheet} sheet
 * @param {Box} cells
 * @param {Matrix} matrix
 * @param {number} power
 * @param {number} row px of height
 * @param {boolean} biased whether the last row is the biases'
 */
function drawCells({ ctx, colors }, { x, y, width }, { rows }, power, row, biased) {
  const { diverging, line, bg, ink3, font } = colors;
  const most = largest(rows.flat()) || 1, columns = rows[0].length, cell = width / columns;
  const size = Math.max(10, Math.min(14, row - 4, cell / 2.7));
  rows.forEach((values, i) => values.forEach((value, j) => {
    const left = x + j * cell, top = y + i * row + (biased && i === rows.length - 1 ? ABOVE_BIASES : 0);
    const ground = diverging(Number.isFinite(value) ? value / most : 0);
    ctx.fillStyle = Number.isNaN(value) ? bg : cssColor(ground);
    ctx.fillRect(left, top, cell, row);
    ctx.strokeStyle = line;
    ctx.lineWidth = 1;
    ctx.strokeRect(left + 0.5, top + 0.5, cell - 1, row - 1);
    if (cell < LEAST_CELL) return;
    const color = Number.isNaN(value) ? ink3 : inkOn(ground);
    write(ctx, cellText(value, power, cell), left + cell / 2, top + row / 2 + size * 0.35,
      { size, color, font, align: "center" });
  }));
}

/**
 * Which columns have their number above them: all that have room, and the one that is framed.
 * @param {number} count
 * @param {number} cell px of a column
 * @param {number | null} framed
 */
export function headedColumns(count, cell, framed) {
  const every = Math.ceil(HEAD_ROOM / cell - 1e-9), columns = Array.from({ length: count }, (_, j) => j);
  if (every <= 1) return columns;
  return columns.filter((j) => j === framed || (j % every === 0 && (framed === null || Math.abs(j - framed) >= every)));
}

/**
 * The numbers of the units above their columns, with a sign at those that something is wrong with, and the frame
 * around the one in focus.
 * @param {Sheet} sheet
 * @param {Box} cells
 * @param {string[]} labels
 * @param {boolean[]} ill
 * @param {number | null} framed
 */
function drawColumns({ ctx, colors: { ink2, accent, bad, font } }, { x, y, width, height }, labels, ill, framed) {
  const cell = width / labels.length;
  for (const j of headedColumns(labels.length, cell, framed)) {
    const color = j === framed ? accent : ill[j] ? bad : ink2, weight = j === framed || ill[j] ? 700 : 400;
    const text = ill[j] ? (cell < SIGN_ROOM ? "⊘" : `⊘ ${labels[j]}`) : labels[j];
    const look = { size: 13, weight, color, font, align: /** @type {const} */ ("center") };
    write(ctx, text, x + (j + 0.5) * cell, y - 5, look);
  }
  if (framed === null) return;
  ctx.strokeStyle = accent;
  ctx.lineWidth = 2;
  ctx.strokeRect(x + framed * cell, y - 1, cell, height + 2);
}

/** @param {Sheet} sheet @param {Shown} state */
export function drawWeights(sheet, state) {
  const { layer: l } = openedOf(state), { ctx, colors, stacked } = sheet, { net } = state;
  const matrices = matricesOf(state), rows = rowLabels(net, l), columns = columnLabels(state, l);
  const labels = net.hasBias ? [...rows, "bias"] : rows, apart = net.hasBias ? ABOVE_BIASES : 0;
  const framed = framedColumn(state, l), marks = unitMarks(state, state.shown);
  const ill = columns.map((_, j) => marks.has(`${l},${j}`));
  const area = stacked ? sheet : { ...sheet, width: sheet.width - ROW_LABELS };
  partsOf(area, matrices.length).forEach((part, k) => {
    const x = part.x + ROW_LABELS, width = part.width - (stacked ? ROW_LABELS : 0), y = part.y + TITLE + UNIT_LABELS;
    const row = Math.min(TALLEST_ROW, (part.height - TITLE - UNIT_LABELS - apart - 2) / labels.length);
    const power = drawMatrixTitle(sheet, { ...part, x, width }, matrices[k]);
    drawCells(sheet, { x, y, width, height: 0 }, matrices[k], power, row, net.hasBias);
    drawColumns(sheet, { x, y, width, height: row * labels.length + apart }, columns, ill, framed);
    if (!stacked && k) return;
    labels.forEach((label, i) => {
      const middle = y + (i + 0.5) * row + (label === "bias" ? apart : 0) + 4.5;
      write(ctx, label, x - 8, middle, { color: colors.ink2, font: colors.font, align: "right" });
    });
  });
}

/** @param {Shown} state */
const rowCount = (state) => state.net.dims[openedOf(state).layer] + (state.net.hasBias ? 1 : 0);

/** The least height at which its numbers can be read. @param {Shown} state */
export const leastWeights = (state) => TITLE + UNIT_LABELS + ABOVE_BIASES + 2 + rowCount(state) * LEAST_ROW;

/** How high it is where its matrices stand below each other. @param {Shown} state */
export function weightsHeight(state) {
  const { batch } = openedOf(state), rows = rowCount(state);
  return (batch ? 4 : 3) * (TITLE + UNIT_LABELS + ABOVE_BIASES + 2 + rows * STACKED_ROW) + (batch ? 3 : 2) * 26;
}

/** Of how many points a mini-batch is. @param {number} rows */
const pointCount = (rows) => `${rows} ${rows === 1 ? "point" : "points"}`;

/** What the last step was. @param {Shown} state @param {number} rows of its mini-batch */
function stepSentence({ header: { plain_step: plain, optimizer } }, rows) {
  if (!rows) return "No step has led here yet.";
  const what = plain ? "−η × the gradient" : `what ${optimizer} makes of the gradient`;
  return `Last step: ${what} over the last mini-batch, ${pointCount(rows)}.`;
}

/** What the numbers are, in a sentence or two. @param {Shown} state */
export function weightsCaption(state) {
  const { net, header: { dataset }, frame } = state, { layer: l, batch } = openedOf(state);
  const numbers = numbersOf(state, frame), cosine = numbers?.["inside.cosines"]?.[l] ?? NaN;
  const to = layerName(net, l).toLowerCase(), from = l ? layerName(net, l - 1).toLowerCase() : "inputs";
  const sentences = [
    `Rows: from ${from}. Columns: to ${to}.`,
    ...(batch ? [] : [`Gradient: over all ${dataset.train} training points.`]),
    stepSentence(state, numbers?.["inside.rows"]?.[0] || 0),
  ];
  if (batch && !Number.isNaN(cosine)) {
    sentences.push(`Cosine of both gradients before it: ${fixed(cosine, 2)}.`);
  }
  return sentences.join(" ");
}

/** The same numbers as a table. @param {Shown} state */
export function weightsTable(state) {
  const { layer: l } = openedOf(state), { net } = state, matrices = matricesOf(state);
  const labels = [...rowLabels(net, l).map((label) => `from ${label}`), ...(net.hasBias ? ["bias"] : [])];
  /** @param {number} value */
  const said = (value) => (Number.isNaN(value) ? "–" : value === 0 ? "0" : minus(value.toPrecision(4)));
  return {
    caption: `${layerName(net, l)}: weights, gradient and last step`,
    heads: ["Number", ...columnLabels(state, l).map((label) => `to ${label}`)],
    rows: matrices.flatMap(({ name, rows }) =>
      rows.map((values, i) => [`${name}, ${labels[i]}`, ...values.map(said)])),
  };
}
