// Draws what marks one frame on the loss curve: the playhead, and the read-out under the pointer.

import { UNDASHED } from "../../live/kit/canvas.js";
import { epochText, lossText } from "../../live/kit/format.js";
import { CURVE_MARGIN, epochX, lossY } from "./loss-scale.js";

/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./loss-scale.js").LossScale} LossScale */

const POINTER_DASH = [2, 3], SAMPLE_DASH = [5, 3];
const BOX = { width: 154, height: 68 }; // px of the read-out

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {LossScale} scale
 * @param {number} epoch
 * @param {string} color
 * @param {number} lineWidth
 * @param {number[]} dash
 */
function drawVertical(ctx, scale, epoch, color, lineWidth, dash) {
  ctx.strokeStyle = color;
  ctx.lineWidth = lineWidth;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(epochX(scale, epoch), CURVE_MARGIN.top - 4);
  ctx.lineTo(epochX(scale, epoch), scale.height - CURVE_MARGIN.bottom);
  ctx.stroke();
  ctx.setLineDash(UNDASHED);
}

/**
 * A disc on the train curve, a square on the test curve.
 * @param {CanvasRenderingContext2D} ctx
 * @param {LossScale} scale
 * @param {Shown} state
 * @param {number} frame
 * @param {boolean} open whether they are drawn as outlines
 */
function drawLossMarks(ctx, scale, { history, colors }, frame, open) {
  const x = epochX(scale, history.epoch[frame]), train = history.train_loss[frame], test = history.test_loss[frame];
  ctx.lineWidth = open ? 2.2 : 1.5;
  if (Number.isFinite(train)) {
    ctx.fillStyle = open ? colors.bg : colors.train;
    ctx.strokeStyle = open ? colors.train : colors.bg;
    ctx.beginPath();
    ctx.arc(x, lossY(scale, train), 4.5, 0, 7);
    ctx.fill();
    ctx.stroke();
  }
  if (Number.isFinite(test)) {
    const y = lossY(scale, test);
    ctx.fillStyle = open ? colors.bg : colors.test;
    ctx.strokeStyle = open ? colors.test : colors.bg;
    ctx.fillRect(x - 4, y - 4, 8, 8);
    ctx.strokeRect(x - 4, y - 4, 8, 8);
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {LossScale} scale
 * @param {Shown} state
 */
export function drawPlayhead(ctx, scale, state) {
  drawVertical(ctx, scale, state.history.epoch[state.shown], state.colors.accent, 2, UNDASHED);
  drawLossMarks(ctx, scale, state, state.shown, false);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} color
 * @param {string} font
 */
function writeText(ctx, text, x, y, color, font) {
  ctx.fillStyle = color;
  ctx.font = font;
  ctx.fillText(text, x, y);
}

/**
 * A row of the read-out: a sample of the line, its name, and the loss.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} left
 * @param {number} y
 * @param {"train" | "test"} name
 * @param {number} loss
 * @param {Colors} colors
 */
function drawReadoutRow(ctx, left, y, name, loss, colors) {
  ctx.strokeStyle = colors[name];
  ctx.lineWidth = 3;
  ctx.setLineDash(name === "test" ? SAMPLE_DASH : UNDASHED);
  ctx.beginPath();
  ctx.moveTo(left + 12, y);
  ctx.lineTo(left + 32, y);
  ctx.stroke();
  ctx.setLineDash(UNDASHED);
  ctx.textAlign = "left";
  writeText(ctx, name, left + 40, y + 5, colors.ink, `400 14px ${colors.font}`);
  ctx.textAlign = "right";
  writeText(ctx, lossText(loss), left + BOX.width - 12, y + 5, colors.ink, `650 15px ${colors.font}`);
}

/**
 * The losses of the frame under the pointer.
 * @param {CanvasRenderingContext2D} ctx
 * @param {LossScale} scale
 * @param {Shown} state
 * @param {number} frame
 */
export function drawReadout(ctx, scale, state, frame) {
  const { history, colors } = state, left = scale.width - CURVE_MARGIN.right - BOX.width, top = CURVE_MARGIN.top - 2;
  drawVertical(ctx, scale, history.epoch[frame], colors.ink, 1.2, POINTER_DASH);
  drawLossMarks(ctx, scale, state, frame, true);
  ctx.fillStyle = colors.bg;
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  ctx.roundRect(left, top, BOX.width, BOX.height, 8);
  ctx.fill();
  ctx.stroke();
  ctx.textAlign = "left";
  const title = "epoch " + epochText(history.epoch[frame]);
  writeText(ctx, title, left + 12, top + 18, colors.ink2, `400 14px ${colors.font}`);
  drawReadoutRow(ctx, left, top + 34, "train", history.train_loss[frame], colors);
  drawReadoutRow(ctx, left, top + 54, "test", history.test_loss[frame], colors);
}
