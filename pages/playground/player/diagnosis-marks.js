// Draws what is wrong: neurons that are hatched, struck out, dashed around and named, and where it began on the curve.

import { UNDASHED } from "../../live/kit/canvas.js";
import { momentsOf } from "./diagnosis-words.js";
import { hatchingLines } from "./hatching.js";
import { CURVE_MARGIN, epochX } from "./loss-scale.js";

/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./place.js").Place} Place */

const MARK_DASH = [4, 3], CURVE_DASH = [2, 3];
const WORD = { size: 14, apart: 5 }; // px of the word beside a tile

/**
 * Marks the tile of a neuron that something is wrong with.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} left
 * @param {number} top
 * @param {number} size
 * @param {Colors} colors
 */
export function drawTileMark(ctx, left, top, size, { bg, bad }) {
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(left, top, size, size, size * 0.16);
  ctx.clip();
  ctx.fillStyle = bg;
  ctx.globalAlpha = 0.55;
  ctx.fillRect(left, top, size, size);
  ctx.globalAlpha = 0.45;
  ctx.translate(left, top);
  ctx.strokeStyle = bad;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  for (const [x1, y1, x2, y2] of hatchingLines(size, size)) {
    ctx.moveTo(x1, y1);
    ctx.lineTo(x2, y2);
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.lineWidth = 2.6;
  ctx.beginPath();
  ctx.moveTo(0, size);
  ctx.lineTo(size, 0);
  ctx.stroke();
  ctx.restore();
  ctx.strokeStyle = bg;
  ctx.lineWidth = 3.4;
  ctx.beginPath();
  ctx.roundRect(left, top, size, size, size * 0.16);
  ctx.stroke();
  ctx.strokeStyle = bad;
  ctx.lineWidth = 2.2;
  ctx.setLineDash(MARK_DASH);
  ctx.stroke();
  ctx.setLineDash(UNDASHED);
}

/**
 * A word to the right of a tile, on the ground's colour where it crosses links.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} word
 * @param {number} x
 * @param {number} y
 * @param {Colors} colors
 */
function drawWord(ctx, word, x, y, { bg, bad }) {
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = bg;
  ctx.strokeText(word, x, y);
  ctx.fillStyle = bad;
  ctx.fillText(word, x, y);
  ctx.textBaseline = "alphabetic";
}

/**
 * The words beside the neurons that something is wrong with, where there is room for them.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Place} place
 * @param {Map<string, string>} marks by layer and number
 * @param {Colors} colors
 */
export function drawUnitWords(ctx, place, marks, colors) {
  ctx.font = `650 ${WORD.size}px ${colors.font}`;
  for (const [unit, word] of marks) {
    const [l, j] = unit.split(",").map(Number), { x, y, size, fold } = place.columns[l + 1];
    if (fold) continue; // the next cell stands there
    const room = place.pitch - (size + place.columns[l + 2].size) / 2 - 2 * WORD.apart;
    if (ctx.measureText(word).width <= room) drawWord(ctx, word, x + size / 2 + WORD.apart, y[j], colors);
  }
}

/**
 * Where on the curve something began: a dotted line with a triangle at its top.
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./loss-scale.js").LossScale} scale
 * @param {Shown} state
 */
export function drawMoments(ctx, scale, state) {
  const top = CURVE_MARGIN.top - 2, { bad } = state.colors;
  ctx.strokeStyle = ctx.fillStyle = bad;
  ctx.lineWidth = 1.6;
  for (const { epoch } of momentsOf(state, state.seen)) {
    const x = epochX(scale, epoch);
    ctx.setLineDash(CURVE_DASH);
    ctx.beginPath();
    ctx.moveTo(x, top + 6);
    ctx.lineTo(x, scale.height - CURVE_MARGIN.bottom);
    ctx.stroke();
    ctx.setLineDash(UNDASHED);
    ctx.beginPath();
    ctx.moveTo(x - 5, top - 2);
    ctx.lineTo(x + 5, top - 2);
    ctx.lineTo(x, top + 6);
    ctx.fill();
  }
}
