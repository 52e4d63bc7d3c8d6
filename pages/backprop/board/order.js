// The order in which Next and Back go through the steps and, neuron by neuron, through the entries of each.

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {{ at: number, entry: Entry }} Stop a step, by its index, and the chosen entry of its result */

/** @type {Entry} */
export const FIRST_ENTRY = [0, 0];

/** How the protocol and the page write an entry. @param {Entry} entry */
export const entryKey = (entry) => entry.join(",");

/** The place of an entry among others, or −1. @param {Entry[]} entries @param {Entry} entry */
export const placeOf = (entries, [i, j]) => entries.findIndex(([p, q]) => p === i && q === j);

/**
 * Where a step forward or back leads; null at either end.
 * @param {Stop} stop
 * @param {1 | -1} way
 * @param {number} count of steps
 * @param {((at: number) => Entry[]) | null} entriesOf what is gone through in a step; null to go step by step
 * @returns {Stop | null}
 */
export function nextStop({ at, entry }, way, count, entriesOf) {
  const here = entriesOf ? entriesOf(at) : [], place = placeOf(here, entry) + way;
  if (place >= 0 && place < here.length) return { at, entry: here[place] };
  const there = at + way;
  if (there < 0 || there >= count) return null;
  return { at: there, entry: (way < 0 && entriesOf?.(there).at(-1)) || FIRST_ENTRY };
}

/**
 * The steps that are missing, the nearest first.
 * @param {string[]} keys of all steps
 * @param {number} at the shown one
 * @param {(key: string) => boolean} has
 */
export function missingSteps(keys, at, has) {
  const far = keys.map((key, k) => ({ key, distance: Math.abs(k - at) })).filter(({ key }) => !has(key));
  return far.sort((a, b) => a.distance - b.distance).map(({ key }) => key);
}
