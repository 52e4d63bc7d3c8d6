// Writes and draws on the canvas of an inside view: titles, powers of ten, axes and scales that all views share.

import { cssColor, luminance } from "../../live/kit/colors.js";
import { fixed, shortNumber } from "../../live/kit/format.js";

/** @typedef {import("../../live/kit/colors.js").Colors} Colors */

/**
 * What a view is drawn on.
 * @typedef {object} Sheet
 * @property {CanvasRenderingContext2D} ctx
 * @property {number} width px
 * @property {number} height px
 * @property {boolean} stacked whether its parts stand below each other
 * @property {Colors} colors
 */

/** @typedef {{ x: number, y: number, width: number, height: number }} Box px */

export const GAP = 26; // px between parts side by side
const RAISED = 0.68; // size of an exponent
const RANGE_ROOM = 136; // px that a bar with its numbers takes

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {number} x
 * @param {number} y of its baseline
 * @param {{ size?: number, weight?: number, color: string, font: string, align?: CanvasTextAlign }} look
 */
export function write(ctx, text, x, y, { size = 14, weight = 400, color, font, align = "left" }) {
  ctx.font = `${weight} ${size}px ${font}`;
  ctx.fillStyle = color;
  ctx.textAlign = align;
  ctx.textBaseline = "alphabetic";
  ctx.fillText(text, x, y);
  return ctx.measureText(text).width;
}

/**
 * A power of ten, its exponent raised; returns its width.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} power
 * @param {number} x of its left end, or of its right one
 * @param {number} y
 * @param {{ size?: number, weight?: number, color: string, font: string, align?: "left" | "right" | "center" }} look
 */
export function writePower(ctx, power, x, y, { size = 14, weight = 400, color, font, align = "left" }) {
  const exponent = fixed(power, 0), small = size * RAISED;
  ctx.font = `${weight} ${size}px ${font}`;
  const base = ctx.measureText("10").width;
  ctx.font = `${weight} ${small}px ${font}`;
  const width = base + ctx.measureText(exponent).width + 1;
  const left = x - (align === "right" ? width : align === "center" ? width / 2 : 0);
  write(ctx, exponent, left + base + 1, y - size * 0.36, { size: small, weight, color, font });
  write(ctx, "10", left, y, { size, weight, color, font });
  return width;
}

/** Boxes side by side, or below each other. @param {Sheet} sheet @param {number} count @returns {Box[]} */
export function partsOf({ width, height, stacked }, count) {
  if (stacked) {
    const each = (height - GAP * (count - 1)) / count;
    return Array.from({ length: count }, (_, k) => ({ x: 0, y: k * (each + GAP), width, height: each }));
  }
  const each = (width - GAP * (count - 1)) / count;
  return Array.from({ length: count }, (_, k) => ({ x: k * (each + GAP), y: 0, width: each, height }));
}

/** Black or white, whichever is read better on a colour. @param {import("../../live/kit/colors.js").RGB} ground */
export const inkOn = (ground) => (luminance(ground) > 0.18 ? "#10161c" : "#ffffff");

/**
 * The colours of −1 … 1 as a bar that ends at x, with the numbers at its ends; where it has no room, ± and the number,
 * or nothing.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y of the numbers' baseline
 * @param {string} range the number at the right end, without its sign
 * @param {number} room px
 * @param {Colors} colors
 */
export function drawRange(ctx, x, y, range, room, { diverging, ink2, font }) {
  const look = { size: 13, color: ink2, font, align: /** @type {const} */ ("right") }, bar = 42;
  if (room < RANGE_ROOM) {
    ctx.font = `13px ${font}`;
    if (ctx.measureText(`±${range}`).width + 8 < room) write(ctx, `±${range}`, x, y, look);
    return;
  }
  const right = write(ctx, `+${range}`, x, y, look);
  const left = x - right - 5 - bar, paint = ctx.createLinearGradient(left, 0, left + bar, 0);
  for (let k = 0; k <= 4; k++) paint.addColorStop(k / 4, cssColor(diverging(k / 2 - 1)));
  ctx.fillStyle = paint;
  ctx.fillRect(left, y - 11, bar, 13);
  ctx.strokeStyle = ink2;
  ctx.lineWidth = 1;
  ctx.strokeRect(left + 0.5, y - 10.5, bar - 1, 12);
  write(ctx, `−${range}`, left - 5, y, look);
}

/**
 * The numbers below a plot, with ticks.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} plot
 * @param {[place: number, label: number | string][]} ticks place: 0 … 1 from left to right
 * @param {Colors} colors
 */
export function drawBottomAxis(ctx, { x, y, width, height }, ticks, { ink2, font }) {
  ctx.strokeStyle = ink2;
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  ctx.moveTo(x, y + height);
  ctx.lineTo(x + width, y + height);
  for (const [place] of ticks) {
    ctx.moveTo(x + place * width, y + height);
    ctx.lineTo(x + place * width, y + height + 5);
  }
  ctx.stroke();
  for (const [place, label] of ticks) {
    const text = typeof label === "number" ? shortNumber(label) : label;
    write(ctx, text, x + place * width, y + height + 18, { size: 13, color: ink2, font, align: "center" });
  }
}

/**
 * A line across or down a plot.
 * @param {CanvasRenderingContext2D} ctx
 * @param {[x1: number, y1: number, x2: number, y2: number]} ends
 * @param {string} color
 * @param {number} [width]
 * @param {number[]} [dash]
 */
export function drawLine(ctx, [x1, y1, x2, y2], color, width = 1, dash = []) {
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
  ctx.setLineDash([]);
}
