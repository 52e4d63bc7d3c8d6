// Draws a run's path with its steps, the shown step with the arrow to the next, and the paths of a race.

import { markPath } from "../../live/kit/shapes.js";
import { distance, lineOf, namedSteps, shownPart, within } from "./pixels.js";
import { arrow, halo, stroked, textAt } from "./svg.js";
import { svgText } from "./text.js";

/** @typedef {import("./types.js").Box} Box */
/** @typedef {import("./types.js").Floats} Floats */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./types.js").State} State */

const MOST_DOTS = 250;
const ROUND = 'stroke-linejoin="round"';

/**
 * The steps of a run as dots; those that come after the shown one are empty.
 * @param {Place[]} places
 * @param {Box} box
 * @param {number} k
 * @param {string} color
 */
export function dots(places, box, k, color) {
  const many = places.length > 120, apart = many ? 10 : 5, radius = many ? 3.4 : 4.6;
  /** @type {Place | null} */
  let last = null;
  let text = "", drawn = 0;
  for (let i = 0; i < places.length && drawn <= MOST_DOTS; i++) {
    const place = places[i];
    if (!within(box, place) || (last && distance(place, last) < apart)) continue;
    last = place;
    drawn++;
    const look = i <= k ? `fill="${color}" stroke="var(--bg)"` : `fill="var(--bg)" stroke="${color}"`;
    const [x, y] = place;
    text += `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius}" ${look} stroke-width="1.6"/>`;
  }
  return text;
}

/**
 * @param {Place[]} all
 * @param {Box} box
 * @param {number} k
 * @param {string} color
 */
export function runPath(all, box, k, color) {
  const places = shownPart(all, box, k), line = lineOf(places);
  return stroked(line, "var(--bg)", 6, ROUND + ' opacity=".8"') + stroked(line, color, 3, ROUND)
    + dots(places, box, k, color);
}

/**
 * x⁽ⁱ⁾ beside a step, away from the line that leads to it.
 * @param {Place[]} places
 * @param {Box} box
 * @param {number} i
 */
function stepName(places, box, i) {
  const place = places[i], right = place[0] < box.left + box.width - 60;
  const before = places[i - 1] || places[i + 1] || place, up = !i || before[1] > place[1];
  const x = place[0] + (right ? 12 : -12);
  const y = Math.max(box.top + 18, Math.min(box.top + box.height - 6, place[1] + (up ? -6 : 18)));
  const look = `text-anchor="${right ? "start" : "end"}" font-weight="600" fill="var(--ink)" ${halo(4)}`;
  return textAt(x.toFixed(1), y.toFixed(1), 17, look, svgText(`*x*^{(${i})}`));
}

/**
 * The shown step as a large point with the arrow to the next one; words if it is outside the picture.
 * @param {Place[]} places
 * @param {Box} box
 * @param {number} k
 */
export function presentStep(places, box, k) {
  const place = places[k], next = places[k + 1];
  let text = "";
  if (place && next) {
    const head = Math.min(13, distance(place, next) * 0.7 + 3);
    text += arrow(...place, ...next, "var(--accent)", 3.2, head);
  }
  if (place) {
    const look = 'fill="var(--accent)" stroke="var(--bg)" stroke-width="2.5"';
    text += `<circle cx="${place[0]}" cy="${place[1]}" r="8" ${look}/>`;
  }
  if (!place || !within(box, place)) {
    const look = `font-weight="600" fill="var(--ink)" ${halo(5)}`;
    const words = svgText(`*x*^{(${k})} is outside the picture`);
    text += textAt(box.left + 12, box.top + box.height - 12, 15, look, words);
  }
  for (const i of namedSteps(places, box, k)) text += stepName(places, box, i);
  return text;
}

/**
 * One racer's path, strong up to the shown step, and its mark there.
 * @param {Place[]} places
 * @param {Box} box
 * @param {number} upTo
 * @param {number} i which racer
 * @param {string} shape
 */
function racerPath(places, box, upTo, i, shape) {
  const color = `var(--mark-${i})`, place = places[upTo], walked = lineOf(places.slice(0, upTo + 1));
  const text = stroked(lineOf(shownPart(places, box, upTo)), color, 1.6, 'opacity=".45"')
    + stroked(walked, "var(--bg)", 5, 'opacity=".7"') + stroked(walked, color, 2.6, ROUND);
  if (!place) return text;
  const look = `fill="${color}" stroke="var(--bg)" stroke-width="2" paint-order="stroke"`;
  return text + `<path data-racer="${i}" d="${markPath(shape, ...place, 7)}" ${look}/>`;
}

/**
 * All entries of the race, each with its shape at the shown step.
 * @param {State} state
 * @param {Box} box
 * @param {number} dimension
 * @param {string[]} shapes
 * @param {(points: Floats, count: number) => Place[]} pixels
 */
export const racePaths = (state, box, dimension, shapes, pixels) =>
  state.race.map((points, i) => {
    const count = points.length / dimension;
    return racerPath(pixels(points, count), box, Math.min(state.k, count - 1), i, shapes[i]);
  }).join("");
