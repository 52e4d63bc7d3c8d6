// Writes what stands beside the drawings: legends, why line, theory, race, and the numbers of the shown step.

import { find } from "../../live/kit/elements.js";
import { markPath } from "../../live/kit/shapes.js";
import { arrowKeys, curveKeys, keysHtml } from "./legend.js";
import { escaped, richText } from "./text.js";
import { curveTitle, mapTitle, NORM, NOT_TAKEN, numbersAt, RACE_STEP, raceTitle } from "./wording.js";

/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Racer} Racer */
/** @typedef {import("./types.js").Ready} Ready */
/** @typedef {(selector: string, html: string) => void} Write */

/**
 * Writes into parts of the page, and only what has changed.
 * @param {HTMLElement} root
 * @returns {Write}
 */
export function makeWriter(root) {
  /** @type {Map<string, string>} */
  const written = new Map();
  return (selector, html) => {
    if (written.get(selector) === html) return;
    written.set(selector, html);
    find(root, selector).innerHTML = html;
  };
}

/** The place of a text that changes. @param {string} name */
const shown = (name) => `[data-show="${name}"]`;

/**
 * Why the run or the race went as it did, or why an input was not taken.
 * @param {Header} header
 * @param {boolean} racing
 */
function whyHtml({ notice, why, race_why: raceWhy }, racing) {
  if (notice) return `<p><b>${NOT_TAKEN}</b> ${escaped(notice.replaceAll(" -", " −"))}</p>`;
  const { title, text } = (racing && raceWhy) || why;
  return `<p><b>${richText(title)}</b> ${richText(text)}</p>`;
}

/** The ground of that line. @param {Header} header @param {boolean} racing */
const whyGround = ({ notice, tone }, racing) =>
  notice ? "var(--bad-soft)" : tone && !racing ? `var(--${tone}-ground)` : "var(--panel)";

/** @param {Header["theory"]["rows"][number]} row */
function theoryRow(row) {
  if ("lines" in row) {
    return `<tr><td colspan="2" class="equations">${row.lines.map(richText).join("<br>")}</td></tr>`;
  }
  const tone = row.tone ? ` style="color:var(--${row.tone}-text)"` : "";
  return `<tr><td role="rowheader">${richText(row.label)}</td><td${tone}>${richText(row.value)}</td></tr>`;
}

/** The ground of a rule's row is its bar. @param {Racer} racer @param {number} i which */
function barOf({ bar, open }, i) {
  if (bar === null) return "";
  return ` class="${open ? "bar open" : "bar"}" style="--mark:var(--mark-${i});--bar:${(100 * bar).toFixed(1)}%"`;
}

/** A setting with no break between a name and its value. @param {string} text "β₁ = 0.9, ε = 10⁻⁸" */
export const unbroken = (text) => text.replaceAll(" = ", "\u00a0=\u00a0");

/** @param {Racer} racer @param {number} i which @param {string} shape */
function raceRow(racer, i, shape) {
  const { label, setting, place, steps, result, end } = racer;
  const path = `<path d="${markPath(shape, 8, 8, 5.5)}" fill="var(--mark-${i})"/>`;
  const mark = `<svg width="16" height="16" aria-hidden="true">${path}</svg>`;
  return `<tr data-racer="${i}" data-steps="${steps}" data-place="${place}"${barOf(racer, i)}>`
    + `<td role="rowheader">${mark}${escaped(label)} <small>${escaped(unbroken(setting))}</small></td>`
    + `<td>${escaped(result)} <small>${escaped(end)}</small></td></tr>`;
}

/** @param {Racer[]} racers @param {string[]} shapes */
export const raceTable = (racers, shapes) => racers.map((racer, i) => raceRow(racer, i, shapes[i])).join("");

/**
 * What changes with the run.
 * @param {Write} write
 * @param {HTMLElement} why the line that says why
 * @param {Ready} state
 * @param {string[]} shapes
 */
export function writeRun(write, why, { header, racing, last }, shapes) {
  why.style.setProperty("--tone-soft", whyGround(header, racing));
  write(".why", whyHtml(header, racing));
  write(shown("map-title"), mapTitle(header, racing));
  write(shown("keys"), keysHtml(racing ? [] : arrowKeys(header)));
  write(shown("curve-title"), richText(curveTitle(header, racing, last)));
  write(shown("curve-keys"), keysHtml(racing ? [] : curveKeys(header)));
  const { title, near } = header.theory;
  write(shown("theory-title"), escaped(title) + (near && ` <small>${escaped(near)}</small>`));
  write(".theory table", header.theory.rows.map(theoryRow).join(""));
  if (!header.race) return;
  write(shown("race-title"), richText(raceTitle(header)));
  write(shown("race-caption"), escaped(header.race_caption));
  write(".race table", raceTable(header.race, shapes));
}

/** What changes with the step. @param {Write} write @param {Ready} state */
export function writeStep(write, state) {
  const { header, k, last, racing } = state, zeros = "0".repeat(String(last).length - String(k).length);
  write(shown("step"), `<span class="zeros" aria-hidden="true">${zeros}</span>${k}`);
  write(shown("of"), `of ${last}`);
  const [x, f, norm] = racing ? [] : numbersAt(state, header.dimension);
  write(shown("x"), x ? `<i>x</i> = ${richText(x[1])}` : `<em>${RACE_STEP}</em> ${k}`);
  write(shown("f"), f ? `<i>f</i> = ${richText(f[1])}` : "");
  write(shown("g"), norm ? `<em>${richText(NORM)}</em> = ${richText(norm[1])}` : "");
}
