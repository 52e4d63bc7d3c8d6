// Joins the parts of the board: what arrives, what is drawn, what is pressed.

import { takeTheme } from "../../live/kit/colors.js";
import { keepInSight } from "../../live/kit/dock.js";
import { find, findAs, focused } from "../../live/kit/elements.js";
import { listenForKeys } from "../../live/kit/keys.js";
import { readPayload } from "../../live/kit/protocol.js";
import { makeRequests } from "../../live/kit/requests.js";
import { makeSpeaker } from "../../live/kit/speaker.js";
import { keepWatch } from "../../live/kit/watch.js";
import { makeContents } from "./contents.js";
import { drawDiagram } from "./diagram.js";
import { fitLines, reachScrollers } from "./fit.js";
import { makeHeights } from "./heights.js";
import { lightTerm, termOf } from "./lighting.js";
import { drawMatrices } from "./matrices.js";
import { FIRST_ENTRY, entryKey, missingSteps, nextStop } from "./order.js";
import { drawEntry, drawPanel } from "./panel.js";
import { isDone } from "./result.js";
import { stepSaid } from "./spoken.js";
import { makeStepper } from "./stepper.js";

/** @typedef {import("../../live/kit/protocol.js").Payload<Header>} Payload */
/** @typedef {import("./types.js").Act} Act */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Themed} Themed */
/** @typedef {import("./order.js").Stop} Stop */

/**
 * A board on the page, and all that it knows.
 * @typedef {object} Board
 * @property {HTMLElement} root
 * @property {HTMLElement} panel where the step is written
 * @property {number} classes how many the theme has colours for
 * @property {State} state
 * @property {import("./contents.js").Contents} contents
 * @property {import("../../live/kit/requests.js").Requests} requests
 * @property {import("../../live/kit/speaker.js").Speaker} speaker
 * @property {(header: Header, at: number) => void} drawStepper
 * @property {Act} act
 * @property {import("./diagram.js").DiagramParts} diagram
 * @property {string} drawn what the panel was last written for
 * @property {string} drawnEntry which entry was in it
 * @property {number} settling the timer until the page around follows; 0 while it does
 * @property {ReturnType<typeof makeHeights>} heights
 */

const SETTLE_AFTER = 450; // ms of rest until the page around the board follows
const MOST_FETCHED = 80; // steps of a calculation that is fetched whole

/** @type {Record<string, string>} */
const KEY_ACTIONS = { ArrowRight: "next", ArrowLeft: "back", Home: "first", End: "last" };

/**
 * The name of the action that a key asks the board for, or null.
 * @param {import("../../live/kit/keys.js").Stroke} stroke
 */
export function boardAction({ key, shiftKey, ctrlKey, metaKey, altKey }) {
  return shiftKey || ctrlKey || metaKey || altKey ? null : KEY_ACTIONS[key] || null;
}

/** @param {Board} board @param {Header} header */
function takeHeader(board, header) {
  const { root, state, contents, requests } = board, old = state.header;
  const chosen = old?.steps[state.at].key;
  requests.answered(header);
  contents.take(header);
  state.header = header;
  root.style.setProperty("--neurons", String(Math.max(...header.diagram.dims)));
  const ahead = board.settling || requests.waits("step") || requests.waits("settle"); // of the server
  const stays = ahead ? header.steps.findIndex(({ key }) => key === chosen) : -1;
  state.at = stays < 0 ? header.at : stays;
  if (stays < 0) state.entry = header.entry;
  const notice = find(root, ".notice");
  notice.hidden = !header.notice;
  notice.textContent = header.notice || "";
}

// Moving

/** Where one step forward or back leads. @param {Board} board @param {Header} header @param {1 | -1} way */
function stopBeside({ state: { at, entry }, contents }, { steps, by }, way) {
  /** @param {number} k */
  const entriesOf = (k) => contents.entriesOf(steps[k].key);
  return nextStop({ at, entry }, way, steps.length, by === "neuron" ? entriesOf : null);
}

