// Draws the axis of the step size with its regimes, named in words and patterned, and the marker to drag.

import { isOff } from "../../live/kit/lesson.js";
import { axisLabels, axisX, finestStep, freeTicks, isNarrow, SIDE, zoneNameX } from "./axisscale.js";
import { etaSaid } from "./spoken.js";
import { stroked, textAt } from "./svg.js";
import { coordinateText, etaText, svgText } from "./text.js";

/** @typedef {import("./types.js").Ready} Ready */
/** @typedef {import("./types.js").StepAxis} StepAxis */
/** @typedef {import("./types.js").Zone} Zone */
/** @typedef {{ axis: StepAxis, eta: number | null, width: number, narrow: boolean }} Shown eta: as it is dragged */

const TOP = 38; // px: of the coloured band
const HEIGHT = 26;
const FLOOR = TOP + HEIGHT;
const TITLE = 'font-weight="650" fill="var(--ink)"';
const CENTERED = 'text-anchor="middle"';
const LETTER = 5; // px that a letter of a regime's name needs at least

/** Regimes that are told by more than their colour. */
const PATTERNED = ["zigzag", "divergent"];
const PATTERNS = "<defs>"
  + '<pattern id="zigzag" width="9" height="9" patternUnits="userSpaceOnUse">'
  + stroked("M0 9 4.5 1 9 9", "var(--zigzag)", 1.5) + "</pattern>"
  + '<pattern id="divergent" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
  + stroked("M0 0V8", "var(--divergent)", 2.2) + "</pattern></defs>";

/** @param {number} from px @param {number} to @param {string} fill */
const band = (from, to, fill, look = "") =>
  `<rect x="${from}" y="${TOP}" width="${to - from}" height="${HEIGHT}" fill="${fill}"${look}/>`;

/** @param {Shown} shown */
function plainBand({ axis: { end }, width }) {
  const from = axisX(0, width, end), to = axisX(end, width, end);
  return band(from, to, "var(--field)") + stroked(`M${from},${FLOOR}H${to}`, "var(--ink3)", 4);
}

/** From where to where a regime reaches, px. @param {Zone} zone @param {Shown} shown */
const zoneEnds = ({ from, to }, { axis: { end }, width }) =>
  [axisX(from, width, end), axisX(Math.min(to, end), width, end)];

/** @param {Zone} zone @param {Shown} shown */
function zoneBand(zone, shown) {
  const [from, to] = zoneEnds(zone, shown), { tone } = zone;
  const pattern = PATTERNED.includes(tone) ? band(from, to, `url(#${tone})`, ' opacity=".55"') : "";
  return band(from, to, `var(--${tone}-ground)`) + pattern + stroked(`M${from},${FLOOR}H${to}`, `var(--${tone})`, 4);
}

/** @param {Zone} zone @param {Shown} shown */
function zoneName(zone, shown) {
  const [from, to] = zoneEnds(zone, shown), { axis: { end }, eta, width, narrow } = shown;
  const x = zoneNameX(from, to, eta === null ? null : axisX(eta, width, end), narrow);
  const outline = `stroke="var(--${zone.tone}-ground)" stroke-width="6" paint-order="stroke" stroke-linejoin="round"`;
  const text = narrow ? zone.short : zone.regime, name = svgText(text);
  if (to - from < LETTER * text.length) return ""; // as a sliver it has only its colour
  return textAt(x, TOP + 18, narrow ? 14 : 16, `${CENTERED} ${TITLE} ${outline}`, name);
}

/** What is said of an axis without regimes, inside it, clear of the marker. @param {Shown} shown */
function noteInside({ axis: { end, note }, eta, width, narrow }) {
  const at = axisX(eta || 0, width, end), middle = width / 2, aside = Math.abs(at - middle) < 160 && !narrow;
  const x = aside ? at + (at > middle ? -170 : 170) : middle;
  return textAt(x, TOP + 18, narrow ? 14 : 15, `${CENTERED} fill="var(--ink2)"`, svgText(note || ""));
}

/** What is said of an axis with regimes, above its end, if the marker isn't there. @param {Shown} shown */
function noteAbove({ axis: { end, note }, eta, width, narrow }) {
  if (!note || narrow || (eta !== null && axisX(Math.min(eta, end), width, end) >= width - 300)) return "";
  return textAt(width - SIDE, 20, 14, 'text-anchor="end" fill="var(--ink2)"', svgText(note));
}

