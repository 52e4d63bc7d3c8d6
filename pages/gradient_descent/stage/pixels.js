// The pixels of a path: where its steps lie, which of them are drawn, and which get a name.

/** @typedef {import("./types.js").Box} Box */
/** @typedef {import("./types.js").Place} Place */

const FAR = 1e6; // px: what lies beyond is drawn at this distance, a float still tells 1/16 px there
const NAMES_APART = 44; // px

/**
 * Whether a place is in the box, or less than margin outside.
 * @param {Box} box
 * @param {Place} place
 */
export const within = (box, [x, y], margin = 0) =>
  x > box.left - margin && x < box.left + box.width + margin
  && y > box.top - margin && y < box.top + box.height + margin;

/** @param {Place} a @param {Place} b */
export const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/**
 * The steps of a run in pixels, until the numbers end; one far outside is brought nearer on its line to the middle.
 * @param {number} count
 * @param {Box} box
 * @param {(k: number) => number} xAt
 * @param {(k: number) => number} yAt
 */
export function pathPixels(count, box, xAt, yAt) {
  /** @type {Place[]} */
  const places = [];
  const middleX = box.left + box.width / 2, middleY = box.top + box.height / 2;
  for (let k = 0; k < count; k++) {
    const x = xAt(k), y = yAt(k);
    if (!Number.isFinite(x) || !Number.isFinite(y)) break;
    const shrink = Math.max(1, Math.abs(x) / FAR, Math.abs(y) / FAR);
    places.push([middleX + (x - middleX) / shrink, middleY + (y - middleY) / shrink]);
  }
  return places;
}

/** The line through places, as an SVG path reads it. @param {Place[]} places */
export const lineOf = (places) =>
  places.map(([x, y], k) => (k ? "L" : "M") + x.toFixed(1) + "," + y.toFixed(1)).join("");

/**
 * A run that leaves the picture for good is drawn up to the shown step: its later lines would cover all.
 * @param {Place[]} all
 * @param {Box} box
 * @param {number} k
 */
export function shownPart(all, box, k) {
  let seen = all.length;
  while (seen > 2 && !within(box, all[seen - 1]) && !within(box, all[seen - 2])) seen--;
  return all.slice(0, Math.max(seen, Math.min(all.length, k + 2)));
}

/**
 * Which steps are named: the present one and the first three, where there is room.
 * @param {Place[]} places
 * @param {Box} box
 * @param {number} k
 */
export function namedSteps(places, box, k) {
  /** @type {number[]} */
  const named = [];
  for (const i of [k, 0, 1, 2]) {
    const place = places[i];
    if (!place || !within(box, place, -8)) continue;
    if (named.every((other) => distance(place, places[other]) >= NAMES_APART)) named.push(i);
  }
  return named;
}