/** Shows another step or entry, and tells the server. @param {Board} board @param {Stop | null} stop */
function moveTo(board, stop) {
  const { state, requests } = board;
  if (!state.header || !stop) return;
  Object.assign(state, stop);
  show(board);
  /** @param {string} kind */
  const ask = (kind) => {
    if (!state.header) return;
    const { key } = state.header.steps[state.at];
    requests.wish({ kind, step: key, entry: state.entry, stamp: board.contents.stamp });
  };
  ask("step");
  clearTimeout(board.settling);
  board.settling = window.setTimeout(() => {
    board.settling = 0;
    ask("settle");
  }, SETTLE_AFTER);
}

/** At rest asks for the steps that are still missing, so that a far one opens at once too. @param {Board} board */
function fetchMissing({ state: { header, at }, contents, requests, settling }) {
  if (!header || settling || requests.busy || document.hidden || header.steps.length > MOST_FETCHED) return;
  const [step] = missingSteps(header.steps.map(({ key }) => key), at, contents.has);
  if (step) requests.wish({ kind: "fetch", step, stamp: contents.stamp });
}

/** What a press or a key does. @param {Board} board @returns {Record<string, () => void>} */
function makeActions(board) {
  const { state } = board;
  /** @param {1 | -1} way */
  const go = (way) => state.header && moveTo(board, stopBeside(board, state.header, way));
  return {
    next: () => go(1),
    back: () => go(-1),
    first: () => moveTo(board, { at: 0, entry: FIRST_ENTRY }),
    last: () => state.header && moveTo(board, { at: state.header.steps.length - 1, entry: FIRST_ENTRY }),
  };
}

// Drawing

/** Draws what has changed. @param {Board} board */
function show(board) {
  const { root, state } = board, { header, colors } = state;
  if (!header || !colors) return;
  state.at = Math.max(0, Math.min(header.steps.length - 1, state.at));
  board.drawStepper(header, state.at);
  enableButtons(board, header);
  const isWhole = board.heights.keep({ ...state, header, colors }, board.contents, header.steps.length > MOST_FETCHED);
  root.dataset.whole = String(isWhole);
  const { key } = header.steps[state.at], content = board.contents.of(key);
  if (!content) return; // on its way
  state.sums = board.contents.sumsOf(key);
  const changed = state.content !== content;
  state.content = content;
  const shown = { ...state, header, colors, content };
  drawStep(board, shown, changed);
  publish(root, shown);
  const told = [header.stamp, key, entryKey(shown.entry)].join();
  board.speaker.rest(told, () => stepSaid({ ...shown, sums: state.sums }));
}

/**
 * At either end the keyboard goes from a button that leads no further to the other one.
 * @param {Board} board
 * @param {Header} header
 */
function enableButtons(board, header) {
  const { root } = board, active = focused(root);
  /** @param {string} action */
  const buttonOf = (action) => findAs(root, `[data-action="${action}"]`, HTMLButtonElement);
  const [first, back, next] = ["first", "back", "next"].map(buttonOf);
  first.disabled = back.disabled = !stopBeside(board, header, -1);
  next.disabled = !stopBeside(board, header, 1);
  if (active === next && next.disabled) back.focus();
  else if ((active === first || active === back) && back.disabled) next.focus();
}

/**
 * Draws the shown step, of the panel only what has changed.
 * @param {Board} board
 * @param {Shown} shown
 * @param {boolean} changed whether another content was shown before
 */
function drawStep(board, shown, changed) {
  const { root, panel, act } = board, { header, entry, options, sums } = shown;
  const look = [header.stamp, header.by, isDone(shown), ...Object.values(options), root.dataset.theme].join();
  const entryLook = entryKey(entry) + (entryKey(entry) in sums);
  if (changed || look !== board.drawn) {
    drawPanel(panel, shown, act);
    drawMatrices(root, shown);
  } else if (entryLook !== board.drawnEntry) drawEntry(panel, shown, act);
  board.drawn = look;
  board.drawnEntry = entryLook;
  board.diagram = drawDiagram(root, shown);
  lightTerm(root, shown, board.diagram);
  reachScrollers(root);
}

