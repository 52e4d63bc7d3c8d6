// Draws the links of the network: colour and dashes by the sign of the weight, width and strength by its size.

import { UNDASHED } from "../../live/kit/canvas.js";
import { isLit } from "./emphasis.js";

/** @typedef {import("./place.js").Link} Link */
/** @typedef {import("./emphasis.js").DiagramFocus} DiagramFocus */
/** @typedef {import("./types.js").Colors} Colors */

/**
 * Links in lists by the style that they are drawn with: first has the first link of each list, next the link after
 * each link; −1 ends a list. Kept from frame to frame, so that none is made anew.
 * @typedef {{ first: Int16Array, next: Int16Array }} Sorted
 */

const IDLE_DASH = [1.5, 3.5];
const BIN = 0.1, BINS = 40; // links of about equal |w| are drawn with one style

/** @param {number} w */
export const linkWidth = (w) => Math.min(9, 0.8 + 2.1 * Math.abs(w));

const LINK_STYLES = Array.from({ length: BINS }, (_, bin) => {
  const w = (bin + 0.5) * BIN, width = linkWidth(w);
  return { width, opacity: Math.min(1, 0.34 + 0.42 * w), dash: [3 + 1.5 * width, 2.5 + 0.9 * width] };
});

/** @param {number} links how many @returns {Sorted} */
export const makeSorted = (links) => ({ first: new Int16Array(2 * BINS), next: new Int16Array(links) });

/**
 * Sorts links by |w|, thin ones first, and for each width the positive ones before the negative ones.
 * @param {Link[]} links
 * @param {Float32Array} theta
 * @param {Sorted} sorted what is written
 * @param {((link: Link) => boolean) | null} [isIdle] those that are left out, if there are any
 */
export function sortLinks(links, theta, { first, next }, isIdle = null) {
  first.fill(-1);
  for (let n = 0; n < links.length; n++) {
    if (isIdle?.(links[n])) continue;
    const w = theta[links[n].at], bin = Math.min(BINS - 1, Math.floor(Math.abs(w) / BIN)) || 0;
    const list = 2 * bin + (w < 0 ? 1 : 0);
    next[n] = first[list];
    first[list] = n;
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Link} link
 */
function strokeLink(ctx, { x1, y1, x2, y2 }) {
  const middle = (x1 + x2) / 2;
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.bezierCurveTo(middle, y1, middle, y2, x2, y2);
  ctx.stroke();
}

/**
 * Draws the links of neurons that pass nothing on and learn nothing: dots, whatever their weights are.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Link[]} links
 * @param {(link: Link) => boolean} isIdle
 * @param {string} color
 */
export function drawIdleLinks(ctx, links, isIdle, color) {
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.5;
  ctx.setLineDash(IDLE_DASH);
  for (const link of links) if (isIdle(link)) strokeLink(ctx, link);
  ctx.setLineDash(UNDASHED);
}

/**
 * Draws all links, thick ones over thin ones.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Link[]} links
 * @param {Sorted} sorted
 * @param {Float32Array} theta
 * @param {Colors} colors
 * @param {DiagramFocus | null} focus
 * @param {((link: Link) => boolean) | null} isIdle those that are drawn otherwise
 */
export function drawLinks(ctx, links, sorted, theta, colors, focus, isIdle) {
  const { first, next } = sorted;
  sortLinks(links, theta, sorted, isIdle);
  for (let list = 0; list < first.length; list++) {
    if (first[list] < 0) continue;
    const style = LINK_STYLES[list >> 1], negative = list & 1;
    ctx.strokeStyle = negative ? colors.neg : colors.pos;
    ctx.lineWidth = style.width;
    ctx.globalAlpha = style.opacity;
    ctx.setLineDash(negative ? style.dash : UNDASHED);
    for (let n = first[list]; n >= 0; n = next[n]) {
      if (focus) ctx.globalAlpha = style.opacity * (isLit(links[n], focus) ? 1 : 0.1);
      strokeLink(ctx, links[n]);
    }
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash(UNDASHED);
}

/**
 * Draws a glow around the link in focus, to lie under it.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Link} link
 * @param {number} w its weight
 * @param {string} color
 */
export function drawGlow(ctx, link, w, color) {
  ctx.strokeStyle = color;
  ctx.globalAlpha = 0.28;
  ctx.lineWidth = linkWidth(w) + 8;
  ctx.lineCap = "round";
  strokeLink(ctx, link);
  ctx.lineCap = "butt";
}
