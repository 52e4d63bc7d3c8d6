// Draws the axes of the loss curve: lines across at round losses, and the epochs below.

import { CURVE_MARGIN, epochTicks, epochX, lossTicks, lossY } from "./loss-scale.js";

/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./loss-scale.js").LossScale} LossScale */

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} y
 * @param {number} right px at which the plot ends
 * @param {string} text
 * @param {Colors} colors
 */
function drawGridLine(ctx, y, right, text, { line, ink2 }) {
  ctx.strokeStyle = line;
  ctx.beginPath();
  ctx.moveTo(CURVE_MARGIN.left, y);
  ctx.lineTo(right, y);
  ctx.stroke();
  ctx.fillStyle = ink2;
  ctx.textAlign = "right";
  ctx.fillText(text, CURVE_MARGIN.left - 7, y + 5);
}

/**
 * The two axes with the ticks and numbers of the lower one.
 * @param {CanvasRenderingContext2D} ctx
 * @param {LossScale} scale
 * @param {Colors} colors
 */
function drawCurveAxes(ctx, scale, { ink2 }) {
  const { left, top, bottom } = CURVE_MARGIN, right = scale.width - CURVE_MARGIN.right, floor = scale.height - bottom;
  ctx.strokeStyle = ink2;
  ctx.fillStyle = ink2;
  ctx.textAlign = "center";
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  ctx.moveTo(left, top - 4);
  ctx.lineTo(left, floor);
  ctx.lineTo(right, floor);
  for (const [epoch, text] of epochTicks(scale)) {
    const x = epochX(scale, epoch);
    ctx.moveTo(x, floor);
    ctx.lineTo(x, floor + 5);
    ctx.fillText(text, Math.min(x, scale.width - 4 * String(epoch).length), floor + 19);
  }
  ctx.stroke();
  ctx.fillText("epoch", (left + right) / 2, scale.height - 4);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {LossScale} scale
 * @param {Colors} colors
 */
export function drawLossAxes(ctx, scale, colors) {
  ctx.clearRect(0, 0, scale.width, scale.height);
  ctx.font = `14px ${colors.font}`;
  ctx.lineWidth = 1;
  const right = scale.width - CURVE_MARGIN.right;
  for (const [loss, text] of lossTicks(scale)) drawGridLine(ctx, lossY(scale, loss), right, text, colors);
  drawCurveAxes(ctx, scale, colors);
}