/** Tells the page's tests and styles what is shown. @param {HTMLElement} root @param {Shown} shown */
function publish(root, { header, at, entry }) {
  const { key, phase } = header.steps[at];
  Object.assign(root.dataset, {
    step: key, phase, index: at, count: header.steps.length, entry: entryKey(entry), by: header.by,
    lossBefore: header.loss_before, lossAfter: header.loss_after, stamp: header.stamp,
    drawn: (Number(root.dataset.drawn) || 0) + 1,
  });
}

/** Measures everything anew: other fonts have come, or there is another room. @param {Board} board */
function layout(board) {
  board.heights.forget();
  fitLines(board.panel);
  show(board);
}

/** @param {Board} board */
function checkTheme(board) {
  if (takeTheme(board.root, board.state, board.classes)) layout(board);
}

// What brings it to life

/** @returns {State} */
const emptyState = () => ({
  header: null, at: 0, entry: FIRST_ENTRY, content: null, sums: {}, colors: null,
  options: { both: false, alternative: false, derivation: false }, lit: null,
});

/**
 * @param {HTMLElement} root
 * @param {number} classes how many the theme has colours for
 * @param {Parameters<typeof makeRequests>[0]} trigger sends a request
 */
function makeBoard(root, classes, trigger) {
  const contents = makeContents();
  /** @type {Board} */
  const board = {
    root,
    panel: find(root, ".step"),
    classes,
    state: emptyState(),
    contents,
    requests: makeRequests(trigger, () => ({ known: contents.keys() })),
    speaker: makeSpeaker(find(root, '[data-role="spoken"]')),
    drawStepper: makeStepper(root, (at) => moveTo(board, { at, entry: FIRST_ENTRY })),
    act: {
      choose: (entry) => moveTo(board, { at: board.state.at, entry }),
      toggle(option) {
        board.state.options[option] = !board.state.options[option];
        show(board);
      },
    },
    diagram: { links: [], columns: [] },
    drawn: "",
    drawnEntry: "",
    settling: 0,
    heights: makeHeights(root),
  };
  return board;
}

/** Lets buttons and the pointer act on the board. @param {Board} board @param {Record<string, () => void>} actions */
function listenForPresses(board, actions) {
  const { root, state } = board;
  for (const name of ["next", "back", "first"]) find(root, `[data-action="${name}"]`).onclick = actions[name];
  /** @param {Event} event */
  const light = (event) => {
    const lit = termOf(event);
    if (lit === state.lit) return;
    state.lit = lit;
    lightTerm(root, state, board.diagram);
  };
  for (const type of ["pointerover", "pointerleave", "focusin"]) root.addEventListener(type, light);
}

/**
 * Puts the board into an element.
 * @param {HTMLElement} host
 * @param {{ html: string, shapes: string[] }} given
 * @returns {import("../../live/mount.js").View}
 */
export function start(host, given) {
  host.innerHTML = given.html;
  const root = find(host, ".backprop");
  const board = makeBoard(root, given.shapes.length, (name, request) => view.trigger(name, request));
  const actions = makeActions(board);
  listenForPresses(board, actions);
  /** @type {Uint8Array | null} */
  let last = null;
  /** @type {(() => void)[]} */
  let ends = [];

  const relayout = () => layout(board);
  const look = () => {
    board.requests.repeat();
    if (board.state.header) checkTheme(board);
    fetchMissing(board);
  };
  /** @type {import("../../live/mount.js").View} */
  const view = {
    trigger: () => {},
    receive(payload) {
      if (payload === last) return;
      last = payload;
      /** @type {Payload} */
      const { header } = readPayload(payload);
      takeHeader(board, header);
      checkTheme(board);
      show(board);
      board.requests.next();
      fetchMissing(board);
    },
    wake() {
      document.fonts.addEventListener("loadingdone", relayout); // that of formulas is only asked for by the first one
      ends = [
        () => document.fonts.removeEventListener("loadingdone", relayout),
        listenForKeys(root, board.state, actions, { actionOf: boardAction }),
        keepWatch(find(root, ".steps"), relayout, look),
        keepInSight(find(root, ".steps")),
      ];
    },
    rest() {
      for (const end of ends) end();
    },
  };
  view.wake();
  return view;
}
