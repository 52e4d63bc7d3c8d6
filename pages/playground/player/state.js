// The state of a player before anything has come, and whether enough has come to draw it.

import { makeNorms } from "./inside-state.js";
import { makeHistory } from "./timeline.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Shown} Shown */

/** @param {string[]} shapes of the classes' points @returns {State} */
export function makeState(shapes) {
  return {
    shapes,
    described: null, header: null, net: null, ground: null, pictures: null,
    frames: new Map(), frameBytes: 1, frame: null,
    shown: 0, seen: 0, seek: null, work: null, playing: false, playsThere: false, dirty: false,
    playPressedAt: -1, changePressedAt: 0, silent: false, offer: null,
    history: makeHistory(), before: null, keptRuns: [], extent: 150,
    points: new Float32Array(), beyond: new Float32Array(), inputTiles: new Uint8Array(),
    marked: { frame: -1, places: [] },
    slice: null, spots: new Float32Array(), sliced: { of: "", axes: "", points: null },
    diagnoses: [], evidence: new Map(), evidenceAsked: "",
    notice: "", refused: null, aside: "", rates: { vary: false },
    opening: null, norms: makeNorms(),
    carried: null, focus: null, held: null, mapped: null, walk: null, typing: false, byKey: false, inspected: null,
    colors: null, digit: null, readout: null, discretize: false, showTest: true, logScale: true,
  };
}

/** Whether there is something to draw. @param {State} state @returns {state is Shown} */
export const isShown = (state) =>
  Boolean(state.header && state.net && state.pictures && state.frame && state.colors && state.slice);
