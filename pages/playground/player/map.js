// Draws the big map: what the network says about every place of the plane, with the data points on it.

import { sizeCanvas } from "../../live/kit/canvas.js";
import { drawAreaNames } from "./area-names.js";
import { traceClassLines, traceZeroLine } from "./boundaries.js";
import { drawMapAxes } from "./map-axes.js";
import { makeRasters, paintMap } from "./map-raster.js";
import { planePlace, planeX, planeY } from "./plane.js";
import { drawPoints, pointUnder, ringPoints, visiblePoints } from "./points.js";
import { drawProbeMark } from "./probe-mark.js";
import { hasSlice, placeOn } from "./slice.js";
import { probePoint } from "./slice-state.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {import("./points.js").PointState} PointState */

const AXIS_WIDTH = 30, OWN_AXIS_WIDTH = 44; // px for the numbers of the vertical axis, and for those in own units
const LEGEND_WIDTH = 76; // px at the right
const MOST_AT_ONCE = 2000; // points that follow a slider while it moves

/** The width of the vertical axis. @param {Pick<import("./types.js").Header, "dataset">} header */
const axisWidth = (header) => (hasSlice(header) || header.dataset.scales.length ? OWN_AXIS_WIDTH : AXIS_WIDTH);

/** The width of what stands beside the map. @param {Pick<import("./types.js").Header, "dataset">} header */
export const besideMap = (header) => axisWidth(header) + LEGEND_WIDTH;

/**
 * The boundary as a line with a halo.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Path2D} path
 * @param {Colors} colors
 */
function strokeBoundary(ctx, path, { bg, ink }) {
  ctx.lineCap = ctx.lineJoin = "round";
  ctx.strokeStyle = bg;
  ctx.lineWidth = 4.5;
  ctx.stroke(path);
  ctx.strokeStyle = ink;
  ctx.lineWidth = 2;
  ctx.stroke(path);
  ctx.lineCap = "butt";
}

/**
 * The probe, with dashes that lead to its coordinates on the axes; nothing where it lies off the map.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {Shown} state
 */
