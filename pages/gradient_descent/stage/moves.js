// Moves the start, the step size and the window, draws what is known already, and asks for the rest. What a teacher's
// link locks stays where it is.

import { isOff } from "../../live/kit/lesson.js";
import { drawAxis } from "./axis.js";
import { drawRun } from "./drawing.js";
import { pause, settle } from "./playing.js";
import { isReady, showStep } from "./state.js";
import { panned, placeUnder, zoomed } from "./window.js";

/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./types.js").Stage} Stage */
/** @typedef {import("./types.js").Window} Window */

/** @param {Stage} stage @param {number[]} value @param {boolean} done whether the move has ended */
export function moveStart(stage, value, done) {
  if (isOff("start")) return;
  pause(stage);
  showStep(stage.state, 0);
  stage.requests.wish({ kind: "start", value });
  stage.state.dragging = !done;
  if (done) settle(stage);
}

/** Puts the start under a pixel of the plane. @param {Stage} stage @param {Place} pixel @param {boolean} done */
export function putStart(stage, pixel, done) {
  const { state } = stage;
  if (!isReady(state)) return;
  const place = placeUnder(state.box, state.view, pixel);
  moveStart(stage, place.slice(0, state.header.dimension), done);
}

/** @param {Stage} stage @param {number} value @param {boolean} done */
export function moveEta(stage, value, done) {
  if (isOff("step_size")) return;
  const { state, requests, parts } = stage;
  state.dragging = !done;
  if (value !== state.eta) {
    state.eta = value;
    if (isReady(state)) drawAxis(parts.axis, state);
    requests.wish({ kind: "eta", value });
  }
  if (done) settle(stage);
}

/** @param {Stage} stage @param {Window} window @param {boolean} ask for its values */
function lookAt(stage, window, ask) {
  stage.state.view = window;
  if (ask) stage.requests.wish({ kind: "window", value: window });
  drawRun(stage);
}

/**
 * Shifts a window by a number of pixels.
 * @param {Stage} stage
 * @param {Window} window as it was when the drag began
 * @param {number} dx
 * @param {number} dy
 * @param {boolean} done
 */
export function pan(stage, window, dx, dy, done) {
  const { box } = stage.state;
  if (box) lookAt(stage, panned(box, window, dx, dy), done);
}

/** Zooms about a pixel, or about the middle. @param {Stage} stage @param {number} factor @param {Place} [pixel] */
export function zoom(stage, factor, pixel) {
  const { box, view } = stage.state;
  if (!box) return;
  const about = pixel || [box.left + box.width / 2, box.top + box.height / 2];
  lookAt(stage, zoomed(box, view, factor, about), true);
}

/** Shows the surface's whole domain. @param {Stage} stage */
export function zoomHome(stage) {
  const { state, requests } = stage;
  if (!state.header) return;
  state.view = state.header.home;
  requests.wish({ kind: "window", value: null });
  drawRun(stage);
}
