// Fills the legend of the map: what its colours and the points' shapes mean.

import { element, svgElement } from "../../live/kit/elements.js";
import { shortNumber } from "../../live/kit/format.js";
import { markPath } from "../../live/kit/shapes.js";
import { firstListed } from "./many-classes.js";
import { hasTestPoints } from "./points.js";
import { hasSlice } from "./slice.js";

/** @typedef {import("./types.js").Shown} Shown */

/** The positions on the colour scale that have a number, from its top down; −1 … 1 are its ends. */
const SCALE_TICKS = [1, 0.5, 0, -0.5, -1];

/**
 * The numbers beside the colour scale.
 * @param {{ center: number, scale: number }} output what −1 … 1 stand for: center ± scale
 */
export const scaleTexts = ({ center, scale }) =>
  SCALE_TICKS.map((t) => (center === 0 && t > 0 ? "+" : "") + shortNumber(center + scale * t));

const AGAIN = "Beyond ten, colours come again: with another shape, and with the class’s name on its area.";

/** The colour of a class's area, paler the smaller the share. @param {number} k @param {number} share */
const classShade = (k, share) => `color-mix(in srgb, var(--area-${k}) ${Math.round(100 * share)}%, var(--zero))`;

/** @param {string} direction @param {string[]} stops */
const gradient = (direction, stops) => `linear-gradient(${direction},${stops.join(",")})`;

/**
 * What the map's colours mean: those of one class's probability, those of a neuron or an output, or null where every
 * class has its own.
 * @param {Pick<Shown, "header" | "net" | "mapped">} state
 * @returns {{ output: { center: number, scale: number }, stops: string[], signed: boolean } | null} signed: its lower
 *   half is hatched, as the negative side of the map is
 */
export function colorScale({ header, net, mapped }) {
  const hidden = mapped && mapped.l < net.last, stops = [4, 3, 2, 1, 0].map((k) => `var(--div-${k})`);
  if (hidden) return { output: { center: 0, scale: 1 }, stops, signed: true };
  if (!net.softmax) return { output: header.output, stops, signed: true };
  if (!mapped) return null;
  const shades = [1, 0.77, 0.53, 0.3, 0.06].map((share) => classShade(mapped.j, share));
  return { output: { center: 0.5, scale: 0.5 }, stops: shades, signed: false };
}

/**
 * @param {NonNullable<ReturnType<typeof colorScale>>} scale
 * @param {boolean} narrow
 */
function scaleNode({ output, stops, signed }, narrow) {
  const bar = element("div", { class: signed ? "bar signed" : "bar" });
  bar.style.background = gradient(narrow ? "to left" : "to bottom", stops);
  const ticks = scaleTexts(output).map((text) => element("span", {}, text));
  return element("div", { class: "scale" }, bar, element("div", { class: "ticks" }, ...ticks));
}

/**
 * The shape of a class.
 * @param {string} shape
 * @param {number} k
 * @param {boolean} open as the points for testing are
 */
function markIcon(shape, k, open) {
  const d = markPath(shape, 7, 7, open ? 4.6 : 5), style = `--mark:var(--mark-${k})`;
  const path = svgElement("path", { d, class: open ? "open" : "filled", style });
  return svgElement("svg", { "width": 14, "height": 14, "viewBox": "0 0 14 14", "aria-hidden": "true" }, path);
}

/** The colours of a class's area, from unsure to sure. @param {number} k */
function rampNode(k) {
  const ramp = element("i", { class: "ramp" });
  ramp.style.background = gradient("to right", [0.12, 0.96].map((share) => classShade(k, share)));
  return ramp;
}

/**
 * The classes with their names and shapes, and with the colours of their areas where the map shows these.
 * @param {Shown} state
 * @param {boolean} byClass whether the map shows the likeliest class
 * @param {string} caption
 */