/** The named places and the numbers between them. @param {Shown} shown */
function axisNumbers({ axis: { end, marks }, width }) {
  const labels = axisLabels(marks, width, end);
  let text = "";
  for (const label of labels) {
    text += stroked(`M${label.x},${TOP - 6}V${FLOOR + 6}`, "var(--ink)", 1.6)
      + textAt(label.x, FLOOR + 22, 14, `${CENTERED} fill="var(--ink)"`, svgText(label.text));
  }
  for (const tick of freeTicks(labels, width, end)) {
    const x = axisX(tick, width, end);
    text += stroked(`M${x},${FLOOR + 2}v5`, "var(--ink2)", 1)
      + textAt(x, FLOOR + 22, 14, `${CENTERED} fill="var(--ink2)"`, coordinateText(tick));
  }
  return text;
}

/** The name of the axis, unless the marker's number needs its place. @param {Shown} shown */
function axisTitle({ axis: { end }, eta, width, narrow }) {
  const hidden = eta !== null && (narrow || axisX(Math.min(eta, end), width, end) < 190);
  return hidden ? "" : textAt(SIDE, 20, 16, TITLE, svgText("Step size *η*"));
}

/** The number beside the marker, kept within the axis. @param {Shown} shown @param {number} eta @param {number} x */
function markerNumber({ axis: { end }, width }, eta, x) {
  const number = eta > end * 1.0001 ? coordinateText(eta) + " →" : etaText(eta, finestStep(end));
  const anchor = x > width - 60 ? "end" : x < 60 ? "start" : "middle";
  const place = { end: width - 10, start: 10, middle: x }[anchor];
  const look = `text-anchor="${anchor}" font-weight="700" fill="var(--accent)"`;
  return textAt(place, TOP - 17, 17, look, svgText(`*η* = ${number}`));
}

/** @param {Shown} shown @param {number} eta */
function marker(shown, eta) {
  const { axis: { end }, width } = shown, x = axisX(Math.min(eta, end), width, end);
  const line = `M${x},${TOP - 4}V${FLOOR + 3}`, said = etaSaid(shown.axis, eta, finestStep(end));
  const locked = isOff("step_size") ? ' aria-disabled="true"' : "";
  return `<g class="marker" tabindex="0" role="slider" data-role="eta" data-action="step_size"${locked}`
    + ' aria-label="Step size"'
    + ` aria-valuemin="0" aria-valuemax="${end}" aria-valuenow="${eta}" aria-valuetext="${said}">`
    + stroked(line, "var(--bg)", 7) + stroked(line, "var(--accent)", 4)
    + `<path d="M${x},${TOP - 1}l-9,-11h18z" fill="var(--accent)"/>${markerNumber(shown, eta, x)}</g>`;
}

/** The whole axis as SVG text. @param {Shown} shown */
export function axisText(shown) {
  const { axis: { zones, note }, eta } = shown;
  const bands = zones.length ? zones.map((zone) => zoneBand(zone, shown)).join("") : plainBand(shown);
  const words = zones.length ? zones.map((zone) => zoneName(zone, shown)).join("") : note ? noteInside(shown) : "";
  return PATTERNS + bands + words + axisNumbers(shown) + axisTitle(shown)
    + (eta === null ? "" : marker(shown, eta)) + (zones.length ? noteAbove(shown) : "");
}

/** Whether a node holds the focus of its page. @param {Node} node */
function holdsFocus(node) {
  const page = node.getRootNode();
  return (page instanceof ShadowRoot || page instanceof Document) && node.contains(page.activeElement);
}

/** Draws the axis; a marker that has the focus keeps it. @param {SVGSVGElement} svg @param {Ready} state */
export function drawAxis(svg, { header, eta }) {
  const width = svg.clientWidth, held = holdsFocus(svg);
  svg.innerHTML = axisText({ axis: header.axis, eta: eta === null ? header.eta : eta, width, narrow: isNarrow(width) });
  const slider = held && svg.querySelector(".marker");
  if (slider instanceof SVGElement) slider.focus({ preventScroll: true });
}
