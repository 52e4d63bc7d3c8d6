// What the buttons and the keys do.

import { drawRun } from "./drawing.js";
import { zoom, zoomHome } from "./moves.js";
import { savePicture } from "./picture.js";
import { pause, play, stepBy } from "./playing.js";
import { setLast, showStep } from "./state.js";

/** @typedef {import("./types.js").Stage} Stage */

const ZOOM = 0.7;
const FIRST_RACE_STEP = 8; // the step that a race opens with: the paths have parted by then

/** Says on the page whether the race is shown. @param {Stage} stage */
export function markRace({ root, parts, state: { racing } }) {
  parts.race.setAttribute("aria-pressed", String(racing));
  root.dataset.racing = String(racing);
}

/** Shows the race in place of the run, or the run again. @param {Stage} stage */
function toggleRace(stage) {
  const { state } = stage;
  if (!state.header) return;
  state.racing = !state.racing && state.race.length > 0;
  markRace(stage);
  setLast(state, state.header);
  showStep(state, state.racing ? FIRST_RACE_STEP : state.k);
  drawRun(stage);
}

/** By the names that buttons have and keys ask for. @param {Stage} stage @returns {Record<string, () => void>} */
export const makeActions = (stage) => ({
  "play": () => play(stage),
  "pause": () => pause(stage),
  "step": () => stepBy(stage, 1),
  "step-back": () => stepBy(stage, -1),
  "reset": () => {
    stage.speaker.insist();
    stepBy(stage, -stage.state.k);
  },
  "zoom-in": () => zoom(stage, ZOOM),
  "zoom-out": () => zoom(stage, 1 / ZOOM),
  "zoom-home": () => zoomHome(stage),
  "save-png": () => { savePicture(stage, "png"); },
  "save-svg": () => { savePicture(stage, "svg"); },
  "race": () => toggleRace(stage),
});
