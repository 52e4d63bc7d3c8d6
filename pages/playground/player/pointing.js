// Lets pointer, taps and keys reach every neuron, link, bias and point; nothing can be done by the mouse alone.

import { find, focused } from "../../live/kit/elements.js";
import { isParameter, sameFocus } from "./focus.js";
import { biasUnder, linkUnder } from "./place.js";
import { listenToProbe } from "./probe-moves.js";
import { pointBeside } from "./points.js";
import { isShown } from "./state.js";
import { arrowStep, parameterBeside, parameterInto, walkAction } from "./walk.js";

/** @typedef {import("./types.js").Focus} Focus */
/** @typedef {import("./types.js").NeuronFocus} NeuronFocus */
/** @typedef {import("./types.js").State} State */

/**
 * What the focus is found with.
 * @typedef {object} Pointing
 * @property {HTMLElement} root
 * @property {State} state
 * @property {import("./focus.js").FocusKeeper} focus
 * @property {ReturnType<typeof import("./diagram.js").makeDiagram>} diagram
 * @property {ReturnType<typeof import("./map.js").makeMap>} map
 * @property {import("./controls.js").Controls} controls
 * @property {import("./inspector.js").Inspector} inspector
 * @property {import("./probe-moves.js").ProbeMoves} moves
 */

// How many px beside a thing still reach it, by pointer and by finger.
const REACH = {
  bias: { pointer: 1, touch: 5 },
  link: { pointer: 6, touch: 14 },
  point: { pointer: 9, touch: 18 },
};

/** @type {Record<string, "left" | "right" | "up" | "down">} */
const POINT_KEYS = { "[": "left", "]": "right", "ArrowUp": "up", "ArrowDown": "down" };

/** @param {{ pointerType: string }} event */
const isTouch = ({ pointerType }) => pointerType === "touch";

/** @param {keyof REACH} thing @param {{ pointerType: string }} event */
const reachFor = (thing, event) => REACH[thing][isTouch(event) ? "touch" : "pointer"];

/**
 * The part of the diagram that an event points at: a bias before the neuron on whose corner it lies, then a link.
 * @param {Pointing} pointing
 * @param {HTMLElement[]} grounds what lies behind the controls: the sheet, on which places are counted, and its layers
 * @param {PointerEvent} event
 * @returns {Focus | null}
 */
function partUnder({ state: { net }, diagram: { place }, controls }, grounds, event) {
  if (!net || !place) return null;
  const box = grounds[0].getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
  const bias = net.hasBias && biasUnder(place, x, y, reachFor("bias", event));
  if (bias) return bias;
  const neuron = controls.neuronAt(event.target);
  if (neuron) return neuron;
  return grounds.some((ground) => ground === event.target) ? linkUnder(place, x, y, reachFor("link", event)) : null;
}

/**
 * Holds what was pressed; pressing a neuron or point again lets it go.
 * @param {Pointing} pointing
 * @param {Focus} target
 * @param {boolean} typing whether a weight or bias is to be typed at once
 */
function holdTarget({ state, focus, inspector }, target, typing) {
  if (!isParameter(target)) return focus.hold(sameFocus(target, state.held) ? null : target);
  focus.hold(target);
  if (typing) inspector.type();
}

/** @param {Pointing} pointing */
function listenToDiagram(pointing) {
  const { root, state, focus, controls } = pointing, sheet = find(root, ".sheet");
  const grounds = [sheet, find(root, ".over"), find(root, ".network")];
  sheet.onpointermove = (event) => {
    if (!state.frame || isTouch(event)) return;
    state.byKey = false;
    focus.hover(partUnder(pointing, grounds, event));
  };
  sheet.onpointerleave = (event) => { if (!isTouch(event)) focus.hover(null); };
  sheet.onclick = (event) => {
    const byKey = event.detail === 0; // Space has pressed a neuron, or another control
    const target = byKey ? controls.neuronAt(event.target) : partUnder(pointing, grounds, event);
    if (!state.frame || (byKey && !target)) return;
    state.walk = null;
    if (target) holdTarget(pointing, target, !byKey && !isTouch(event));
    else focus.hold(null);
  };
}