function drawProbe(ctx, plane, state) {
  const { colors, slice } = state, [u, v] = placeOn(slice, probePoint(state));
  const x = planeX(plane, u), y = planeY(plane, v);
  if (Math.min(x, y) < 0 || Math.max(x, y) > plane.size) return;
  for (const [color, width] of /** @type {[string, number][]} */ ([[colors.bg, 3], [colors.accent, 1.6]])) {
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.setLineDash([5, 4]);
    ctx.beginPath();
    ctx.moveTo(x - 12, y);
    ctx.lineTo(0, y);
    ctx.moveTo(x, y + 12);
    ctx.lineTo(x, plane.size);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  drawProbeMark(ctx, x, y, colors);
}

/**
 * A ring around the data point in focus.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {Shown} state
 */
function drawFocus(ctx, plane, { focus, spots: points, colors }) {
  if (focus?.kind !== "point") return;
  const [x1, x2] = points.subarray(3 * focus.n, 3 * focus.n + 2);
  ringPoints(ctx, [[planeX(plane, x1), planeY(plane, x2)]], 10, 3.4, colors.accent, colors.bg);
}

/**
 * Rings around the points of the mini-batch.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {Shown} state
 * @param {Uint8Array} lit 1 for each of them
 */
function drawBatch(ctx, plane, { spots: points, colors }, lit) {
  /** @type {[number, number][]} */
  const batch = [];
  lit.forEach((on, n) => {
    if (on) batch.push([planeX(plane, points[3 * n]), planeY(plane, points[3 * n + 1])]);
  });
  ringPoints(ctx, batch, 7.6, 2, colors.ink, colors.bg);
}

/**
 * Rings around the samples that are listed below the player, at the frame of the list.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {Shown} state
 */
function drawMarked(ctx, plane, state) {
  const { marked, spots: points, frame, colors } = state, count = visiblePoints(state);
  if (marked.frame !== frame.frame) return;
  /** @type {[number, number][]} */
  const places = marked.places.filter((n) => n < count)
    .map((n) => [planeX(plane, points[3 * n]), planeY(plane, points[3 * n + 1])]);
  ringPoints(ctx, places, 8, 2.4, colors.accent, colors.bg);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {import("./map-raster.js").Rasters} rasters
 * @param {HTMLCanvasElement} points the drawn data points
 * @param {Shown} state
 * @param {boolean} quick whether the map may be coarser where it takes long
 */
function drawMap(ctx, plane, rasters, points, state, quick) {
  const { colors, frame, mapped, net } = state, { size } = plane;
  const { canvas, n, outputs, valueAt } = paintMap(rasters, state, quick), path = new Path2D();
  ctx.drawImage(canvas, 0, 0, size, size);
  if (valueAt) traceZeroLine(path, n, size / n, valueAt);
  else traceClassLines(path, n, size / n, outputs, rasters.winner, net.outputs);
  strokeBoundary(ctx, path, colors);
  ctx.drawImage(points, 0, 0, size, size);
  if (!valueAt) drawAreaNames(ctx, rasters.winner, size, state);
  if (frame.lit) drawBatch(ctx, plane, state, frame.lit);
  drawMarked(ctx, plane, state);
  drawProbe(ctx, plane, state);
  drawFocus(ctx, plane, state);
  ctx.strokeStyle = mapped ? colors.accent : colors.ink;
  ctx.lineWidth = mapped ? 6 : 2; // half of it lies outside the canvas
  ctx.strokeRect(0, 0, size, size);
}

/**
 * @param {HTMLCanvasElement} axesCanvas
 * @param {HTMLCanvasElement} plotCanvas
 * @param {number} [sharpness] pixels per CSS pixel; the screen's where it isn't given
 */
export function makeMap(axesCanvas, plotCanvas, sharpness) {
  const points = document.createElement("canvas");
  const axis = { low: -1, high: 1, mean: 0, deviation: 1, name: "", short: "" };
  /** @type {Plane} */
  const plane = { axes: [axis, axis], size: 0 };
  /** @type {import("./slice.js").Slice | null} */
  let seen = null;
  let width = 0, stale = false;
  /** @type {{ ctx: CanvasRenderingContext2D, rasters: import("./map-raster.js").Rasters } | null} */
  let drawing = null;

  /** Draws the axes. @param {Shown} state */
  function drawAxes(state) {
    const ctx = sizeCanvas(axesCanvas, width, plane.size + 26, { sharpness });
    Object.assign(plane, { axes: state.slice.axes });
    const named = !hasSlice(state.header) || sharpness !== undefined; // else select boxes name them
    drawMapAxes(ctx, plane, axisWidth(state.header), width, named, state.colors);
  }

  /** Follows the plane through the inputs' space: its axes, and which points are far from it. @param {Shown} state */
  function follow(state) {
    if (state.slice === seen) return;
    const { inputs } = state.slice, moved = String(inputs) !== String(seen?.inputs);
    seen = state.slice;
    if (moved) drawAxes(state);
    stale = !moved && state.spots.length / 3 > MOST_AT_ONCE && state.carried !== null;
    if (!stale) redrawPoints(state);
  }

  /** Draws the data points anew. @param {Shown} state */
  function redrawPoints(state) {
    const ctx = sizeCanvas(points, plane.size, plane.size, { sharpness });
    ctx.clearRect(0, 0, plane.size, plane.size);
    drawPoints(ctx, state, plane);
    stale = false;
  }

  return {
    get size() { return plane.size; },

    redrawPoints,

    /**
     * @param {Shown} state
     * @param {number} room px for the map with its axis
     * @param {boolean} narrow whether the legend lies below the map instead of at its right
     */
    layout(state, room, narrow) {
      const left = axisWidth(state.header), size = Math.floor(room - left - (narrow ? 8 : LEGEND_WIDTH));
      [width, seen, plane.size] = [room, state.slice, size];
      plotCanvas.style.left = left + "px";
      const ctx = sizeCanvas(plotCanvas, size, size, { opaque: true, sharpness });
      drawAxes(state);
      drawing = { ctx, rasters: makeRasters(state) };
      redrawPoints(state);
    },

    /**
     * The data point under a pixel of the map, if one lies within `reach` pixels.
     * @param {PointState} state
     * @param {number} x
     * @param {number} y
     * @param {number} reach
     */
    pointAt(state, x, y, reach) {
      const { axes: [across, up], size } = plane, unit = (across.high - across.low) / size;
      return pointUnder(state, across.low + unit * x, up.high - ((up.high - up.low) / size) * y, unit * reach);
    },

    /**
     * The place under a pixel of the map.
     * @param {number} x
     * @param {number} y
     */
    placeAt: (x, y) => planePlace(plane, x, y),

    /**
     * The pixel where the probe is; at the edge if it lies beyond.
     * @param {Shown} state
     * @returns {[x: number, y: number]}
     */
    pixelOf(state) {
      const place = placeOn(state.slice, probePoint(state));
      const [u, v] = place.map((at, k) => Math.max(plane.axes[k].low, Math.min(plane.axes[k].high, at)));
      return [plotCanvas.offsetLeft + planeX(plane, u), plotCanvas.offsetTop + planeY(plane, v)];
    },

    /** @param {Shown} state */
    draw(state) {
      const moves = state.playing || (state.carried !== null && hasSlice(state.header));
      const quick = moves && sharpness === undefined; // not in a picture that is saved
      if (drawing) follow(state);
      if (stale && !state.carried) redrawPoints(state);
      if (drawing) drawMap(drawing.ctx, plane, drawing.rasters, points, state, quick);
    },
  };
}
