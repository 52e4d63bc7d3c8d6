// Plays the steps, goes to one of them, and tells the page around the stage when it has come to rest.

import { drawStep } from "./drawing.js";
import { tell } from "./spoken.js";
import { isReady, showStep } from "./state.js";

/** @typedef {import("./types.js").Stage} Stage */

const SETTLE_AFTER = 180; // ms of rest until the page around the stage follows
const LONGEST_PLAY = 12; // s for a whole run; a short one goes at STEPS_A_SECOND
const STEPS_A_SECOND = 5;
const LONGEST_FRAME = 100; // ms that are counted, however long the browser had no time

/**
 * How many steps have passed, with the part of one that is left over from before.
 * @param {number} clock that part
 * @param {number} elapsed ms since the last frame
 * @param {number} last step of the run
 */
export const stepsPassed = (clock, elapsed, last) =>
  clock + (Math.min(LONGEST_FRAME, elapsed) / 1000) * Math.max(STEPS_A_SECOND, last / LONGEST_PLAY);

/** Tells the page which step is shown, once the stage has rested. @param {Stage} stage */
export function settle(stage) {
  const { state, requests } = stage;
  clearTimeout(stage.settling);
  stage.settling = setTimeout(() => {
    if (state.playing || !state.header) return;
    requests.wish({ kind: "settle", value: Math.min(state.k, state.count - 1) });
  }, SETTLE_AFTER);
}

/** @param {Stage} stage @param {number} k */
export function goTo(stage, k) {
  showStep(stage.state, k);
  drawStep(stage);
  settle(stage);
}

/** @param {Stage} stage @param {boolean} on */
function setPlaying(stage, on) {
  const { root, parts: { play: button }, state } = stage;
  const label = on ? "Pause" : "Play";
  state.playing = on;
  root.dataset.playing = String(on);
  button.dataset.action = on ? "pause" : "play";
  button.title = `${label} (space)`;
  button.setAttribute("aria-label", label);
  if (isReady(state)) tell(stage, state);
}

/** Plays from the shown step, or from the start if it is the last one. @param {Stage} stage */
export function play(stage) {
  const { state } = stage;
  if (!state.header || !state.last) return;
  if (state.k >= state.last) showStep(state, 0);
  state.clock = 0;
  clearTimeout(stage.settling);
  setPlaying(stage, true);
  drawStep(stage);
}

/** @param {Stage} stage */
export function pause(stage) {
  if (!stage.state.playing) return;
  setPlaying(stage, false);
  settle(stage);
}

/** @param {Stage} stage @param {number} count */
export function stepBy(stage, count) {
  pause(stage);
  goTo(stage, stage.state.k + count);
}

/** Goes on playing after a frame of the browser. @param {Stage} stage @param {number} elapsed ms */
export function playOn(stage, elapsed) {
  const { state } = stage;
  if (!state.playing) return;
  state.clock = stepsPassed(state.clock, elapsed, state.last);
  if (state.clock < 1) return;
  showStep(state, state.k + Math.floor(state.clock));
  state.clock %= 1;
  if (state.k >= state.last) pause(stage);
  drawStep(stage);
}