/** The keyboard comes to a neuron and leaves it. @param {Pointing} pointing */
function listenToKeyboardFocus({ root, state, focus, controls }) {
  const over = find(root, ".over"), inspector = find(root, ".inspector");
  over.addEventListener("focusin", ({ target }) => {
    const neuron = controls.neuronAt(target);
    if (!neuron || !(target instanceof Element && target.matches(":focus-visible"))) return;
    if (state.walk && !(state.walk.l === neuron.l && state.walk.j === neuron.j)) state.walk = null;
    state.byKey = true;
    focus.hover(state.walk || neuron);
  });
  over.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!controls.neuronAt(target)) return;
    if (!(relatedTarget instanceof Node && inspector.contains(relatedTarget))) state.walk = null;
    focus.hover(null);
  });
}

/**
 * Carries out what a key does while a neuron has the keyboard.
 * @param {Pointing} pointing
 * @param {NeuronFocus} neuron
 * @param {import("./walk.js").WalkAction} action
 * @param {1 | -1 | null} step of an arrow key
 */
function walkOn(pointing, neuron, action, step) {
  const { state, focus, controls } = pointing, { net, walk } = state;
  if (action === "begin" && net) focus.hover((state.walk = parameterInto(net, neuron, 0)));
  if (action === "edit" && walk) holdTarget(pointing, walk, true);
  if (action === "link" && net && walk && step) focus.hover((state.walk = parameterBeside(net, walk, step)));
  if (action === "neuron" && step) controls.buttonOf(neuron.l, neuron.j + step)?.focus();
  if (action === "end") {
    state.walk = null;
    focus.hold(null);
    focus.hover(neuron);
  }
}

/** @param {Pointing} pointing */
function listenToNeuronKeys(pointing) {
  const { root, state, controls, inspector } = pointing;
  find(root, ".over").addEventListener("keydown", (event) => {
    const neuron = state.frame && controls.neuronAt(event.target);
    const action = neuron && walkAction(event, state.walk !== null);
    if (!action) return;
    walkOn(pointing, neuron, action, arrowStep(event.key));
    event.preventDefault();
    event.stopPropagation();
    inspector.say();
  });
}

/** @param {Pointing} pointing */
function listenToPoints(pointing) {
  const { root, state, focus, map, inspector, moves } = pointing, plot = find(root, ".plot");
  const handle = find(root, ".probe-handle"), wasDragged = listenToProbe(pointing);
  /** @param {MouseEvent} event */
  function pixelUnder({ clientX, clientY }) {
    const box = plot.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  }
  /** @param {PointerEvent} event */
  function pointAt(event) {
    const { x, y } = pixelUnder(event);
    return isShown(state) ? map.pointAt(state, x, y, reachFor("point", event)) : null;
  }
  for (const node of [plot, handle]) {
    node.onpointermove = (event) => {
      if (state.frame && !isTouch(event)) focus.hover(state.carried ? null : pointAt(event));
    };
    node.onpointerleave = (event) => { if (!isTouch(event)) focus.hover(null); };
    node.onclick = (event) => {
      if (wasDragged() || event.detail === 0) return; // the key that presses a button is nothing to the handle
      const point = pointAt(/** @type {PointerEvent} */ (event));
      if (point) {
        holdTarget(pointing, point, false);
        return;
      }
      if (state.held?.kind === "point") focus.hold(null);
      const { x, y } = pixelUnder(event);
      if (isShown(state) && node === plot) moves.carry(map.placeAt(x, y), true);
    };
  }
  plot.onblur = () => focus.hover(null);
  plot.onkeydown = (event) => {
    if (event.key === "Enter" && state.focus?.kind === "point") moves.use(state.focus.n);
    const way = POINT_KEYS[event.key];
    if (!way || !isShown(state)) return;
    event.preventDefault();
    event.stopPropagation();
    focus.hover(pointBeside(state, state.focus?.kind === "point" ? state.focus.n : null, way));
    inspector.say();
  };
}

/**
 * Lets go of what is held, or what the keyboard has reached, and says whether there was anything.
 * @param {HTMLElement} root
 * @param {State} state
 * @param {import("./focus.js").FocusKeeper} focus
 */
export function letGo(root, state, focus) {
  if (!state.held && !(state.focus && root.contains(focused(root)))) return false;
  focus.hold(null);
  focus.hover(null);
  return true;
}

/**
 * Lets everything that has numbers come into focus.
 * @param {Pointing} pointing
 */
export function listenForFocus(pointing) {
  listenToDiagram(pointing);
  listenToKeyboardFocus(pointing);
  listenToNeuronKeys(pointing);
  listenToPoints(pointing);
}
