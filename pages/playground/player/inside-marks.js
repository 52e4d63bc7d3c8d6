// Draws the points, the grid and the line of a hidden space.

import { cssColor } from "../../live/kit/colors.js";
import { markPath } from "../../live/kit/shapes.js";
import { drawLine } from "./inside-pen.js";

/** @typedef {import("./inside-pen.js").Box} Box */
/** @typedef {import("./inside-pen.js").Sheet} Sheet */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {{ low: number, high: number }} Reach */
/** @typedef {(x: number, y: number) => [x: number, y: number]} Place */

const X2_DASH = [4, 3]; // of the lines along which x₂ is fixed

/**
 * The training points, each in the mark of its class, or in the colour of its target.
 * @param {Sheet} sheet
 * @param {Shown} state
 * @param {number} count
 * @param {(n: number) => [x: number, y: number]} placeOf
 */
export function drawMarks({ ctx, colors }, { points, shapes, header: { dataset, output } }, count, placeOf) {
  const isValue = dataset.kind === "regression", paths = /** @type {Map<string, string>} */ (new Map());
  for (let n = 0; n < count; n++) {
    const [x, y] = placeOf(n), target = points[3 * n + 2];
    if (!Number.isFinite(x + y)) continue;
    const shade = isValue ? cssColor(colors.diverging((target - output.center) / output.scale)) : colors.marks[target];
    paths.set(shade, (paths.get(shade) || "") + markPath(isValue ? "circle" : shapes[target], x, y, 3.2));
  }
  ctx.lineWidth = 1;
  ctx.strokeStyle = isValue ? colors.ink : colors.bg;
  for (const [shade, path] of paths) { // all of one colour together, which takes a tenth of the time
    const marks = new Path2D(path);
    ctx.stroke(marks);
    ctx.fillStyle = shade;
    ctx.fill(marks);
  }
}

/**
 * The lines of a grid: those with x₁ fixed first, solid, then those with x₂ fixed, dashed; the middle ones are heavier.
 * @param {Sheet} sheet
 * @param {ArrayLike<number>} at coordinates of their points, one line after the other
 * @param {number} lines each way
 * @param {number} steps points of a line
 * @param {Place} place
 */
export function drawGrid({ ctx, colors: { ink } }, at, lines, steps, place) {
  ctx.strokeStyle = ink;
  for (let k = 0; k < 2 * lines; k++) {
    const isAxis = k % lines === (lines - 1) / 2;
    ctx.setLineDash(k < lines ? [] : X2_DASH);
    Object.assign(ctx, { lineWidth: isAxis ? 1.8 : 0.8, globalAlpha: isAxis ? 0.95 : 0.5 });
    ctx.beginPath();
    for (let m = 0; m < steps; m++) {
      const n = 2 * (k * steps + m), [x, y] = place(at[n], at[n + 1]);
      if (m) ctx.lineTo(x, y);
      else ctx.moveTo(x, y);
    }
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

/**
 * Where u·a₁ + v·a₂ + c = 0 crosses the edges of a plane, far beyond them; null where it is no line.
 * @param {ArrayLike<number>} line u, v and c
 * @param {Reach} across
 * @param {Reach} up
 * @returns {[number, number, number, number] | null}
 */
export function lineEnds(line, across, up) {
  const [u, v, c] = Array.from(line);
  if (!(Math.abs(u) + Math.abs(v) > 0)) return null;
  if (Math.abs(v) * (across.high - across.low) > Math.abs(u) * (up.high - up.low)) {
    return [across.low, -(u * across.low + c) / v, across.high, -(u * across.high + c) / v];
  }
  return [-(v * up.low + c) / u, up.low, -(v * up.high + c) / u, up.high];
}

/**
 * The straight line at which the output changes its side; or, under all else, the two sides in the colours of ±.
 * @param {Sheet} sheet
 * @param {Box} box
 * @param {ArrayLike<number>} line
 * @param {Reach} across
 * @param {Reach} up
 * @param {boolean} asLine
 */
export function drawHalves({ ctx, colors }, { x, y, width, height }, line, across, up, asLine) {
  const ends = lineEnds(line, across, up), [u, v, c] = Array.from(line);
  if (!ends) return;
  /** @param {number} a @param {number} b @returns {[number, number]} */
  const place = (a, b) => [
    x + ((a - across.low) / (across.high - across.low)) * width, y + ((up.high - b) / (up.high - up.low)) * height,
  ];
  const [from, to] = [place(ends[0], ends[1]), place(ends[2], ends[3])];
  if (asLine) {
    drawLine(ctx, [...from, ...to], colors.bg, 6);
    drawLine(ctx, [...from, ...to], colors.ink, 3);
    return;
  }
  const step = 4, positive = cssColor(colors.diverging(1)), negative = cssColor(colors.diverging(-1));
  ctx.globalAlpha = 0.4;
  for (let row = 0; row < height; row += step) {
    const b = up.high - ((row + step / 2) / height) * (up.high - up.low);
    const cut = u === 0 ? x : place(-(v * b + c) / u, b)[0], middle = Math.max(x, Math.min(x + width, cut));
    const rightIsPositive = u === 0 ? v * b + c > 0 : u > 0;
    ctx.fillStyle = rightIsPositive ? negative : positive;
    ctx.fillRect(x, y + row, middle - x, Math.min(step, height - row));
    ctx.fillStyle = rightIsPositive ? positive : negative;
    ctx.fillRect(middle, y + row, x + width - middle, Math.min(step, height - row));
  }
  ctx.globalAlpha = 1;
}
