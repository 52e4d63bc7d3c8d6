// Writes the names of many classes on their areas of the map: beyond ten, colours come again.

import { ALL_LISTED } from "./many-classes.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {{ k: number, row: number, column: number }} Named class k, and the pixel that its name is written at */
/** @typedef {{ x: number, y: number, width: number }} Written px: the middle of a name, and its width */

const LEAST_PIXELS = 40; // of 10,000 that an area has, for its name to be legible there
const LETTER = 14, LONGEST = 9; // px of a letter's height; most letters of a name

/**
 * Where the name of each class lies: at the pixel of its area that is nearest to the middle of all of them. The largest
 * area comes first.
 * @param {Uint8Array} winner the likeliest class of each pixel of a square
 * @param {number} classes
 * @returns {Named[]}
 */
export function namedAreas(winner, classes) {
  const n = Math.sqrt(winner.length), sums = new Float64Array(3 * classes);
  for (let at = 0; at < winner.length; at++) {
    const from = 3 * winner[at];
    sums[from]++;
    sums[from + 1] += Math.floor(at / n);
    sums[from + 2] += at % n;
  }
  const best = new Float64Array(classes).fill(Infinity), places = new Int32Array(classes);
  for (let at = 0; at < winner.length; at++) {
    const k = winner[at], count = sums[3 * k];
    const down = Math.floor(at / n) - sums[3 * k + 1] / count, right = (at % n) - sums[3 * k + 2] / count;
    const distance = down * down + right * right;
    if (distance < best[k]) [best[k], places[k]] = [distance, at];
  }
  const each = Array.from({ length: classes }, (_, k) => k).filter((k) => sums[3 * k] >= LEAST_PIXELS);
  each.sort((a, b) => sums[3 * b] - sums[3 * a] || a - b);
  return each.map((k) => ({ k, row: Math.floor(places[k] / n), column: places[k] % n }));
}

/** A name that has room on a small area. @param {string} name */
export const shortName = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);

/** Whether two names would lie over each other. @param {Written} a @param {Written} b */
const isOver = (a, b) => Math.abs(a.y - b.y) < LETTER && Math.abs(a.x - b.x) < (a.width + b.width) / 2;

/**
 * Writes the names where a map of many classes shows the likeliest one; that of a larger area goes before.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Uint8Array} winner
 * @param {number} size px of the map's side
 * @param {Pick<Shown, "net" | "header" | "colors">} state
 */
export function drawAreaNames(ctx, winner, size, { net, header, colors }) {
  if (net.outputs <= ALL_LISTED) return;
  const unit = size / Math.sqrt(winner.length);
  ctx.font = `650 ${LETTER}px ${colors.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = colors.bg;
  ctx.fillStyle = colors.ink;
  /** @type {Written[]} */
  const written = [];
  for (const { k, row, column } of namedAreas(winner, net.outputs)) {
    const name = shortName(header.dataset.labels[k]), { width } = ctx.measureText(name);
    const x = (column + 0.5) * unit, y = (row + 0.5) * unit, box = { x, y, width };
    if (written.some((other) => isOver(other, box))) continue;
    written.push(box);
    ctx.strokeText(name, x, y);
    ctx.fillText(name, x, y);
  }
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
}
