// Joins the parts of the stage: what arrives, what is drawn, the one step index, what is pressed.

import { keepInSight } from "../../live/kit/dock.js";
import { listenForDrag } from "../../live/kit/drag.js";
import { find } from "../../live/kit/elements.js";
import { listenForKeys } from "../../live/kit/keys.js";
import { isOff } from "../../live/kit/lesson.js";
import { readPayload } from "../../live/kit/protocol.js";
import { makeRequests } from "../../live/kit/requests.js";
import { makeSpeaker } from "../../live/kit/speaker.js";
import { keepWatch } from "../../live/kit/watch.js";
import { makeActions, markRace } from "./actions.js";
import { checkHeight, checkTheme, drawRun, layOut } from "./drawing.js";
import { stepUnder } from "./logscale.js";
import { makeWriter } from "./panels.js";
import { partsOf } from "./parts.js";
import { goTo, pause, playOn } from "./playing.js";
import { listenForPointing } from "./pointing.js";
import { makeState, showStep, takeIn } from "./state.js";

/** @typedef {import("../../live/mount.js").View} View */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Stage} Stage */

/** Takes a payload in and draws it. @param {Stage} stage @param {Uint8Array} bytes */
function take(stage, bytes) {
  const { state, requests } = stage, raced = state.racing;
  /** @type {import("../../live/kit/protocol.js").Payload<Header>} */
  const { header, blocks } = readPayload(bytes);
  requests.answered(header);
  const another = takeIn(state, header, blocks, requests);
  if (raced !== state.racing) markRace(stage);
  if (another) pause(stage);
  showStep(state, another ? header.shown : state.k);
  checkTheme(stage);
  if (!state.box) layOut(stage);
  drawRun(stage);
  requests.next();
}

/**
 * Listens to buttons, scrubber, curves, plane and axis.
 * @param {Stage} stage
 * @param {Record<string, () => void>} actions
 */
function listen(stage, actions) {
  const { root, parts: { scrubber, curves }, state } = stage;
  for (const button of root.querySelectorAll("button[data-action]")) {
    if (!(button instanceof HTMLElement)) continue;
    button.onclick = () => { if (state.header) actions[button.dataset.action || ""]?.(); }; // the start has none
  }
  scrubber.oninput = () => {
    pause(stage);
    goTo(stage, Number(scrubber.value));
  };
  listenForDrag(curves, (x) => {
    if (!state.header || isOff("scrub")) return;
    pause(stage);
    goTo(stage, stepUnder(x, curves.clientWidth, state.last));
  });
  listenForPointing(stage);
}

/**
 * Puts the stage into an element.
 * @param {HTMLElement} host
 * @param {{ html: string, shapes: string[] }} given
 * @returns {View}
 */
export function start(host, { html, shapes }) {
  host.innerHTML = html;
  const root = find(host, ".descent");
  /** @type {Uint8Array | null} */
  let taken = null;
  let frame = 0, before = 0;
  /** @type {(() => void)[]} */
  let ends = [];
  /** @type {Stage} */
  const stage = {
    root, shapes, parts: partsOf(root), state: makeState(), write: makeWriter(root),
    speaker: makeSpeaker(find(root, '[data-role="spoken"]')),
    requests: makeRequests((name, request) => view.trigger(name, request), () => ({})),
  };
  const actions = makeActions(stage);

  /** @param {number} now */
  function tick(now) {
    frame = requestAnimationFrame(tick);
    playOn(stage, now - before);
    before = now;
  }
  function look() {
    stage.requests.repeat();
    if (!stage.state.header) return;
    checkTheme(stage);
    checkHeight(stage);
  }
  /** @type {View} */
  const view = {
    trigger: () => {},
    receive(bytes) {
      if (bytes === taken) return;
      taken = bytes;
      take(stage, bytes);
    },
    wake() {
      frame = requestAnimationFrame(tick);
      ends = [
        listenForKeys(root, stage.state, actions),
        keepWatch(stage.parts.room, () => layOut(stage), look),
        keepInSight(find(root, ".transport")),
      ];
    },
    rest() {
      cancelAnimationFrame(frame);
      for (const end of ends) end();
    },
  };
  listen(stage, actions);
  view.wake();
  return view;
}
