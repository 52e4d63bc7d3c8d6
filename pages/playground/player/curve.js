// Draws the loss curve as far as it was seen: solid up to the playhead, pale after it, with a read-out at the pointer;
// pale too how the run went on before it was changed, and the runs that are kept.

import { UNDASHED, sizeCanvas } from "../../live/kit/canvas.js";
import { drawMoments } from "./diagnosis-marks.js";
import { drawLossAxes } from "./loss-axes.js";
import { keptWithLoss } from "./kept-losses.js";
import { drawPlayhead, drawReadout } from "./loss-marks.js";
import { epochAt, fitLossScale, makeLossRange } from "./loss-scale.js";
import { traceLosses } from "./loss-trace.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./loss-scale.js").LossScale} LossScale */

const TEST_DASH = [7, 3.5], DASH_PERIOD = 10.5, PALE_TEST_DASH = [5, 3];

/**
 * Adds the solid curves from a frame to the shown one.
 * @param {CanvasRenderingContext2D} ctx
 * @param {LossScale} scale
 * @param {Shown} state
 * @param {number} from
 * @param {number} drawn px of the test curve that are there already, so that its dashes go on evenly
 * @returns {number} px by which the test curve has grown
 */
function drawSolid(ctx, scale, { history, shown, colors }, from, drawn) {
  const test = new Path2D(), train = new Path2D();
  ctx.lineWidth = 2.2;
  ctx.lineJoin = "round";
  ctx.setLineDash(TEST_DASH);
  ctx.lineDashOffset = drawn % DASH_PERIOD;
  ctx.strokeStyle = colors.test;
  const length = traceLosses(test, scale, history.epoch, history.test_loss, from, shown);
  ctx.stroke(test);
  ctx.setLineDash(UNDASHED);
  ctx.strokeStyle = colors.train;
  traceLosses(train, scale, history.epoch, history.train_loss, from, shown);
  ctx.stroke(train);
  return length;
}

/**
 * One whole curve in the style that the context has.
 * @param {CanvasRenderingContext2D} ctx
 * @param {LossScale} scale
 * @param {Float64Array} epochs
 * @param {Float64Array} losses
 * @param {number} to the last frame of it
 */
function strokeLosses(ctx, scale, epochs, losses, to) {
  const path = new Path2D();
  traceLosses(path, scale, epochs, losses, 0, to);
  ctx.stroke(path);
}

/**
 * Both curves, pale.
 * @param {CanvasRenderingContext2D} ctx
 * @param {LossScale} scale
 * @param {import("./types.js").Losses} losses
 * @param {number} to the last frame of them
 * @param {import("./types.js").Colors} colors
 */
function drawPale(ctx, scale, { epoch, train_loss: train, test_loss: test }, to, colors) {
  ctx.globalAlpha = 0.3;
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = colors.train;
  strokeLosses(ctx, scale, epoch, train, to);
  ctx.strokeStyle = colors.test;
  ctx.setLineDash(PALE_TEST_DASH);
  strokeLosses(ctx, scale, epoch, test, to);
  ctx.setLineDash(UNDASHED);
  ctx.globalAlpha = 1;
}

/**
 * The curves of the kept runs that have the same loss, paler still; what lies beyond the axes isn't drawn.
 * @param {CanvasRenderingContext2D} ctx
 * @param {LossScale} scale
 * @param {Shown} state
 */
function drawKept(ctx, scale, { keptRuns, header, colors, extent }) {
  ctx.globalAlpha = 0.45;
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = colors.ink3;
  for (const { epochs, losses } of keptWithLoss(keptRuns, header.loss)) {
    const path = new Path2D(), beyond = epochs.findIndex((epoch) => epoch > extent);
    traceLosses(path, scale, epochs, losses, 0, (beyond < 0 ? epochs.length : beyond) - 1);
    ctx.stroke(path);
  }
  ctx.globalAlpha = 1;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} [sharpness] pixels per CSS pixel; the screen's where it isn't given
 */
export function makeCurve(canvas, sharpness) {
  const solid = document.createElement("canvas"), ground = document.createElement("canvas"), range = makeLossRange();
  /** @type {Record<"whole" | "solid" | "ground", CanvasRenderingContext2D> | null} */
  let contexts = null;
  /** @type {LossScale | null} */
  let scale = null;
  let width = 0, height = 0, solidTo = -1, drawn = 0;
  /** @type {number | null} */
  let paleTo = null; // −1: the ground has no pale curves; null: it must be drawn
  /** @type {Shown["keptRuns"] | null} */
  let kept = null;

  /** @param {Shown} state */
  function fitScale({ history, before, seen, logScale, extent }) {
    range.update(history, seen, before);
    const fitted = fitLossScale(scale, range, logScale, extent, width, height);
    if (fitted !== scale) [solidTo, paleTo] = [-1, null];
    return (scale = fitted);
  }

  /**
   * The solid curves stay from frame to frame, and only what is new is added.
   * @param {CanvasRenderingContext2D} ctx
   * @param {LossScale} fitted
   * @param {Shown} state
   */
  function updateSolid(ctx, fitted, state) {
    if (solidTo === state.shown) return;
    if (solidTo < 0 || solidTo > state.shown) {
      ctx.clearRect(0, 0, width, height);
      [solidTo, drawn] = [0, 0];
    }
    drawn += drawSolid(ctx, fitted, state, solidTo, drawn);
    solidTo = state.shown;
  }

  /**
   * Axes and pale curves.
   * @param {CanvasRenderingContext2D} ctx
   * @param {LossScale} fitted
   * @param {Shown} state
   */
  function updateGround(ctx, fitted, state) {
    const to = state.shown < state.seen ? state.seen : -1;
    if (to === paleTo && state.keptRuns === kept) return;
    kept = state.keptRuns;
    drawLossAxes(ctx, fitted, state.colors);
    drawKept(ctx, fitted, state);
    const { history, before, colors } = state;
    if (before) drawPale(ctx, fitted, before, before.epoch.length - 1, colors);
    if (to >= 0) drawPale(ctx, fitted, history, to, colors);
    paleTo = to;
  }

  return {
    /** @param {number} newWidth px @param {number} newHeight */
    layout(newWidth, newHeight) {
      [width, height] = [newWidth, newHeight];
      /** @param {HTMLCanvasElement} one */
      const sized = (one) => sizeCanvas(one, width, height, { sharpness });
      contexts = { whole: sized(canvas), solid: sized(solid), ground: sized(ground) };
      this.redraw();
    },

    /** Forgets what is drawn, after another theme, history or size. */
    redraw() {
      range.forget();
      [scale, solidTo, paleTo] = [null, -1, null];
    },

    /**
     * The frame at a pixel of the canvas.
     * @param {Pick<Shown, "history" | "extent" | "seen">} state
     * @param {number} x
     */
    frameAt: ({ history, extent, seen }, x) => history.frameOf(epochAt(width, extent, x), seen),

    /** @param {Shown} state */
    draw(state) {
      if (!contexts) return;
      const ctx = contexts.whole, fitted = fitScale(state);
      updateSolid(contexts.solid, fitted, state);
      updateGround(contexts.ground, fitted, state);
      ctx.clearRect(0, 0, width, height);
      ctx.drawImage(ground, 0, 0, width, height);
      ctx.drawImage(solid, 0, 0, width, height);
      drawMoments(ctx, fitted, state);
      drawPlayhead(ctx, fitted, state);
      if (state.readout !== null && state.readout <= state.seen) drawReadout(ctx, fitted, state, state.readout);
    },
  };
}
