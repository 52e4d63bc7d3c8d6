// The shelf on which a tab keeps runs, through reloads: what is on it, and the rules by which it is filled.

/** @typedef {import("./storage.js").Store} Store */
/** @typedef {import("../../playground/player/record.js").KeptRun} KeptRun */

/**
 * What is said of a kept run.
 * @typedef {object} Card
 * @property {string} name
 * @property {Record<string, string>} settings in words, by their labels
 * @property {number} epoch
 * @property {string} loss which one
 * @property {number | null} train_loss
 * @property {number | null} test_loss
 * @property {number | null} score
 * @property {string} score_label
 * @property {string} score_unit
 */

/**
 * @typedef {object} Kept a run on the shelf
 * @property {string} id
 * @property {boolean} byHand whether somebody asked for it; if not, it may give way
 * @property {string} picture of its map, as an address
 * @property {Card} card
 * @property {string} epochs of the losses in the record's curve, packed alike
 * @property {KeptRun} record
 */

const SHELF = "shelf";
export const MOST_KEPT = 12;
const FULL = `${MOST_KEPT} runs are kept, which is as many as fit: remove one under Compare first.`;

/** @param {unknown} one @returns {one is Kept} */
const isKept = (one) => Boolean(one && typeof one === "object" && "id" in one && "card" in one && "record" in one);

/** The kept runs, in the order in which they were kept. @param {Store} store @returns {Kept[]} */
export function readShelf(store) {
  const shelf = store.read(SHELF);
  return Array.isArray(shelf) ? shelf.filter(isKept) : [];
}

/** @param {Store} store @param {Kept[]} shelf */
export const writeShelf = (store, shelf) => store.write(SHELF, shelf);

/** Which run it is, and at which frame. @param {Kept} kept */
const whatIs = ({ record: { link, frame, checkpoint } }) => `${link} ${frame} ${checkpoint}`;

/**
 * A shelf with one more run. The same one is not kept twice; where all places are taken, the oldest that was kept by
 * itself gives way.
 * @param {Kept[]} shelf
 * @param {Kept} kept
 * @returns {{ shelf: Kept[], refusal: string }} the same shelf and one sentence if there is no place
 */
export function withKept(shelf, kept) {
  const same = shelf.findIndex((one) => whatIs(one) === whatIs(kept));
  if (same >= 0) {
    const known = shelf[same], asked = { ...known, byHand: known.byHand || kept.byHand };
    return { shelf: shelf.with(same, asked), refusal: "" };
  }
  if (shelf.length < MOST_KEPT) return { shelf: [...shelf, kept], refusal: "" };
  const oldest = shelf.findIndex((one) => !one.byHand);
  if (oldest < 0) return { shelf, refusal: FULL };
  return { shelf: [...shelf.toSpliced(oldest, 1), kept], refusal: "" };
}

/**
 * The settings in which some of the kept runs differ, each as "Activation: ReLU".
 * @param {Pick<Card, "settings">} card
 * @param {Pick<Card, "settings">[]} cards all of them
 */
export const differing = ({ settings }, cards) => Object.entries(settings)
  .filter(([label, value]) => cards.some((other) => other.settings[label] !== value))
  .map(([label, value]) => `${label}: ${value}`);
