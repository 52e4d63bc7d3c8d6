// Puts into words what keeps the network from learning.

import { epochText } from "../../live/kit/format.js";
import { diagnosesAt } from "./diagnosis-state.js";

/** @typedef {import("./diagnosis-state.js").Diagnosis} Diagnosis */
/** @typedef {import("./types.js").State} State */

const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** The title of a diagnosis with its number of units, such as "Two dead ReLU units". @param {Diagnosis} diagnosis */
export function titleOf({ title, one, found }) {
  const n = found.length;
  return n === 1 && one ? one : title.replace("{n}", NUMBERS[n] ?? String(n));
}

/** @param {string} text */
const lowered = (text) => text[0].toLowerCase() + text.slice(1);

const MOST_SAID = 2; // diagnoses for which the line has room

/**
 * What holds at the shown frame, in one sentence, which leaves what it has no room for to the cards; "" if nothing.
 * @param {Pick<State, "diagnoses" | "shown">} state
 */
export function diagnosisSentence({ diagnoses, shown }) {
  const holding = diagnosesAt({ diagnoses }, shown), more = holding.length - MOST_SAID;
  const said = holding.slice(0, MOST_SAID).map((diagnosis, k) => {
    const title = titleOf(diagnosis), since = `since epoch ${epochText(diagnosis.found[0].epoch)}`;
    return `${k ? lowered(title) : title} ${since}`;
  });
  if (more > 0) said.push(`and ${lowered(NUMBERS[more] ?? String(more))} more`);
  return said.length ? `${said.join("; ")}.` : "";
}

/**
 * The word at each neuron that something is wrong with at a frame, by its layer and number: "0,3".
 * @param {Pick<State, "diagnoses">} state
 * @param {number} frame
 */
export function unitMarks({ diagnoses }, frame) {
  /** @type {Map<string, string>} */
  const marks = new Map();
  for (const { mark, found } of diagnosesAt({ diagnoses }, frame)) {
    for (const { unit } of found) if (unit && !marks.has(String(unit))) marks.set(String(unit), mark);
  }
  return marks;
}

/**
 * The moments at which something began, one for each epoch, with a word or two.
 * @param {Pick<State, "diagnoses">} state
 * @param {number} last the last frame that was seen
 * @returns {{ epoch: number, text: string }[]}
 */
export function momentsOf({ diagnoses }, last) {
  /** @type {Map<number, { epoch: number, text: string }>} */
  const moments = new Map();
  for (const diagnosis of diagnoses) {
    for (const { epoch, since } of diagnosis.found) {
      if (since > last || moments.has(epoch)) continue;
      const together = diagnosis.found.filter((found) => found.epoch === epoch);
      moments.set(epoch, { epoch, text: momentText(diagnosis, together) });
    }
  }
  return [...moments.values()].sort((a, b) => a.epoch - b.epoch);
}

/** @param {Diagnosis} diagnosis @param {Diagnosis["found"]} found */
function momentText({ mark, short }, found) {
  if (!mark) return short;
  const [{ unit }] = found;
  return unit && found.length === 1 ? `neuron ${unit[1] + 1} ${mark}` : `${found.length} units ${mark}`;
}

/**
 * Tells which links lead to or from a dead neuron at the shown frame; null if none is dead.
 * @param {Pick<State, "diagnoses" | "shown">} state
 * @returns {((link: { l: number, i: number, j: number }) => boolean) | null}
 */
export function idleLinks({ diagnoses, shown }) {
  const dead = diagnosesAt({ diagnoses }, shown).find(({ kind }) => kind === "dead");
  if (!dead) return null;
  const units = new Set(dead.found.map(({ unit }) => String(unit)));
  return ({ l, i, j }) => units.has(`${l},${j}`) || units.has(`${l - 1},${i}`);
}
