// What the stage knows: what it starts with, what arrives, and which step is shown.

import { chooseLevels, levelLines } from "./levels.js";

/** @typedef {import("./types.js").Ground} Ground */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Ready} Ready */
/** @typedef {import("./types.js").Requests} Requests */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("../../live/kit/protocol.js").Blocks} Blocks */

const NONE = new Float64Array(0);

/** @returns {State} */
export const makeState = () => ({
  header: null, points: NONE, values: NONE, heights: NONE, norms: NONE, count: 0,
  k: 0, last: 0, playing: false, clock: 0,
  ground: null, painted: "", own: { key: "", lines: [] }, view: [], box: null, heightLeft: 0,
  colors: null, levelColors: [],
  eta: null, dragging: false, racing: false, race: [], raceNorms: [],
});

/** Whether all that is drawn is there. @param {State} state @returns {state is Ready} */
export const isReady = (state) => Boolean(state.header && state.ground && state.colors && state.box);

/** @param {State} state @param {number} k */
export const showStep = (state, k) => { state.k = Math.max(0, Math.min(state.last, k)); };

/**
 * The last step is that of the run, or of the longest path of the race.
 * @param {State} state
 * @param {Pick<Header, "dimension">} header
 */
export function setLast(state, { dimension }) {
  const lasts = state.race.map((points) => points.length / dimension - 1);
  state.last = state.racing ? Math.max(1, ...lasts) : state.count - 1;
}

/** @param {Header} header @param {Blocks} blocks @returns {Ground} */
export function groundOf({ grid: key, surface, dimension, cells }, { grid, slopes = null }) {
  const levels = dimension === 2 ? chooseLevels(grid) : [];
  return { key, surface: surface.name, grid, slopes, levels, lines: levels.map((v) => levelLines(grid, cells, v)) };
}

/** @param {State} state @param {Header} header @param {Blocks} blocks */
function takeRace(state, header, blocks) {
  if (header.race) {
    state.race = header.race.map((_, k) => blocks[`race.${k}`]);
    state.raceNorms = header.race.map((_, k) => blocks[`race.norms.${k}`]);
    if (!state.race.length) state.racing = false;
  } else if (state.header) Object.assign(header, { race: state.header.race, race_why: state.header.race_why });
}

/**
 * Takes in what has arrived, and asks for the surface if it has not come; says whether another run begins.
 * @param {State} state
 * @param {Header} header
 * @param {Blocks} blocks
 * @param {Pick<Requests, "wish" | "waits">} requests
 */
export function takeIn(state, header, blocks, requests) {
  const old = state.header, { points, values, heights, norms } = blocks;
  Object.assign(state, { points, values, heights, norms, count: values.length });
  takeRace(state, header, blocks);
  state.header = header;
  if (blocks.grid) state.ground = groundOf(header, blocks);
  else if (state.ground?.key !== header.grid && !requests.waits("surface")) requests.wish({ kind: "surface" });
  if (!state.dragging && !requests.waits("eta")) state.eta = null;
  if (!requests.waits("window")) state.view = header.window;
  if (header.racing && !requests.waits("race")) requests.wish({ kind: "race" });
  setLast(state, header);
  return !old || old.opened !== header.opened || old.surface.formula !== header.surface.formula;
}
