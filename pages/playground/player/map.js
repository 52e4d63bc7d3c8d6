// Draws the big map: what the network says about every place of the plane, with the data points on it.

import { sizeCanvas } from "../../live/kit/canvas.js";
import { drawAreaNames } from "./area-names.js";
import { traceClassLines, traceZeroLine } from "./boundaries.js";
import { drawMapAxes } from "./map-axes.js";
import { makeRasters, paintMap } from "./map-raster.js";
import { planeLength, planePlace, planeX, planeY } from "./plane.js";
import { drawPoints, pointUnder, ringPoints, visiblePoints } from "./points.js";
import { drawProbeMark } from "./probe-mark.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./plane.js").Plane} Plane */
/** @typedef {import("./points.js").PointState} PointState */

const AXIS_WIDTH = 30; // px for the numbers of the vertical axis

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
function drawProbe(ctx, plane, { header: { probe }, carried, colors }) {
  const [x1, x2] = carried || probe.point;
  if (Math.max(Math.abs(x1), Math.abs(x2)) > plane.domain) return;
  const x = planeX(plane, x1), y = planeY(plane, x2);
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
function drawFocus(ctx, plane, { focus, points, colors }) {
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
function drawBatch(ctx, plane, { points, colors }, lit) {
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
  const { marked, points, frame, colors } = state, count = visiblePoints(state);
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
  const points = document.createElement("canvas"), plane = { domain: 1, size: 0 };
  /** @type {{ ctx: CanvasRenderingContext2D, rasters: import("./map-raster.js").Rasters } | null} */
  let drawing = null;

  return {
    get size() { return plane.size; },

    /**
     * @param {Shown} state
     * @param {number} width of the map with its axis
     * @param {boolean} narrow whether the legend lies below the map instead of at its right
     */
    layout(state, width, narrow) {
      const { header, colors } = state, size = Math.floor(width - AXIS_WIDTH - (narrow ? 8 : 76));
      Object.assign(plane, { domain: header.dataset.domain, size });
      plotCanvas.style.left = AXIS_WIDTH + "px";
      const ctx = sizeCanvas(plotCanvas, size, size, { opaque: true, sharpness });
      drawMapAxes(sizeCanvas(axesCanvas, width, size + 26, { sharpness }), plane, AXIS_WIDTH, width,
        header.dataset.short_coordinates, colors);
      drawing = { ctx, rasters: makeRasters(state) };
      this.redrawPoints(state);
    },

    /** Draws the data points anew. @param {Shown} state */
    redrawPoints(state) {
      const ctx = sizeCanvas(points, plane.size, plane.size, { sharpness });
      ctx.clearRect(0, 0, plane.size, plane.size);
      drawPoints(ctx, state, plane);
    },

    /**
     * The data point under a pixel of the map, if one lies within `reach` pixels.
     * @param {PointState} state
     * @param {number} x
     * @param {number} y
     * @param {number} reach
     */
    pointAt(state, x, y, reach) {
      const x1 = planeLength(plane, x) - plane.domain, x2 = plane.domain - planeLength(plane, y);
      return pointUnder(state, x1, x2, planeLength(plane, reach));
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
    pixelOf({ header, carried }) {
      const [x1, x2] = (carried || header.probe.point).map((v) => Math.max(-plane.domain, Math.min(plane.domain, v)));
      return [plotCanvas.offsetLeft + planeX(plane, x1), plotCanvas.offsetTop + planeY(plane, x2)];
    },

    /** @param {Shown} state */
    draw(state) {
      const quick = state.playing && sharpness === undefined; // not in a picture that is saved
      if (drawing) drawMap(drawing.ctx, plane, drawing.rasters, points, state, quick);
    },
  };
}
