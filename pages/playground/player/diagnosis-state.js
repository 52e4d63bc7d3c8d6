// Keeps what the server has found out about the run: what keeps the network from learning, and from when to when.

/** @typedef {import("../../live/kit/requests.js").Request} Request */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").State} State */

/**
 * A time in which a diagnosis held.
 * @typedef {object} Found
 * @property {[l: number, j: number] | null} unit the neuron that it is about; null: the run
 * @property {number} since the first frame
 * @property {number | null} until the first frame at which it no longer held; null while it lasts
 * @property {number} epoch of the first frame
 */

/**
 * All that was found of one kind.
 * @typedef {object} Diagnosis
 * @property {string} kind
 * @property {string} title {n} stands for the number of units
 * @property {string} one the title of a single unit
 * @property {string} short of the title, where it is about the run
 * @property {string} mark the word beside a unit; "" where it is about the run
 * @property {string} column the name of the units' numbers
 * @property {string} reason
 * @property {string} try what is suggested
 * @property {string[]} controls whose values the suggestion changes
 * @property {Found[]} found by their first frames
 */

/**
 * The numbers behind what holds at one frame: a name and a number each.
 * @typedef {{ frame: number, epoch: number, facts: Record<string, [name: string, number: string][]> }} Evidence
 */

/** @typedef {Pick<State, "diagnoses" | "evidence" | "evidenceAsked">} Diagnosed */

const MOST_EVIDENCE = 60; // frames whose numbers are kept, the newest to come

/** @param {Found} found @param {number} frame */
const holdsAt = ({ since, until }, frame) => since <= frame && (until === null || frame < until);

/**
 * What holds at a frame, the cause before what follows from it.
 * @param {Pick<Diagnosed, "diagnoses">} state
 * @param {number} frame
 */
export const diagnosesAt = ({ diagnoses }, frame) => diagnoses
  .map((diagnosis) => ({ ...diagnosis, found: diagnosis.found.filter((found) => holdsAt(found, frame)) }))
  .filter(({ found }) => found.length);

/**
 * The numbers of a frame; those of the nearest frame before it where they haven't come, or else of one after it.
 * @param {Pick<Diagnosed, "evidence">} state
 * @param {string} kind
 * @param {number} frame
 * @returns {Evidence | null}
 */
export function evidenceAt({ evidence }, kind, frame) {
  const known = [...evidence.values()].filter(({ facts }) => kind in facts).sort((a, b) => a.frame - b.frame);
  return known.filter((one) => one.frame <= frame).at(-1) ?? known[0] ?? null;
}

/**
 * Takes up what a payload tells of diagnoses.
 * @param {Diagnosed} state
 * @param {Pick<Header, "diagnoses" | "evidence">} header
 * @param {number} outdated the frame from which on the numbers are those of another course
 */
export function takeDiagnoses(state, { diagnoses, evidence }, outdated) {
  for (const frame of state.evidence.keys()) if (frame >= outdated) state.evidence.delete(frame);
  if (diagnoses) state.diagnoses = diagnoses;
  if (!evidence) return;
  state.evidence.delete(evidence.frame);
  state.evidence.set(evidence.frame, evidence);
  if (state.evidence.size > MOST_EVIDENCE) state.evidence.delete([...state.evidence.keys()][0]);
}

/**
 * The request for the shown frame's numbers, where something holds there and the picture stands still; each is asked
 * for once.
 * @param {Diagnosed & Pick<State, "header" | "playing" | "seek" | "shown" | "frame">} state
 * @returns {Request | null}
 */
export function evidenceRequest(state) {
  const { header, playing, seek, shown, frame, evidence } = state;
  if (!header || playing || seek !== null || frame?.frame !== shown || evidence.has(shown)) return null;
  const asked = `${header.diagnosed} ${shown}`;
  if (state.evidenceAsked === asked || !diagnosesAt(state, shown).length) return null;
  state.evidenceAsked = asked;
  return { kind: "frame", at: shown };
}
