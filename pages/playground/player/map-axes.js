// Draws the axes at the left of the map and below it.

import { fixed } from "../../live/kit/format.js";
import { planeX, planeY } from "./plane.js";

/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./plane.js").Plane} Plane */

const TICKS_APART = 3; // in units of the plane

/**
 * The marks and numbers of both axes.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {number} left px at which the map begins
 */
function drawTicks(ctx, plane, left) {
  const { domain, size } = plane;
  for (let t = -domain; t <= domain; t += TICKS_APART) {
    const x = left + planeX(plane, t), y = 1 + planeY(plane, t);
    ctx.beginPath();
    ctx.moveTo(x, size + 1);
    ctx.lineTo(x, size + 6);
    ctx.moveTo(left, y);
    ctx.lineTo(left - 5, y);
    ctx.stroke();
    ctx.textAlign = "center";
    ctx.fillText(fixed(t, 0), x, size + 20);
    ctx.textAlign = "right";
    ctx.fillText(fixed(t, 0), left - 8, Math.min(size, Math.max(12, y + 5)));
  }
}

/**
 * The name of an axis: x with its number below.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} number
 * @param {number} x
 * @param {number} y
 * @param {Colors} colors
 */
function drawAxisName(ctx, number, x, y, { ink, font }) {
  ctx.fillStyle = ink;
  ctx.textAlign = "left";
  ctx.font = `650 15px ${font}`;
  ctx.fillText("x", x, y);
  ctx.font = `650 11px ${font}`;
  ctx.fillText(number, x + 8, y + 4);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {number} left px at which the map begins
 * @param {number} width of the canvas
 * @param {Colors} colors
 */
export function drawMapAxes(ctx, plane, left, width, colors) {
  const { size } = plane;
  ctx.clearRect(0, 0, width, size + 26);
  ctx.strokeStyle = colors.ink2;
  ctx.fillStyle = colors.ink2;
  ctx.lineWidth = 1;
  ctx.font = `14px ${colors.font}`;
  drawTicks(ctx, plane, left);
  drawAxisName(ctx, "1", left + planeX(plane, 1.5) - 7, size + 19, colors);
  drawAxisName(ctx, "2", left - 22, 1 + planeY(plane, 1.5) + 5, colors);
}