function classList(state, byClass, caption) {
  const { classes, labels } = state.header.dataset, tested = hasTestPoints(state);
  const first = firstListed(classes), isFolded = first < classes;
  /** @param {number} k */
  function rowOf(k) {
    const row = element("div", { class: "class" }), marks = [markIcon(state.shapes[k], k, false)];
    if (tested) marks.push(markIcon(state.shapes[k], k, true));
    const name = element("span", { class: "class-name", title: labels[k] }, labels[k]);
    if (byClass && !isFolded) row.append(name, rampNode(k), ...marks);
    else row.append(...marks, name);
    return row;
  }
  const rows = Array.from({ length: classes }, (_, k) => rowOf(k));
  const more = isFolded ? [moreNode(rows.slice(first))] : [];
  const look = ["classes", ...(byClass ? ["ramps"] : []), ...(isFolded ? ["folded"] : [])].join(" ");
  return element("div", { class: look }, captionNode(caption), ...rows.slice(0, first), ...more);
}

/** The classes that are folded away. @param {HTMLElement[]} rows */
function moreNode(rows) {
  const said = captionNode(AGAIN), look = { "class": "more-list", "role": "region", "tabindex": 0 };
  const list = element("div", { ...look, "aria-label": "More classes" }, said, ...rows);
  return element("details", { class: "more-classes" }, element("summary", {}, `and ${rows.length} more`), list);
}

/** The two kinds of points of a regression. */
function pointKinds() {
  const rows = ["train", "test"].map((name) =>
    element("div", { class: "class" }, element("i", { class: name === "test" ? "dot open" : "dot" }), name));
  return element("div", { class: "classes" }, ...rows);
}

/** The ring around the points of the mini-batch. @param {boolean} narrow */
function batchNode(narrow) {
  const circle = svgElement("circle", { cx: 8, cy: 8, r: 6.5, class: "ring" });
  const ring = svgElement("svg", { "width": 16, "height": 16, "viewBox": "0 0 16 16", "aria-hidden": "true" }, circle);
  const title = "In the mini-batch of this step";
  return element("div", { class: "class", title }, ring, narrow ? "mini-batch" : "batch");
}

/** What the ends of the colours are, for the values of a table. */
function rangeNote() {
  const title = "The colours go from the lowest to the highest value of the table, and stay; the line is the middle";
  return element("span", { class: "caption range-note", title }, "range of the target");
}

/** What pale points are. @param {boolean} narrow */
function farNote(narrow) {
  const title = "On average, more than one standard deviation from the plane of the map in the inputs that it holds";
  return element("span", { class: narrow ? "caption" : "caption far-note", title }, "pale: far from this slice");
}

/** @param {string} text */
const captionNode = (text) => element("span", { class: "caption" }, text);

/**
 * @param {Element} box
 * @param {Shown} state
 * @param {boolean} narrow whether the legend lies below the map instead of at its right
 */
export function fillLegend(box, state, narrow) {
  const { header, net, mapped } = state, regression = header.dataset.kind === "regression";
  const scale = colorScale(state), byClass = net.softmax && !mapped, tested = hasTestPoints(state);
  /** @type {HTMLElement[]} */
  const rows = scale ? [scaleNode(scale, narrow)] : [];
  if (header.dataset.target && !mapped) rows.push(rangeNote());
  if (regression) rows.push(pointKinds());
  else rows.push(classList(state, byClass, narrow ? "" : tested ? "train test" : "train"));
  if (byClass && !regression) rows.push(captionNode("unsure →\u00a0sure"));
  if (header.unit === "mini-batch") rows.push(batchNode(narrow));
  if (hasSlice(header)) rows.push(farNote(narrow));
  if (narrow && tested && !regression) rows.push(captionNode("filled: train, open: test"));
  const isOpen = box.querySelector("details")?.open;
  box.replaceChildren(...rows);
  if (isOpen) box.querySelector("details")?.setAttribute("open", "");
}
