// Draws pictures pixel by pixel: ink on the ground, or weights by their sign and size.

import { cssColor, mixed, rgbOf } from "../../live/kit/colors.js";

/** @typedef {import("./fold.js").Box} Box */
/** @typedef {import("./types.js").Colors} Colors */

const STEPS_OF_INK = 16; // between none and full; the digits of the data have as many

/** @type {WeakMap<Colors, string[]>} */
const inks = new WeakMap();

/** The colours of ink from 0 to full. @param {Colors} colors */
function inksOf(colors) {
  const known = inks.get(colors), ground = rgbOf(colors.bg), full = rgbOf(colors.ink);
  const made = known || Array.from({ length: STEPS_OF_INK + 1 }, (_, k) =>
    cssColor(mixed(ground, full, k / STEPS_OF_INK)));
  inks.set(colors, made);
  return made;
}

/** The lines between pixels, so that none has a gap. @param {number} from @param {number} length @param {number} n */
const edgesOf = (from, length, n) => Array.from({ length: n + 1 }, (_, k) => Math.round(from + (length * k) / n));

/**
 * Fills each pixel of a picture.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {[height: number, width: number]} shape
 * @param {(at: number) => string} colorAt
 */
export function fillPixels(ctx, { left, top, width, height }, [rows, columns], colorAt) {
  const xs = edgesOf(left, width, columns), ys = edgesOf(top, height, rows);
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, at++) {
      ctx.fillStyle = colorAt(at);
      ctx.fillRect(xs[c], ys[r], xs[c + 1] - xs[c], ys[r + 1] - ys[r]);
    }
  }
}

/**
 * A picture in ink, with a line around it.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {[height: number, width: number]} shape
 * @param {ArrayLike<number>} ink 0 … 1
 * @param {Colors} colors
 */
export function drawInk(ctx, box, shape, ink, colors) {
  const shades = inksOf(colors);
  fillPixels(ctx, box, shape, (at) => shades[Math.round(STEPS_OF_INK * Math.max(0, Math.min(1, ink[at] || 0)))]);
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = 1.5;
  ctx.strokeRect(box.left, box.top, box.width, box.height);
}

const SIGNED = 0.55; // of the largest |w|, from which on a pixel has its sign

/**
 * Weights as a picture, with signs where they are large: colour alone doesn't say which are negative.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Box} box
 * @param {[height: number, width: number]} shape
 * @param {(at: number) => number} weightAt NaN for a pixel that is no input
 * @param {number} full the weight that has the full colour
 * @param {Colors} colors
 */
export function drawWeightPicture(ctx, box, shape, weightAt, full, colors) {
  const count = shape[0] * shape[1], largest = largestOf(count, weightAt) || 1;
  fillPixels(ctx, box, shape, (at) => {
    const w = weightAt(at);
    return Number.isNaN(w) ? colors.bg : cssColor(colors.diverging(Math.max(-1, Math.min(1, w / full))));
  });
  const across = box.width / shape[1], down = box.height / shape[0], arm = 0.26 * Math.min(across, down);
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = 1.6;
  ctx.beginPath();
  for (let at = 0; at < count; at++) {
    const w = weightAt(at);
    if (!(Math.abs(w / largest) >= SIGNED)) continue;
    const x = box.left + ((at % shape[1]) + 0.5) * across, y = box.top + (Math.floor(at / shape[1]) + 0.5) * down;
    ctx.moveTo(x - arm, y);
    ctx.lineTo(x + arm, y);
    if (w < 0) continue;
    ctx.moveTo(x, y - arm);
    ctx.lineTo(x, y + arm);
  }
  ctx.stroke();
  ctx.lineWidth = 1.5;
  ctx.strokeRect(box.left, box.top, box.width, box.height);
}

/** @param {number} count @param {(at: number) => number} weightAt */
function largestOf(count, weightAt) {
  let most = 0;
  for (let at = 0; at < count; at++) most = Math.max(most, Math.abs(weightAt(at)) || 0);
  return most;
}
