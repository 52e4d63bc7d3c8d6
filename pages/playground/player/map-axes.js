// Draws the axes at the left of the map and below it.

import { fixed } from "../../live/kit/format.js";
import { planeX, planeY } from "./plane.js";

/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./plane.js").Plane} Plane */

const ROUND_STEPS = [1, 2, 3, 5];
const NAME_WITH_NUMBER = /^(.)([₀-₉])$/; // x₁
const LOW_DIGITS = "₀₁₂₃₄₅₆₇₈₉";

/**
 * How far the numbers of an axis lie apart, which reaches from −domain to domain: a round number, at most half of it.
 * @param {number} domain
 */
export function tickDistance(domain) {
  const power = 10 ** Math.floor(Math.log10(domain / 2));
  return power * Math.max(...ROUND_STEPS.filter((step) => step * power <= (domain / 2) * (1 + 1e-9)));
}

/** How many marks there are on each side of 0. @param {number} domain */
const ticksBeside = (domain) => Math.floor(domain / tickDistance(domain) + 1e-9);

/**
 * The marks and numbers of both axes.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {number} left px at which the map begins
 * @param {boolean} sparse whether only 0 and the outer marks have numbers, so that a long name has room
 */
function drawTicks(ctx, plane, left, sparse) {
  const { domain, size } = plane, apart = tickDistance(domain), most = ticksBeside(domain);
  const digits = Math.max(0, -Math.floor(Math.log10(apart)));
  for (let k = -most; k <= most; k++) {
    const t = k * apart, x = left + planeX(plane, t), y = 1 + planeY(plane, t);
    ctx.beginPath();
    ctx.moveTo(x, size + 1);
    ctx.lineTo(x, size + 6);
    ctx.moveTo(left, y);
    ctx.lineTo(left - 5, y);
    ctx.stroke();
    if (sparse && k % most) continue;
    ctx.textAlign = "center";
    ctx.fillText(fixed(t, digits), x, size + 20);
    ctx.textAlign = "right";
    ctx.fillText(fixed(t, digits), left - 8, Math.min(size, Math.max(12, y + 5)));
  }
}

/**
 * The name of an axis between two of its numbers: x with its number below, or a column's name.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} name
 * @param {number} x its middle
 * @param {number} y its base line
 * @param {number} room px
 * @param {Colors} colors
 */
function drawAxisName(ctx, name, x, y, room, { ink, font }) {
  const [, letter, digit] = name.match(NAME_WITH_NUMBER) || [];
  ctx.fillStyle = ink;
  ctx.textAlign = letter ? "left" : "center";
  ctx.font = `650 15px ${font}`;
  if (!letter) {
    ctx.font = `650 ${Math.min(15, (15 * room) / Math.max(1, ctx.measureText(name).width))}px ${font}`;
    ctx.fillText(name, x, y);
    return;
  }
  ctx.fillText(letter, x - 7, y);
  ctx.font = `650 11px ${font}`;
  ctx.fillText(`${LOW_DIGITS.indexOf(digit)}`, x + 1, y + 4);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {number} left px at which the map begins
 * @param {number} width of the canvas
 * @param {string[]} names of the axes
 * @param {Colors} colors
 */
export function drawMapAxes(ctx, plane, left, width, names, colors) {
  const { size, domain } = plane, sparse = !names.every((name) => NAME_WITH_NUMBER.test(name));
  const apart = tickDistance(domain) * (sparse ? ticksBeside(domain) : 1);
  const room = planeX(plane, apart) - planeX(plane, 0) - 34;
  ctx.clearRect(0, 0, width, size + 26);
  ctx.strokeStyle = colors.ink2;
  ctx.fillStyle = colors.ink2;
  ctx.lineWidth = 1;
  ctx.font = `14px ${colors.font}`;
  drawTicks(ctx, plane, left, sparse);
  drawAxisName(ctx, names[0], left + planeX(plane, apart / 2), size + 19, room, colors);
  if (NAME_WITH_NUMBER.test(names[1])) {
    drawAxisName(ctx, names[1], left - 15, 1 + planeY(plane, apart / 2) + 5, room, colors);
    return;
  }
  ctx.save();
  ctx.translate(left - 10, planeY(plane, apart / 2));
  ctx.rotate(-Math.PI / 2);
  drawAxisName(ctx, names[1], 0, 0, room, colors);
  ctx.restore();
}
