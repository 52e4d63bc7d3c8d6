// Draws the stage: what changes with the run, and what changes with each step.

import { takeTheme, rgbOf } from "../../live/kit/colors.js";
import { drawAxis } from "./axis.js";
import { drawCurves } from "./curves.js";
import { drawGraph } from "./graph.js";
import { moveGround, paintGround } from "./ground.js";
import { writeRun, writeStep } from "./panels.js";
import { within } from "./pixels.js";
import { planeRoom, planeWidth, topOnPage } from "./room.js";
import { drawPlane } from "./plane.js";
import { startSaid, tell } from "./spoken.js";
import { isReady } from "./state.js";
import { graphRange, scaleOf } from "./window.js";

/** @typedef {import("./types.js").Ready} Ready */
/** @typedef {import("./types.js").Stage} Stage */
/** @typedef {import("./window.js").Scale} Scale */

const LEVEL_COLORS = [0, 1, 2, 3, 4, 5];
const LEFT_ROOM = 40, RIGHT_ROOM = 4, TOP_ROOM = 6, BOTTOM_ROOM = 30; // px around the plane in its drawing

/** Whether the grid's window is the one that is shown. @param {Ready} state */
const isThere = ({ view, header }) => view.every((v, k) => v === header.window[k]);

/** What the page says of the run to those who read it by attributes. @param {Stage} stage @param {Ready} state */
function describe({ root: { dataset } }, { header, count }) {
  Object.assign(dataset, {
    steps: count - 1, eta: header.eta, stepsF: header.crossings.f, stepsGrad: header.crossings.grad,
    stoppedBy: header.stopped_by, regime: header.regime, start: header.start.join(","),
    window: header.window.join(","), drawn: Number(dataset.drawn || 0) + 1,
  });
}

/** Paints the ground anew if it, the theme or the size is another. @param {Stage} stage @param {Ready} state */
function refreshGround({ root, parts }, state) {
  const flat = state.header.dimension === 2;
  parts.canvas.style.display = flat ? "" : "none";
  const wanted = state.ground.key + root.dataset.theme + state.box.width + devicePixelRatio;
  if (!flat || state.painted === wanted || !state.ground.levels.length) return;
  state.painted = wanted;
  paintGround(parts.canvas, state);
}

/** Draws all. @param {Stage} stage */
export function drawRun(stage) {
  const { parts, state, shapes, write } = stage;
  if (!isReady(state)) return;
  refreshGround(stage, state);
  moveGround(parts.canvas, state, isThere(state));
  drawAxis(parts.axis, state);
  writeRun(write, parts.why, state, shapes);
  describe(stage, state);
  parts.scrubber.max = String(state.last);
  drawStep(stage);
}

/** Draws plane or graph; returns its scale. @param {Stage} stage @param {Ready} state */
function drawPaths({ parts, shapes }, state) {
  const { header, view, box, ground } = state, color = `var(--${header.tone || "ink"})`;
  if (header.dimension === 2) {
    const scale = scaleOf(box, view);
    drawPlane(parts.plane, state, scale, isThere(state), color, shapes);
    return scale;
  }
  const range = graphRange(ground.grid), scale = scaleOf(box, [view[0], view[1], ...range]);
  drawGraph(parts.plane, state, scale, range, color, shapes);
  return scale;
}

/** Puts the handle of the start where the start is. @param {Stage} stage @param {Ready} state @param {Scale} scale */
function placeHandle({ parts: { handle } }, state, { X, Y }) {
  const { header: { start, dimension }, values, box } = state;
  const x = X(start[0]), y = Y(dimension === 2 ? start[1] : values[0]);
  handle.hidden = !within(box, [x, y]);
  handle.style.left = x + "px";
  handle.style.top = y + "px";
  nameHandle(handle, state);
}

/**
 * Says where the start is: a slider's value is one number, its text has both.
 * @param {HTMLElement} handle
 * @param {Ready} state
 */
function nameHandle(handle, { header, view: [left, right] }) {
  const values = { min: left, max: right, now: header.start[0], text: startSaid(header) };
  for (const [name, value] of Object.entries(values)) handle.setAttribute(`aria-value${name}`, String(value));
}

/** @param {Stage} stage */
function moveThumb({ parts: { fill, thumb, scrubber }, state: { k, last } }) {
  const share = last ? k / last : 0;
  fill.style.transform = `translateX(${100 * share - 100}%)`;
  thumb.style.left = 100 * share + "%";
  scrubber.value = String(k);
  scrubber.setAttribute("aria-valuetext", `step ${k} of ${last}`);
}

/** Draws what changes with the step. @param {Stage} stage */
export function drawStep(stage) {
  const { root, parts, state, shapes, write } = stage;
  if (!isReady(state) || state.ground.surface !== state.header.surface.name) return;
  const scale = drawPaths(stage, state);
  drawCurves(parts.curves, state, shapes);
  writeStep(write, state);
  moveThumb(stage);
  root.dataset.step = String(state.k);
  root.dataset.f = String(state.values[Math.min(state.k, state.count - 1)]);
  placeHandle(stage, state, scale);
  tell(stage, state);
}

/** How high the plane may be, so that the window shows it with what stands around it, px. @param {Stage} stage */
function heightLeft({ parts: { room, place } }) {
  const below = place.getBoundingClientRect().bottom - room.getBoundingClientRect().bottom;
  return planeRoom(window.innerHeight, topOnPage(room) + TOP_ROOM, BOTTOM_ROOM + below);
}

/** Lays out anew if the window leaves another height. @param {Stage} stage */
export function checkHeight(stage) {
  if (stage.root.clientWidth && heightLeft(stage) !== stage.state.heightLeft) layOut(stage);
}

/** Gives the plane its size, and draws all. @param {Stage} stage */
export function layOut(stage) {
  const { root, parts: { room }, state } = stage;
  if (!root.clientWidth || !state.header || !state.colors) return;
  state.heightLeft = heightLeft(stage);
  root.style.setProperty("--room", state.heightLeft + "px");
  const { aspect } = state.header, wide = room.clientWidth - LEFT_ROOM - RIGHT_ROOM;
  const width = planeWidth(wide, state.heightLeft, aspect);
  const height = Math.round(width / aspect), left = LEFT_ROOM + Math.floor((wide - width) / 2);
  state.box = { left, top: TOP_ROOM, width, height };
  room.style.height = TOP_ROOM + height + BOTTOM_ROOM + "px";
  drawRun(stage);
}

/** Takes up the page's theme, if it is another one. @param {Stage} stage */
export function checkTheme(stage) {
  const { root, state, shapes } = stage;
  if (!takeTheme(root, state, shapes.length)) return;
  const style = getComputedStyle(root);
  state.levelColors = LEVEL_COLORS.map((k) => rgbOf(style.getPropertyValue("--level-" + k).trim()));
  layOut(stage);
}
