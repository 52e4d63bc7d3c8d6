// Draws the data points on the map, rings around some of them, and finds the one under the pointer or next to another.

import { cssColor } from "../../live/kit/colors.js";
import { markPath } from "../../live/kit/shapes.js";
import { planeX, planeY } from "./plane.js";
import { distanceFrom, hasSlice } from "./slice.js";
import { coordinatesOf } from "./slice-state.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./types.js").PointFocus} PointFocus */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {Pick<Shown, "points" | "spots" | "slice" | "showTest" | "header">} PointState */

const FAR = 1; // deviations from the plane of the map, on average, beyond which a point is pale
const PALE = 0.3; // opacity

/** Whether there are points for testing. @param {Pick<PointState, "points" | "header">} state */
export const hasTestPoints = ({ points, header }) => points.length / 3 > header.dataset.train;

/** How many points the map shows: the first ones. @param {PointState} state */
export const visiblePoints = ({ points, showTest, header }) => (showTest ? points.length / 3 : header.dataset.train);

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} fill
 */
function drawDisc(ctx, x, y, radius, fill) {
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 7);
  ctx.fill();
}

/**
 * A point of a regression: a disc in the colour of its target, with a hole if it is for testing.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {string} color
 * @param {boolean} train
 * @param {Colors} colors
 */
function drawTargetPoint(ctx, x, y, color, train, { bg, ink }) {
  drawDisc(ctx, x, y, 5.2, bg);
  drawDisc(ctx, x, y, 4.4, ink);
  drawDisc(ctx, x, y, 3.4, color);
  if (!train) drawDisc(ctx, x, y, 1.7, bg);
}

/**
 * A point of a class: its shape, filled for training and open for testing.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Path2D} mark
 * @param {string} color
 * @param {boolean} train
 * @param {Colors} colors
 */
function drawClassPoint(ctx, mark, color, train, { bg }) {
  ctx.fillStyle = train ? color : bg;
  ctx.strokeStyle = train ? bg : color;
  ctx.lineWidth = train ? 1.3 : 2;
  ctx.fill(mark);
  ctx.stroke(mark);
}

/** Whether a point lies too far from the plane of the map to be told by it. @param {Shown} state @param {number} n */
const isFar = (state, n) =>
  hasSlice(state.header) && distanceFrom(state.slice, coordinatesOf(state, n), state.header.dataset.spread) > FAR;

/**
 * Draws all visible points, those for training over those for testing, and pale ones below them.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Shown} state
 * @param {Plane} plane
 */
export function drawPoints(ctx, state, plane) {
  const shown = Array.from({ length: visiblePoints(state) }, (_, n) => n).reverse();
  const far = new Set(shown.filter((n) => isFar(state, n)));
  ctx.globalAlpha = PALE;
  drawSome(ctx, state, plane, [...far]);
  ctx.globalAlpha = 1;
  drawSome(ctx, state, plane, shown.filter((n) => !far.has(n)));
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Shown} state
 * @param {Plane} plane
 * @param {number[]} some of the points, in the order of drawing
 */
function drawSome(ctx, state, plane, some) {
  const { header, colors, spots, shapes } = state, { dataset, output: { center, scale } } = header;
  for (const n of some) {
    const x = planeX(plane, spots[3 * n]), y = planeY(plane, spots[3 * n + 1]);
    const target = spots[3 * n + 2], train = n < dataset.train;
    if (dataset.kind === "regression") {
      drawTargetPoint(ctx, x, y, cssColor(colors.diverging((target - center) / scale)), train, colors);
    } else {
      const mark = new Path2D(markPath(shapes[target], x, y, train ? 3.7 : 3.5));
      drawClassPoint(ctx, mark, colors.marks[target], train, colors);
    }
  }
}

/**
 * Draws a ring with a halo around each place.
 * @param {CanvasRenderingContext2D} ctx
 * @param {[x: number, y: number][]} places
 * @param {number} radius
 * @param {number} width
 * @param {string} color
 * @param {string} halo
 */
export function ringPoints(ctx, places, radius, width, color, halo) {
  const rings = new Path2D();
  for (const [x, y] of places) {
    rings.moveTo(x + radius, y);
    rings.arc(x, y, radius, 0, 2 * Math.PI);
  }
  ctx.strokeStyle = halo;
  ctx.lineWidth = width + 2.4;
  ctx.stroke(rings);
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.stroke(rings);
}

/** How much longer the horizontal axis is than the vertical one, in what each counts. @param {PointState} state */
function stretchOf({ slice: { axes: [x, y] } }) {
  return (x.high - x.low) / (y.high - y.low);
}

/**
 * The visible point nearest to a place of the plane, if one lies within `reach`, as the horizontal axis counts.
 * @param {PointState} state
 * @param {number} x1
 * @param {number} x2
 * @param {number} reach
 * @returns {PointFocus | null}
 */
export function pointUnder(state, x1, x2, reach) {
  const { spots } = state, stretch = stretchOf(state);
  let nearest = -1, least = reach;
  for (let n = 0, count = visiblePoints(state); n < count; n++) {
    const distance = Math.hypot(spots[3 * n] - x1, stretch * (spots[3 * n + 1] - x2));
    if (distance < least) [least, nearest] = [distance, n];
  }
  return nearest < 0 ? null : { kind: "point", n: nearest };
}

/** The point nearest to the middle of the plane. @param {PointState} state @returns {PointFocus} */
function middlePoint(state) {
  const [u, v] = state.slice.axes.map(({ low, high }) => (low + high) / 2);
  return pointUnder(state, u, v, Infinity) || { kind: "point", n: 0 };
}

/**
 * From point n, left and right go through all visible points in the order of x₁, up and down to the nearest one above
 * or below. Where n is null or out of sight, the point nearest to the middle is the first.
 * @param {PointState} state
 * @param {number | null} n
 * @param {"left" | "right" | "up" | "down"} way
 * @returns {PointFocus}
 */
export function pointBeside(state, n, way) {
  const { spots } = state, count = visiblePoints(state), stretch = stretchOf(state);
  if (n === null || n >= count) return middlePoint(state);
  const vertical = way === "up" || way === "down", sign = way === "up" || way === "right" ? 1 : -1;
  let nearest = n, least = Infinity;
  for (let k = 0; k < count; k++) {
    const right = spots[3 * k] - spots[3 * n], up = stretch * (spots[3 * k + 1] - spots[3 * n + 1]);
    const along = sign * (vertical ? up : right || (k - n) * 1e-9); // points with the same x₁ by their numbers
    const cost = vertical ? along + 2 * Math.abs(right) : along;
    if (along > 0 && cost < least) [least, nearest] = [cost, k];
  }
  return { kind: "point", n: nearest };
}
