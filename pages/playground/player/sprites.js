// Small pictures that the diagram uses again and again: the frame of a tile, the square of a bias, the lock.

import { sizeCanvas } from "../../live/kit/canvas.js";
import { cssColor, luminance, rgbOf } from "../../live/kit/colors.js";

/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("../../live/kit/colors.js").RGB} RGB */
/** @typedef {ReturnType<typeof makeSprites>} Sprites */

const BIAS_LEVELS = 16; // colours for a bias from 0 to 1, and as many for −1 to 0

/**
 * The level, −16 … 16, whose colour a bias has; a little below 0 where it is negative but too small for the first.
 * @param {number} b
 */
export const biasLevel = (b) =>
  Math.round(BIAS_LEVELS * Math.max(-1, Math.min(1, b))) || (b < 0 ? -0.01 : 0);

/**
 * An empty canvas with its drawing context.
 * @param {number} width
 * @param {number} height
 * @param {number} [sharpness]
 * @returns {[HTMLCanvasElement, CanvasRenderingContext2D]}
 */
function blankSprite(width, height, sharpness) {
  const canvas = document.createElement("canvas");
  return [canvas, sizeCanvas(canvas, width, height, { sharpness })];
}

/**
 * The frame of a tile: ground-coloured corners outside the rounding, and the outline.
 * @param {number} size
 * @param {Colors} colors
 * @param {number} [sharpness]
 */
function tileFrame(size, colors, sharpness) {
  const [canvas, ctx] = blankSprite(size + 4, size + 4, sharpness);
  ctx.fillStyle = colors.bg;
  ctx.beginPath();
  ctx.rect(1, 1, size + 2, size + 2);
  ctx.roundRect(2, 2, size, size, size * 0.16);
  ctx.fill("evenodd");
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  ctx.roundRect(2, 2, size, size, size * 0.16);
  ctx.stroke();
  return canvas;
}

/** How well two luminances can be told apart, as WCAG defines it. @param {number} a @param {number} b */
const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** Ink or ground, whichever stands out more from a fill. @param {RGB} fill @param {Colors} colors */
function signColor(fill, { ink, bg }) {
  const light = luminance(fill);
  return contrast(light, luminance(rgbOf(ink))) >= contrast(light, luminance(rgbOf(bg))) ? ink : bg;
}

/**
 * A square in the colour of a bias, with its sign.
 * @param {number} side
 * @param {number} level
 * @param {Colors} colors
 * @param {number} [sharpness]
 */
function biasSquare(side, level, colors, sharpness) {
  const [canvas, ctx] = blankSprite(side + 2, side + 2, sharpness), fill = colors.diverging(level / BIAS_LEVELS);
  ctx.fillStyle = cssColor(fill);
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = 1.3;
  ctx.beginPath();
  ctx.roundRect(1, 1, side, side, 3);
  ctx.fill();
  ctx.stroke();
  ctx.strokeStyle = signColor(fill, colors);
  ctx.lineWidth = side < 12 ? 1.5 : 1.8;
  const middle = 1 + side / 2, arm = side * 0.25;
  ctx.beginPath();
  ctx.moveTo(middle - arm, middle);
  ctx.lineTo(middle + arm, middle);
  if (level >= 0) {
    ctx.moveTo(middle, middle - arm);
    ctx.lineTo(middle, middle + arm);
  }
  ctx.stroke();
  return canvas;
}

/**
 * The sign of a frozen parameter.
 * @param {Colors} colors
 * @param {number} [sharpness]
 */
function lockSign(colors, sharpness) {
  const [canvas, ctx] = blankSprite(14, 16, sharpness);
  ctx.fillStyle = colors.bg;
  ctx.beginPath();
  ctx.roundRect(0, 0, 14, 16, 5);
  ctx.fill();
  ctx.strokeStyle = ctx.fillStyle = colors.ink;
  ctx.lineWidth = 1.7;
  ctx.beginPath();
  ctx.moveTo(4.3, 8);
  ctx.lineTo(4.3, 5.6);
  ctx.arc(7, 5.6, 2.7, Math.PI, 0);
  ctx.lineTo(9.7, 8);
  ctx.stroke();
  ctx.beginPath();
  ctx.roundRect(2.2, 7.2, 9.6, 6.8, 1.4);
  ctx.fill();
  return canvas;
}

/**
 * The small pictures in the colours of a theme; each is drawn once, when it is first needed.
 * @param {Colors} colors
 * @param {number} [sharpness]
 */
export function makeSprites(colors, sharpness) {
  /** @type {Map<string, HTMLCanvasElement>} */
  const drawn = new Map();
  /** @param {string} key @param {() => HTMLCanvasElement} draw */
  function once(key, draw) {
    const canvas = drawn.get(key) || draw();
    drawn.set(key, canvas);
    return canvas;
  }
  return {
    /** @param {number} size */
    tileFrame: (size) => once("tile" + size, () => tileFrame(size, colors, sharpness)),
    /** @param {number} side @param {number} level */
    biasSquare: (side, level) => once("bias" + side + " " + level, () => biasSquare(side, level, colors, sharpness)),
    lock: () => once("lock", () => lockSign(colors, sharpness)),
  };
}
