// Moves what can be moved: the start and the window on the plane, the marker on the axis of the step size.

import { listenForDrag } from "../../live/kit/drag.js";
import { wayOf } from "../../live/kit/keys.js";
import { roundStep } from "../../live/kit/ticks.js";
import { etaMoved, etaUnder } from "./axisscale.js";
import { moveEta, moveStart, pan, putStart, zoom } from "./moves.js";

/** @typedef {import("./types.js").Stage} Stage */
/** @typedef {import("./types.js").Window} Window */

const CLICK = 4; // px that a pointer may move while it clicks

/**
 * The start after an arrow key: a hundredth of the window further, or a twentieth, on round numbers.
 * @param {number[]} start
 * @param {[number, number]} way
 * @param {Window} window
 * @param {boolean} far
 */
export function startMoved(start, way, [left, right], far) {
  const step = roundStep(right - left, far ? 20 : 100);
  return start.map((x, d) => +(Math.round(x / step + way[d]) * step).toPrecision(10));
}

/** A click on the plane puts the start there, a drag moves the window. @param {Stage} stage */
function listenOnPlane(stage) {
  const { parts: { plane }, state } = stage;
  /** @type {{ x: number, y: number, view: Window, moved: boolean } | null} */
  let from = null;
  listenForDrag(plane, (x, y, phase) => {
    if (!state.header) return;
    if (phase === "down") {
      from = { x, y, view: state.view, moved: false };
      return;
    }
    if (!from) return;
    const { view } = from;
    if (phase === "cancel") {
      if (from.moved) pan(stage, view, 0, 0, true);
      from = null;
      return;
    }
    if (Math.hypot(x - from.x, y - from.y) > CLICK) from.moved = true;
    if (from.moved) pan(stage, view, x - from.x, y - from.y, phase === "up");
    else if (phase === "up") putStart(stage, [x, y], true);
    if (phase === "up") from = null;
  });
  plane.addEventListener("wheel", (event) => {
    if (!event.ctrlKey || !state.header) return; // the bare wheel scrolls the page
    event.preventDefault();
    const box = plane.getBoundingClientRect();
    zoom(stage, event.deltaY < 0 ? 0.8 : 1.25, [event.clientX - box.left, event.clientY - box.top]);
  }, { passive: false });
}

/** The start follows its handle, and the arrow keys. @param {Stage} stage */
function listenOnHandle(stage) {
  const { parts: { plane, handle }, state } = stage;
  let moved = false;
  listenForDrag(handle, (_x, _y, phase, event) => {
    if (phase === "down") moved = false;
    else if (phase === "move" || moved) {
      const box = plane.getBoundingClientRect();
      moved = true;
      putStart(stage, [event.clientX - box.left, event.clientY - box.top], phase !== "move");
    }
  });
  handle.onkeydown = (event) => {
    const way = wayOf(event);
    if (!way || !state.header) return;
    event.preventDefault();
    moveStart(stage, startMoved(state.header.start, way, state.view, event.shiftKey), true);
  };
}

/** The step size follows the pointer on its axis, and the arrow keys. @param {Stage} stage */
function listenOnAxis(stage) {
  const { parts: { axis }, state } = stage;
  listenForDrag(axis, (x, _y, phase) => {
    if (!state.header || state.header.eta === null) return;
    const { eta, axis: { end } } = state.header, cancelled = phase === "cancel";
    moveEta(stage, cancelled ? eta : etaUnder(x, axis.clientWidth, end), cancelled || phase === "up");
  });
  axis.onkeydown = (event) => {
    const way = wayOf(event);
    if (!way || !state.header || state.header.eta === null) return;
    event.preventDefault();
    const eta = state.eta === null ? state.header.eta : state.eta, count = way[0] + way[1];
    moveEta(stage, etaMoved(eta, state.header.axis.end, event.shiftKey ? 10 * count : count), true);
  };
}

/** @param {Stage} stage */
export function listenForPointing(stage) {
  listenOnPlane(stage);
  listenOnHandle(stage);
  listenOnAxis(stage);
}
