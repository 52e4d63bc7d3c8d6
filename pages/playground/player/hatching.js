// Paints the lines that player.css lays over the negative side of a colour scale.

import { propertyOf } from "../../live/kit/colors.js";

const HATCH_WIDTH = 2, HATCH_APART = 7; // px, as in player.css

/**
 * The lines of a hatching as a path: from bottom left to top right, over a box of this size.
 * @param {number} width
 * @param {number} height
 * @returns {[x1: number, y1: number, x2: number, y2: number][]}
 */
export function hatchingLines(width, height) {
  const count = Math.ceil(((width + height) * Math.SQRT1_2) / HATCH_APART);
  return Array.from({ length: count }, (_, k) => {
    const across = (k * HATCH_APART + HATCH_WIDTH / 2) * Math.SQRT2; // where the line meets the upper edge
    return [across, 0, across - height, height];
  });
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {HTMLElement} part with the hatching as its ::after
 * @param {number} x of the part on the canvas
 * @param {number} y
 */
export function paintHatching(ctx, part, x, y) {
  const style = getComputedStyle(part, "::after");
  const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(parseFloat);
  ctx.save();
  ctx.translate(x + part.clientLeft + left, y + part.clientTop + top);
  ctx.beginPath();
  ctx.rect(0, 0, width, height);
  ctx.clip();
  ctx.globalAlpha = parseFloat(style.getPropertyValue("--hatch")) / 100;
  ctx.strokeStyle = propertyOf(style, "--ink");
  ctx.lineWidth = HATCH_WIDTH;
  ctx.beginPath();
  for (const [x1, y1, x2, y2] of hatchingLines(width, height)) {
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
  }
  ctx.stroke();
  ctx.restore();
}
