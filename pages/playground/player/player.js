// Plays the frames of a training run and joins all parts: what arrives, what is drawn, what is pressed.

import { keepInSight } from "../../live/kit/dock.js";
import { find, findAs, focused } from "../../live/kit/elements.js";
import { listenForKeys } from "../../live/kit/keys.js";
import { offerPictures } from "../../live/kit/pictures.js";
import { makeRequests } from "../../live/kit/requests.js";
import { makeSpeaker } from "../../live/kit/speaker.js";
import { tabStore } from "../../live/kit/storage.js";
import { makeTabTexts } from "../../live/kit/tab-texts.js";
import { wakeServer } from "../../live/kit/wake.js";
import { keepWatch } from "../../live/kit/watch.js";
import { makeReceiver } from "./arrivals.js";
import { makeControls } from "./controls.js";
import { makeCurve } from "./curve.js";
import { makeDiagram } from "./diagram.js";
import { evidenceRequest } from "./diagnosis-state.js";
import { makeDigitPanel } from "./digit-panel.js";
import { makeEdits } from "./edits.js";
import { makeFocus } from "./focus.js";
import { makeFrames } from "./frames.js";
import { makeInsidePanel } from "./inside-panel.js";
import { makeInside } from "./inside-state.js";
import { makeInspector } from "./inspector.js";
import { makeKeeping } from "./keeping.js";
import { makeLinkCopier } from "./link.js";
import { makeMap } from "./map.js";
import { makePlayback } from "./playback.js";
import { letGo, listenForFocus } from "./pointing.js";
import { listenForChanges, listenForTaking } from "./presses.js";
import { makeProbeMoves, probeRequest } from "./probe-moves.js";
import { makeProbeStrip } from "./probe-strip.js";
import { probeSentence } from "./probe-words.js";
import { makeReadouts } from "./readouts.js";
import { makeLongTable } from "./long-table.js";
import { makeRecovery, pageAddress } from "./recovery.js";
import { isSmall, makeScreen } from "./screen.js";
import { makeVoice } from "./spoken.js";
import { isShown, makeState } from "./state.js";
import { makeSlicePanel } from "./slice-panel.js";
import { listenToCurve, listenToSwitches } from "./switches.js";
import { makeTimeline } from "./timeline.js";

/** @typedef {import("../../live/mount.js").View} View */
/** @typedef {import("../../live/kit/requests.js").Requests} Requests */
/** @typedef {import("./controls.js").Controls} Controls */
/** @typedef {import("./edits.js").Edits} Edits */
/** @typedef {import("./focus.js").FocusKeeper} FocusKeeper */
/** @typedef {import("./frames.js").Frames} Frames */
/** @typedef {import("./playback.js").Playback} Playback */
/** @typedef {import("./recovery.js").Recovery} Recovery */
/** @typedef {import("./screen.js").Parts} Parts */
/** @typedef {import("./screen.js").Screen} Screen */
/** @typedef {import("./types.js").Act} Act */
/** @typedef {import("./types.js").State} State */

/**
 * Leaves the field in which a weight is typed, for the neuron where it was opened.
 * @param {HTMLElement} root
 * @param {State} state
 * @param {FocusKeeper} focus
 * @param {Controls} controls
 * @param {boolean} cancelled
 */
function leaveField(root, state, focus, controls, cancelled) {
  const neuron = state.walk && controls.buttonOf(state.walk.l, state.walk.j);
  focused(root)?.blur();
  if (cancelled) focus.hold(null);
  neuron?.focus({ preventScroll: true });
}

/**
 * The actions of buttons and keys, by name.
 * @param {Playback} playback
 * @param {Edits} edits
 * @param {Record<string, () => void>} others
 * @returns {Record<string, () => void>}
 */
const makeActions = ({ play, pause, stepBy }, { undo }, others) => ({
  play, pause, undo,
  "step": () => stepBy(1),
  "step-back": () => stepBy(-1),
  ...others,
});

/** The buttons whose press carries out the action that they name. */
const BUTTONS = [
  ".transport button", ".save-map", ".inspector .undo", ".news button", ".work-point",
  "[data-action=keep-run]", ".kept-runs",
].join();

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Record<string, () => void>} actions
 */
function listenToButtons(root, state, actions) {
  for (const button of root.querySelectorAll(BUTTONS)) {
    button.addEventListener("click", () => {
      const action = button.getAttribute("data-action");
      if (state.header && action) actions[action]();
    });
  }
}

/**
 * What runs while the player is on the page: its ticks, and what it listens to.
 * @param {object} running
 * @param {HTMLElement} running.root
 * @param {State} running.state
 * @param {Requests} running.requests
 * @param {Frames} running.frames
 * @param {Playback} running.playback
 * @param {Recovery} running.recovery
 * @param {FocusKeeper} running.focus
 * @param {Screen} running.screen
 * @param {ReturnType<typeof makeVoice>} running.voice
 * @param {import("./inside-state.js").InsideKeeper} running.inside
 * @param {Record<string, () => void>} running.actions
 * @returns {Pick<View, "wake" | "rest">}
 */
