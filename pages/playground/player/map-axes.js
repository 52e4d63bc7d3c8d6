// Draws the axes at the left of the map and below it.

import { fixed, withPower } from "../../live/kit/format.js";
import { roundTicks } from "../../live/kit/ticks.js";
import { planeX, planeY } from "./plane.js";
import { asSeen, ownUnits } from "./slice.js";

/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {import("./slice.js").Axis} Axis */
/** @typedef {{ at: number, text: string }[]} Ticks at: as the network sees it; text: in the data's units */

const ROUND_STEPS = [1, 2, 3, 5];
const NAME_WITH_NUMBER = /^(.)([₀-₉])$/; // x₁
const LOW_DIGITS = "₀₁₂₃₄₅₆₇₈₉";
const LONG_NUMBER = 1e5; // from which on a number has a power of ten

/**
 * How far the numbers of an axis lie apart, which reaches from −domain to domain: a round number, at most half of it.
 * @param {number} domain
 */
export function tickDistance(domain) {
  const power = 10 ** Math.floor(Math.log10(domain / 2));
  return power * Math.max(...ROUND_STEPS.filter((step) => step * power <= (domain / 2) * (1 + 1e-9)));
}

/** @param {number} low @param {number} high in the data's units */
function roundValues(low, high) {
  if (Math.abs(low + high) > 1e-9 * (high - low)) return roundTicks(low, high, 4);
  const apart = tickDistance(high), beside = Math.floor(high / apart + 1e-9);
  return Array.from({ length: 2 * beside + 1 }, (_, k) => (k - beside) * apart);
}

/** The marks of an axis, at round numbers of the data's units. @param {Axis} axis @returns {Ticks} */
export function axisTicks(axis) {
  const values = roundValues(ownUnits(axis, axis.low), ownUnits(axis, axis.high));
  const apart = values.length > 1 ? values[1] - values[0] : 1;
  const digits = Math.max(0, -Math.floor(Math.log10(apart) + 1e-9));
  const isLong = values.some((value) => Math.abs(value) >= LONG_NUMBER);
  return values.map((value) => ({
    at: asSeen(axis, value), text: isLong && value ? withPower(value, 1) : fixed(value, digits),
  }));
}

/** Which marks have numbers where a long name needs room: the outer ones and the middle. @param {Ticks} ticks */
const sparsely = (ticks) => [0, (ticks.length - 1) >> 1, ticks.length - 1];

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
 * A text in the room there is: smaller, if need be.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {number} room
 * @param {string} font
 */
function drawNumber(ctx, text, x, y, room, font) {
  ctx.font = `14px ${font}`;
  ctx.font = `${Math.min(14, (14 * room) / Math.max(1, ctx.measureText(text).width))}px ${font}`;
  ctx.fillText(text, x, y);
}

/**
 * The axis below the map.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {number} left px at which the map begins
 * @param {boolean} named
 * @param {Colors} colors
 */
function drawAcross(ctx, plane, left, named, colors) {
  const { size, axes: [axis] } = plane, ticks = axisTicks(axis), isShort = NAME_WITH_NUMBER.test(axis.short);
  const few = named && !isShort ? sparsely(ticks) : null, middle = (ticks.length - 1) >> 1;
  ctx.textAlign = "center";
  ticks.forEach(({ at, text }, k) => {
    const x = left + planeX(plane, at);
    ctx.beginPath();
    ctx.moveTo(x, size + 1);
    ctx.lineTo(x, size + 6);
    ctx.stroke();
    if (!few || few.includes(k)) drawNumber(ctx, text, x, size + 20, 60, colors.font);
  });
  const end = ticks[few ? ticks.length - 1 : middle + 1];
  if (!named || !end) return;
  const from = planeX(plane, ticks[middle].at), to = planeX(plane, end.at);
  drawAxisName(ctx, axis.short, left + (from + to) / 2, size + 19, to - from - 34, colors);
}

/**
 * The axis at the left of the map.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {number} left px at which the map begins
 * @param {boolean} named
 * @param {Colors} colors
 */
function drawUp(ctx, plane, left, named, colors) {
  const { size, axes: [, axis] } = plane, ticks = axisTicks(axis), isShort = NAME_WITH_NUMBER.test(axis.short);
  const few = named && !isShort ? sparsely(ticks) : null, middle = (ticks.length - 1) >> 1;
  ctx.textAlign = "right";
  ticks.forEach(({ at, text }, k) => {
    const y = 1 + planeY(plane, at);
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(left - 5, y);
    ctx.stroke();
    if (!few || few.includes(k)) {
      drawNumber(ctx, text, left - 8, Math.min(size, Math.max(12, y + 5)), left - 9, colors.font);
    }
  });
  const end = ticks[few ? ticks.length - 1 : middle + 1];
  if (!named || !end) return;
  const from = planeY(plane, ticks[middle].at), to = planeY(plane, end.at), place = (from + to) / 2;
  if (isShort) {
    drawAxisName(ctx, axis.short, left - 15, 1 + place + 5, from - to - 34, colors);
    return;
  }
  ctx.save();
  ctx.translate(left - 10, place);
  ctx.rotate(-Math.PI / 2);
  drawAxisName(ctx, axis.short, 0, 0, from - to - 34, colors);
  ctx.restore();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {number} left px at which the map begins
 * @param {number} width of the canvas
 * @param {boolean} named whether the axes have their names, too
 * @param {Colors} colors
 */
export function drawMapAxes(ctx, plane, left, width, named, colors) {
  ctx.clearRect(0, 0, width, plane.size + 26);
  ctx.lineWidth = 1;
  for (const draw of [drawAcross, drawUp]) {
    ctx.strokeStyle = ctx.fillStyle = colors.ink2;
    draw(ctx, plane, left, named, colors);
  }
}
