// What the stage tells those who hear the page: where it has come to rest, and what the plane and the curves show.

import { HIGH } from "../../live/kit/symbols.js";
import { coordinateText, etaText, textPieces, valueText } from "./text.js";
import { numbersAt, RACE_STEP } from "./wording.js";

/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Ready} Ready */
/** @typedef {import("./types.js").Stage} Stage */
/** @typedef {import("./types.js").StepAxis} StepAxis */

/** @type {Record<string, string>} */
const RAISED_SIGNS = { "−": "⁻", "(": "⁽", ")": "⁾" };

/** A letter above the line. @param {string} letter */
const raisedLetter = (letter) => RAISED_SIGNS[letter] ?? HIGH[Number(letter)] ?? letter;

/** A text without its marks, what stands above the line in raised letters. @param {string} text */
export const saidText = (text) => textPieces(text).map(({ style, text: piece }) =>
  (style === "sup" ? [...piece].map(raisedLetter).join("") : piece)).join("");

/** x, f and the norm of the gradient at the shown step, as they stand below the plane. @param {Ready} state */
export function placeText(state) {
  if (state.racing) return `${RACE_STEP} ${state.k}`;
  const [x, f, norm] = numbersAt(state, state.header.dimension).map(([, value]) => saidText(value));
  return `x = ${x}, f = ${f}, norm of the gradient = ${norm}`;
}

/**
 * Where the stage has come to rest: "Paused at step 12 of 38: x = (0.1, 0), f = 0.01000, …".
 * @param {Ready} state
 * @param {boolean} moved whether it has just been playing
 */
export function stepText(state, moved) {
  const { k, last } = state, said = k === last && last > 0 ? "Ended at step" : moved ? "Paused at step" : "Step";
  return `${said} ${k} of ${last}: ${placeText(state)}.`;
}

/** What the plane shows, in one sentence. @param {Ready} state */
export function planeLabel(state) {
  const { header: { surface, dimension }, k, last, racing } = state;
  const ground = dimension === 1 ? "The graph" : "The surface from above";
  const path = racing ? "with the paths of the race" : `with the path of the run to step ${k} of ${last}`;
  return `${ground}, ${saidText(surface.label)}, ${path}: ${placeText(state)}.`;
}

/** What the curves show, in one sentence. @param {Ready} state */
export function curvesLabel({ header, heights, norms, count, racing }) {
  const { height, crossings, race_shown: most } = header, end = count - 1;
  if (racing) return `The norm of the gradient of every rule, steps 0 to ${most}, on a logarithmic scale.`;
  /** @param {string} name @param {import("./types.js").Floats} series */
  const course = (name, series) =>
    `${name} from ${saidText(valueText(series[0]))} to ${saidText(valueText(series[end]))}`;
  const tests = [["change of f", crossings.f], ["norm", crossings.grad]].filter(([, step]) => step !== null);
  const held = tests.map(([name, step]) => `; the test of the ${name} holds at step ${step}`).join("");
  const courses = `${course(saidText(height), heights)}, ${course("norm of the gradient", norms)}`;
  return `Steps 0 to ${end} on a logarithmic scale: ${courses}${held}.`;
}

/**
 * The step size and its regime, as the axis shows them; at the border of two regimes there is none.
 * @param {Pick<StepAxis, "zones">} axis
 * @param {number} eta
 * @param {number} step of the axis
 */
export function etaSaid({ zones }, eta, step) {
  const zone = zones.find(({ from, to }) => eta > from && eta < to);
  return etaText(eta, step) + (zone ? `, ${saidText(zone.regime)}` : "");
}

/** The start as a point: (3, 3). @param {Pick<Header, "start">} header */
export function startSaid({ start }) {
  const place = start.map(coordinateText).join(", ");
  return start.length > 1 ? `(${place})` : place;
}

/** Tells where the stage has come to rest; nothing while it plays. @param {Stage} stage @param {Ready} state */
export function tell({ speaker, parts: { plane, curves } }, state) {
  if (state.playing) {
    speaker.move();
    return;
  }
  speaker.rest(`${state.k} ${placeText(state)}`, (moved) => stepText(state, moved));
  plane.setAttribute("aria-label", planeLabel(state));
  curves.setAttribute("aria-label", curvesLabel(state));
}
