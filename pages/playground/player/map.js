// Draws the big map: what the network says about every place of the plane, with the data points on it.

import { sizeCanvas } from "../../live/kit/canvas.js";
import { traceClassLines, traceZeroLine } from "./boundaries.js";
import { drawMapAxes } from "./map-axes.js";
import { makeRasters, paintMap } from "./map-raster.js";
import { planeLength, planeX, planeY } from "./plane.js";
import { drawPoints, pointUnder, ringPoints } from "./points.js";

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
 * A cross in a circle where the neurons' numbers hold.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {string} color
 * @param {number} extra px by which its lines are wider
 */
function strokeProbe(ctx, x, y, color, extra) {
  ctx.strokeStyle = color;
  ctx.lineWidth = 3 + extra;
  ctx.beginPath();
  ctx.moveTo(x - 12, y);
  ctx.lineTo(x + 12, y);
  ctx.moveTo(x, y - 12);
  ctx.lineTo(x, y + 12);
  ctx.stroke();
  ctx.lineWidth = 2.5 + extra;
  ctx.beginPath();
  ctx.arc(x, y, 7, 0, 7);
  ctx.stroke();
}

/**
 * What the focus marks: the point itself, or for the diagram's parts the probe.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Plane} plane
 * @param {Shown} state
 */
function drawFocus(ctx, plane, { focus, header, points, colors }) {
  if (!focus) return;
  const [x1, x2] = focus.kind === "point" ? points.subarray(3 * focus.n, 3 * focus.n + 2) : header.probe.point;
  const x = planeX(plane, x1), y = planeY(plane, x2);
  if (focus.kind === "point") {
    ringPoints(ctx, [[x, y]], 10, 3.4, colors.accent, colors.bg);
  } else {
    strokeProbe(ctx, x, y, colors.bg, 3);
    strokeProbe(ctx, x, y, colors.accent, 0);
  }
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
  if (frame.lit) drawBatch(ctx, plane, state, frame.lit);
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
      drawMapAxes(sizeCanvas(axesCanvas, width, size + 26, { sharpness }), plane, AXIS_WIDTH, width, colors);
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

    /** @param {Shown} state */
    draw(state) {
      const quick = state.playing && sharpness === undefined; // not in a picture that is saved
      if (drawing) drawMap(drawing.ctx, plane, drawing.rasters, points, state, quick);
    },
  };
}
