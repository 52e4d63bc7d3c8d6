// Draws the phases as rows of segments, one a step, and tells which is shown.

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
/** @typedef {{ node: HTMLElement, count: HTMLElement, segments: HTMLElement[] }} PhaseParts */

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
 * How far a phase has come, in words.
 * @param {number} here the shown step counted from the phase's first, below 0 before it
 * @param {number} size steps of the phase
 */
export function progressText(here, size) {
  if (here >= size) return "✓";
  return size === 1 ? "" : `${Math.max(0, here + 1)} of ${size}`;
}

/**
 * @param {Phase} phase
 * @param {(at: number) => void} goTo
 * @returns {PhaseParts}
 */
function phaseParts({ name, first, steps }, goTo) {
  const segments = steps.map(({ key, title }, k) => {
    const label = `${name} ${k + 1}: ${title}`;
    const attributes = { "data-action": "step", "data-key": key, "title": label, "aria-label": label };
    const button = element("button", { type: "button", ...attributes }, element("i"));
    button.onclick = () => goTo(first + k);
    return button;
  });
  const count = element("span", { class: "count" });
  const heading = element("div", { class: "name" }, element("span", {}, name), count);
  const bar = element("div", { class: steps.length > MANY ? "bar many" : "bar" }, ...segments);
  const grow = Math.max(1.6, Math.min(MANY, steps.length));
  return { node: element("div", { class: "phase", style: `flex-grow:${grow}` }, heading, bar), count, segments };
}

/**
 * Marks how far a phase has come.
 * @param {PhaseParts} parts
 * @param {number} here the shown step counted from the phase's first
 */
function markPhase({ node, count, segments }, here) {
  node.classList.toggle("on", here >= 0 && here < segments.length);
  count.textContent = progressText(here, segments.length);
  segments.forEach((segment, k) => {
    segment.className = k < here ? "done" : k === here ? "now" : "";
    if (k === here) segment.setAttribute("aria-current", "step");
    else segment.removeAttribute("aria-current");
  });
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