function makeRunning({ root, state, requests, frames, playback, recovery, focus, screen, voice, inside, actions }) {
  let request = 0;
  /** @type {(() => void)[]} */
  let ends = [];

  /** @param {number} now */
  function tick(now) {
    request = requestAnimationFrame(tick);
    playback.tick(now);
    if (!state.header) return;
    recovery.tick(now);
    requests.next(() => probeRequest(state) || evidenceRequest(state) || frames.wanted() || inside.wanted());
    root.dataset.answering = String(requests.busy);
    if (!state.dirty) return;
    screen.draw();
    if (isShown(state)) voice.look(state);
  }
  function look() {
    requests.repeat();
    wakeServer(requests.silence);
    if (state.silent !== requests.silence > 0) Object.assign(state, { silent: !state.silent, dirty: true });
    if (state.header && screen.checkTheme()) playback.settle(); // the page around has colours too
  }

  return {
    wake() {
      request = requestAnimationFrame(tick);
      addEventListener("pagehide", recovery.leave);
      ends = [
        screen.listenForRelease(), listenForKeys(root, state, actions, { close: () => letGo(root, state, focus) }),
        keepWatch(root, screen.layout, look, find(root, ".middle")), keepInSight(find(root, ".transport")),
        listenForChanges(() => { state.changePressedAt = performance.now(); }), listenForTaking(playback.pause),
        offerPictures(screen.pictures),
        () => removeEventListener("pagehide", recovery.leave),
      ];
    },
    rest() {
      recovery.leave();
      cancelAnimationFrame(request);
      for (const end of ends) end();
    },
  };
}

/**
 * Pauses, and asks for what the page shows next.
 * @param {"compare" | "work"} kind
 * @param {Playback} playback
 * @param {Requests} requests
 */
const leaveBy = (kind, playback, requests) => () => {
  playback.pause();
  requests.wish({ kind: "keep" }); // so that after a reload there it is the shown frame
  requests.wish({ kind });
};

/**
 * Puts the player into an element.
 * @param {HTMLElement} host
 * @param {{ html: string, shapes: string[] }} given html: player.html with its style; shapes: of the classes' points
 * @returns {View}
 */
export function start(host, given) {
  host.innerHTML = given.html;
  const root = find(host, ".player"), state = makeState(given.shapes);
  const requests = makeRequests((name, request) => player.trigger(name, request),
    () => ({
      run: state.header?.run, generation: state.header?.generation, shown: state.shown, known: state.history.complete,
      ground: state.ground?.name, diagnosed: state.header?.diagnosed,
    }));
  const frames = makeFrames(state), playback = makePlayback(state, frames, requests);
  const edits = makeEdits(state, requests), table = makeLongTable(requests, makeTabTexts());
  const recovery = makeRecovery(state, requests, tabStore, pageAddress, table);
  const focus = makeFocus(state, requests, () => {
    screen.describe();
    state.dirty = true;
  });
  /** @type {Act} */
  const act = {
    ...edits,
    pause: playback.pause,
    jump: playback.scrubTo,
    view: () => root,
    typing: focus.type,
    small: () => isSmall(root),
    refuse: (message) => Object.assign(state, { notice: message, dirty: true }),
    leave: (cancelled) => leaveField(root, state, focus, parts.controls, cancelled),
  };
  const speaker = makeSpeaker(find(root, '[data-role="spoken"]'));
  const moves = makeProbeMoves(state, requests, () => speaker.say(() => (isShown(state) ? probeSentence(state) : "")));
  const inside = makeInside(state, requests, frames, () => screen.layout());
  const curveCanvas = findAs(root, ".curve canvas", HTMLCanvasElement);
  const plot = findAs(root, ".plot", HTMLCanvasElement), map = makeMap(findAs(root, ".axes", HTMLCanvasElement), plot);
  /** @type {Parts} */
  const parts = {
    map,
    diagram: makeDiagram(findAs(root, ".network", HTMLCanvasElement)),
    digit: makeDigitPanel(root, state, moves, speaker),
    strip: makeProbeStrip(root, moves, map),
    slice: makeSlicePanel(root, moves, requests),
    inside: makeInsidePanel(root, inside),
    curve: makeCurve(curveCanvas),
    timeline: makeTimeline(find(root, ".timeline"), playback.scrubTo),
    inspector: makeInspector(find(root, ".inspector"), act, speaker),
    readouts: makeReadouts(root),
    controls: makeControls(find(root, ".over"), act),
  };
  const screen = makeScreen(root, state, parts, focus.ask);
  const voice = makeVoice(root, speaker, parts.inspector.spoken);
  /** @param {"reset" | "new-weights"} kind */
  const beginAgain = (kind) => {
    voice.expect(kind);
    playback.startAgain(kind);
  };
  const link = makeLinkCopier(requests, act.refuse);
  const keeping = makeKeeping(state, requests, tabStore, plot, act.refuse);
  const actions = makeActions(playback, edits, {
    "reset": () => beginAgain("reset"), "new-weights": () => beginAgain("new-weights"),
    "save-png": screen.save, "save-map": screen.saveMap, "copy-link": link.press, "last-run": recovery.takeBack,
    "keep-run": keeping.press, "compare": leaveBy("compare", playback, requests),
    "work-point": leaveBy("work", playback, requests),
  });
  listenToButtons(root, state, actions);
  listenToSwitches(root, state, focus, parts.map);
  listenToCurve(curveCanvas, state, parts.curve);
  listenForFocus({ root, state, focus, moves, ...parts });
  const receive = makeReceiver({
    state, requests, frames, playback, focus, edits, recovery, moves, inside,
    linked: link.take, keeping,
    rewritten: () => parts.curve.redraw(),
    describe: screen.describe,
    begin() {
      if (screen.checkTheme()) playback.settle();
      screen.layout();
    },
  });
  const { wake, rest } = makeRunning({
    root, state, requests, frames, playback, recovery, focus, screen, voice, inside, actions,
  });
  /** @type {View} */
  const player = { trigger() {}, receive, wake, rest };
  wake();
  return player;
}
