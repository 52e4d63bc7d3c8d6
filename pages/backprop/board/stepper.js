// Draws the phases as rows of segments, one a layer, each with a button a step; and tells which step is shown.

import { element, find } from "../../live/kit/elements.js";

/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Step} Step */
/**
 * A phase that has steps.
 * @typedef {object} Phase
 * @property {string} name
 * @property {number} first the index of its first step
 * @property {Step[]} steps
 */
/**
 * The steps of a phase that belong to one layer.
 * @typedef {object} Segment
 * @property {number | null} layer
 * @property {number} from the place of its first step in the phase
 * @property {Step[]} steps
 */
/** @typedef {{ node: HTMLElement, count: HTMLElement, buttons: HTMLElement[] }} PhaseParts */

const MANY = 14; // steps of a phase; the segments of more stand closer together

/**
 * The phases that a calculation has, in order.
 * @param {Pick<Header, "phases" | "steps">} header
 * @returns {Phase[]}
 */
export function phasesOf({ phases, steps }) {
  return phases.map(([phase, name]) => ({
    name,
    first: steps.findIndex((step) => step.phase === phase),
    steps: steps.filter((step) => step.phase === phase),
  })).filter((phase) => phase.steps.length);
}

/**
 * The layers that a phase goes through, in order.
 * @param {Step[]} steps
 * @returns {Segment[]}
 */
export function segmentsOf(steps) {
  /** @type {Segment[]} */
  const found = [];
  steps.forEach((step, k) => {
    const last = found.at(-1);
    if (last && last.layer === step.layer) last.steps.push(step);
    else found.push({ layer: step.layer, from: k, steps: [step] });
  });
  return found;
}

/**
 * What a segment is called: "Backward, layer 2", or as its phase.
 * @param {string} phase
 * @param {number | null} layer
 */
export const segmentName = (phase, layer) => (layer === null ? phase : `${phase}, layer ${layer + 1}`);

/**
 * How far a phase has come, in words.
 * @param {number} here the shown step counted from the phase's first, below 0 before it
 * @param {number} size steps of the phase
 */
export function progressText(here, size) {
  if (here >= size) return "✓";
  return size === 1 ? "" : `${Math.max(0, here + 1)} of ${size}`;
}

/**
 * A segment's buttons, and below them its name, which leads to the first of them.
 * @param {Phase} phase
 * @param {Segment} segment
 * @param {HTMLElement[]} buttons
 * @param {(at: number) => void} goTo
 */
function segmentNode({ name, first }, { layer, from, steps }, buttons, goTo) {
  const label = segmentName(name, layer), bar = element("div", { class: "bar" }, ...buttons);
  const attributes = { "class": "segment", "role": "group", "aria-label": label, "style": `flex-grow:${steps.length}` };
  if (layer === null) return element("div", attributes, bar);
  const title = `To ${label.toLowerCase()}`, action = { "data-action": "segment", "data-key": steps[0].key };
  const named = element("button", { type: "button", class: "segment-name", ...action, title, "aria-label": title },
    element("span", {}, "layer "), String(layer + 1));
  named.onclick = () => goTo(first + from);
  return element("div", attributes, bar, named);
}

/**
 * @param {Phase} phase
 * @param {(at: number) => void} goTo
 * @returns {PhaseParts}
 */
function phaseParts(phase, goTo) {
  const { name, first, steps } = phase;
  const buttons = steps.map(({ key, title }, k) => {
    const label = `${name} ${k + 1}: ${title}`;
    const attributes = { "data-action": "step", "data-key": key, "title": label, "aria-label": label };
    const button = element("button", { type: "button", ...attributes }, element("i"));
    button.onclick = () => goTo(first + k);
    return button;
  });
  const count = element("span", { class: "count" });
  const heading = element("div", { class: "name" }, element("span", {}, name), count);
  const parts = segmentsOf(steps).map((segment) => {
    const own = buttons.slice(segment.from, segment.from + segment.steps.length);
    return segmentNode(phase, segment, own, goTo);
  });
  const bar = element("div", { class: steps.length > MANY ? "segments many" : "segments" }, ...parts);
  const grow = Math.max(1.6, Math.min(MANY, steps.length));
  return { node: element("div", { class: "phase", style: `flex-grow:${grow}` }, heading, bar), count, buttons };
}

/**
 * Marks how far a phase has come.
 * @param {PhaseParts} parts
 * @param {number} here the shown step counted from the phase's first
 */
function markPhase({ node, count, buttons }, here) {
  node.classList.toggle("on", here >= 0 && here < buttons.length);
  count.textContent = progressText(here, buttons.length);
  buttons.forEach((button, k) => {
    button.className = k < here ? "done" : k === here ? "now" : "";
    if (k === here) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  });
  for (const segment of node.querySelectorAll(".segment")) {
    segment.classList.toggle("on", segment.querySelector(".now") !== null);
  }
}

/**
 * The loss before and after the update, each as a name, an explanation and a number; none where there is no loss.
 * @param {Pick<Header, "steps" | "loss_before" | "loss_texts">} header
 * @param {number} at the index of the shown step; what comes later is not told
 * @returns {{ name: string, title: string, text: string }[]}
 */
export function lossesAt({ steps, loss_before, loss_texts: [before, after] }, at) {
  const loss = steps.findIndex((step) => step.phase === "loss");
  if (loss < 0 && loss_before === null) return [];
  const updates = steps.some((step) => step.phase === "update");
  const told = { name: updates ? "L before" : "L", title: "Loss before the update", text: at >= loss ? before : "?" };
  if (!updates) return [told];
  return [told, { name: "after", title: "Loss after the update", text: at === steps.length - 1 ? after : "?" }];
}

/**
 * @param {HTMLElement} root
 * @param {(at: number) => void} goTo a step
 */
export function makeStepper(root, goTo) {
  const box = find(root, '[data-show="phases"]'), losses = find(root, '[data-show="losses"]');
  /** @type {{ of: string, phases: Phase[], parts: PhaseParts[] }} */
  let drawn = { of: "", phases: [], parts: [] };

  /** @param {Header} header */
  function build(header) {
    const phases = phasesOf(header), parts = phases.map((phase) => phaseParts(phase, goTo));
    drawn = { of: header.stamp, phases, parts };
    box.replaceChildren(...parts.map((part) => part.node));
  }

  /**
   * Draws the phases with a step as the shown one.
   * @param {Header} header
   * @param {number} at
   */
  return (header, at) => {
    if (drawn.of !== header.stamp) build(header);
    drawn.parts.forEach((part, k) => markPhase(part, at - drawn.phases[k].first));
    const told = lossesAt(header, at);
    losses.hidden = !told.length;
    losses.replaceChildren(...told.map(({ name, title, text }) =>
      element("span", { title }, element("small", {}, name), element("b", {}, text))));
  };
}
