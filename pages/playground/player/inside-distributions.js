// Draws how weights, activations and gradients are spread: bars of shares, a row for each layer.

import { fixed, shortNumber } from "../../live/kit/format.js";
import { drawBottomAxis, drawLine, partsOf, write, writePower } from "./inside-pen.js";
import { numbersOf } from "./inside-state.js";
import { layerName, layerTone, shortLayerName } from "./inside-words.js";

/** @typedef {import("./inside-pen.js").Box} Box */
/** @typedef {import("./inside-pen.js").Sheet} Sheet */
/** @typedef {import("./types.js").Shown} Shown */

const NAME_ROOM = 78, SHORT_NAMES = 40, HEADING = 24, FOOT = 24; // px
const STACKED_LAYER = 30; // px of a row where the charts stand below each other
const LARGE_ZERO = 0.01; // share of exact zeros from which on it is said

/** Which chart shows what. zero: which of a layer's shares of exact zeros it says, if any. */
const SPREADS = [
  { title: "Weights and biases", unit: "value", block: "inside.weights", zero: -1, sizes: false },
  { title: "Activations", unit: "value, training points", block: "inside.activations", zero: 0, sizes: false },
  { title: "Gradients", unit: "|∂L/∂w|, log scale", block: "inside.gradients", zero: 1, sizes: true },
];

/**
 * A layer's bars, the tallest as high as its row.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} row
 * @param {ArrayLike<number>} shares
 * @param {string} color
 */
function drawBars(ctx, { x, y, width, height }, shares, color) {
  const most = Math.max(...Array.from(shares)), bar = width / shares.length;
  ctx.fillStyle = color;
  for (let k = 0; k < shares.length && most > 0; k++) {
    const tall = shares[k] > 0 ? Math.max(1.5, (shares[k] / most) * height) : 0;
    ctx.fillRect(x + k * bar + 0.5, y + height - tall, Math.max(1, bar - 1), tall);
  }
}

/**
 * @param {Sheet} sheet
 * @param {Box} plot
 * @param {number} low
 * @param {number} high
 * @param {boolean} sizes whether these are powers of ten
 */
function drawScale({ ctx, colors }, plot, low, high, sizes) {
  const { x, y, width, height } = plot;
  if (!sizes) {
    const zero = -low / (high - low);
    const inner = zero > 0.12 && zero < 0.88 ? [zero] : [];
    drawBottomAxis(ctx, plot, [0, ...inner, 1].map((place) => [place, low + place * (high - low)]), colors);
    drawLine(ctx, [x + zero * width, y, x + zero * width, y + height], colors.ink3, 1, [4, 3]);
    return;
  }
  const every = Math.ceil((high - low) / 4), ticks = [];
  for (let power = high; power >= low; power -= every) ticks.push(power);
  drawBottomAxis(ctx, plot, ticks.map((power) => [(power - low) / (high - low), ""]), colors);
  for (const power of ticks) {
    writePower(ctx, power, x + ((power - low) / (high - low)) * width, y + height + 18,
      { size: 13, color: colors.ink2, font: colors.font, align: "center" });
  }
}

/** @param {number} share of exact zeros */
const zeroText = (share) => (share >= LARGE_ZERO ? `${fixed(100 * share, 0)} % are 0` : "");

/** @param {Sheet} sheet @param {Shown} state */
export function drawDistributions(sheet, state) {
  const { ctx, colors, stacked } = sheet, { net } = state, numbers = numbersOf(state, state.frame);
  const count = net.layers.length, names = stacked ? SHORT_NAMES : NAME_ROOM;
  const area = stacked ? sheet : { ...sheet, width: sheet.width - names };
  const look = { color: colors.ink, font: colors.font };
  partsOf(area, SPREADS.length).forEach((part, k) => {
    const { title, unit, block, zero, sizes } = SPREADS[k], shift = names + (stacked ? 0 : part.x);
    const width = part.width - (stacked ? names : 0) - 14, height = part.height - HEADING - FOOT, row = height / count;
    const plot = { x: shift, y: part.y + HEADING, width, height };
    write(ctx, title, shift, part.y + 14, { ...look, weight: 650 });
    write(ctx, unit, shift + width, part.y + 14, { ...look, size: 13, color: colors.ink2, align: "right" });
    if (numbers) {
      const scales = numbers["inside.scales"], zeros = numbers["inside.zeros"], all = numbers[block];
      const bins = all.length / count;
      drawScale(sheet, plot, scales[2 * k], scales[2 * k + 1], sizes);
      for (let l = 0; l < count; l++) {
        const box = { x: shift, y: plot.y + l * row + 3, width, height: row - 4 };
        drawBars(ctx, box, all.subarray(l * bins, (l + 1) * bins), layerTone(colors, l));
        drawLine(ctx, [shift, box.y + box.height, shift + width, box.y + box.height], colors.ink2);
        const said = zero < 0 ? "" : zeroText(zeros[2 * l + zero]);
        write(ctx, said, shift + width, box.y + 9, { ...look, size: 12, align: "right" });
      }
    }
    for (let l = 0; l < count && (stacked || k === 0); l++) {
      const name = stacked ? shortLayerName(net, l) : layerName(net, l);
      write(ctx, name, shift - 10, plot.y + (l + 0.5) * row + 5, { ...look, size: Math.min(14, row), align: "right" });
    }
  });
}

/** @param {Shown} state */
export const distributionsHeight = ({ net }) =>
  SPREADS.length * (HEADING + FOOT + net.layers.length * STACKED_LAYER) + 2 * 26;

export const distributionsCaption = () =>
  "Shares of the values in equal bins: in each row the tallest bar is as high as the row.";

/** @param {Shown} state */
export function distributionsTable(state) {
  const numbers = numbersOf(state, state.frame), { net } = state;
  const rows = numbers === null ? [] : SPREADS.flatMap(({ title, block, zero, sizes }, k) => net.layers.map((_, l) => {
    const [low, high] = numbers["inside.scales"].subarray(2 * k, 2 * k + 2), all = numbers[block];
    const bins = all.length / net.layers.length, shares = Array.from(all.subarray(l * bins, (l + 1) * bins));
    const at = shares.indexOf(Math.max(...shares)), from = low + (at * (high - low)) / bins;
    const to = low + ((at + 1) * (high - low)) / bins;
    const [a, b] = (sizes ? [10 ** from, 10 ** to] : [from, to]).map(shortNumber);
    return [`${title}, ${layerName(net, l).toLowerCase()}`, `${a} to ${b}`, `${fixed(100 * shares[at], 0)} %`,
      zero < 0 ? "–" : `${fixed(100 * numbers["inside.zeros"][2 * l + zero], 0)} %`];
  }));
  return {
    caption: "Distributions: in which bin most values lie",
    heads: ["Values", "Fullest bin", "Share in it", "Exactly 0"], rows,
  };
}
