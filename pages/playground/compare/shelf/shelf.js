// Shows the runs that this tab has kept: two of them are chosen to stand side by side, any is named, opened, removed.

import { element, find } from "../../../live/kit/elements.js";
import { holdToLesson } from "../../../live/kit/lesson.js";
import { tabStore } from "../../../live/kit/storage.js";
import { MOST_KEPT, readShelf, writeShelf } from "../../../live/kit/kept-runs.js";
import { cardNode } from "./cards.js";

/** @typedef {import("../../../live/kit/kept-runs.js").Card} Card */
/** @typedef {import("../../../live/kit/kept-runs.js").Kept} Kept */
/** @typedef {"pair" | "open" | "back"} Told what the page is told */
/** @typedef {(name: Told, value: unknown) => void} Trigger */
/**
 * @typedef {object} Data
 * @property {string} run which one the player shows, of which session, at which frame
 * @property {string} theme
 * @property {Card} now of that run, which need not be kept
 * @property {string} picture of its map
 */
/** @typedef {{ A: string, B: string }} Sides the ids of what stands where */

export const NOW = "now";

/**
 * Which runs stand side by side at first: the newest kept one, and the run that the player shows.
 * @param {Pick<Kept, "id">[]} shelf
 * @returns {Sides}
 */
export const firstSides = (shelf) => ({ A: shelf.at(-1)?.id ?? NOW, B: NOW });

/**
 * The sides after one was chosen; what stood on both would be compared with itself, so the other one moves over.
 * @param {Sides} sides
 * @param {"A" | "B"} side
 * @param {string} id
 * @returns {Sides}
 */
export function withSide(sides, side, id) {
  const other = side === "A" ? "B" : "A", taken = sides[other] === id ? sides[side] : sides[other];
  return /** @type {Sides} */ ({ [side]: id, [other]: taken });
}

/**
 * Says what has been done, with a button that takes it back, if it can be.
 * @param {HTMLElement} line
 * @param {string} sentence
 * @param {(() => void) | null} undo
 */
function say(line, sentence, undo) {
  line.textContent = sentence;
  if (!undo) return;
  const button = element("button", { type: "button" }, "Undo");
  button.onclick = undo;
  line.append(" ", button);
}

/** @param {Kept} kept @param {string} name @returns {Kept} */
const renamed = (kept, name) => ({ ...kept, card: { ...kept.card, name } });

/** What is said of how many there are. @param {number} count */
const countText = (count) => (count
  ? `${count} of ${MOST_KEPT}. Choose one for A and one for B.`
  : "None yet: press Keep beside a run, or K. A run of more than 50 epochs keeps itself when a change ends it.");

/** Which part of it has the keyboard, by its key. @param {HTMLElement} root */
function focusedKey(root) {
  const inside = root.getRootNode();
  const had = inside instanceof ShadowRoot || inside instanceof Document ? inside.activeElement : null;
  return had?.getAttribute("data-key") ?? "";
}

/** @param {HTMLElement & { shelf?: ReturnType<typeof makeShelf> }} root @param {Data} first */
function makeShelf(root, first) {
  let data = first, shelf = readShelf(tabStore), sides = firstSides(shelf);
  let told = ""; // with which run of the player the page knows what is compared
  /** @type {Trigger} */
  let tell = () => {};

  /** @param {string} id */
  const recordOf = (id) => {
    const kept = shelf.find((one) => one.id === id);
    return kept ? { name: kept.card.name, record: kept.record } : null;
  };
  const compare = () => tell("pair", { A: recordOf(sides.A), B: recordOf(sides.B) });

  /** @param {Kept[]} next @param {string} sentence @param {boolean} [undoes] */
  function change(next, sentence, undoes = false) {
    const before = shelf;
    shelf = next;
    writeShelf(tabStore, shelf);
    const known = [NOW, ...shelf.map(({ id }) => id)];
    if (!known.includes(sides.A) || !known.includes(sides.B)) {
      sides = firstSides(shelf);
      compare();
    }
    draw();
    say(find(root, ".said"), sentence, undoes ? () => change(before, "It is back.") : null);
  }

  const acts = {
    /** @param {"A" | "B"} side @param {string} id */
    put(side, id) {
      sides = withSide(sides, side, id);
      draw();
      compare();
    },
    /** @param {string} id @param {string} name */
    name(id, name) {
      const given = name.trim().slice(0, 60);
      change(shelf.map((one) => (one.id === id && given ? renamed(one, given) : one)), "");
      compare();
    },
    /** @param {string} id */
    open(id) { tell("open", recordOf(id)); },
    /** @param {string} id */
    remove(id) {
      const gone = shelf.find((one) => one.id === id);
      change(shelf.filter((one) => one.id !== id), `${gone?.card.name} is removed.`, true);
      root.focus({ preventScroll: true });
    },
  };

  function draw() {
    const cards = [data.now, ...shelf.map(({ card }) => card)], key = focusedKey(root);
    const all = [{ id: NOW, card: data.now, picture: data.picture }, ...shelf];
    find(root, ".cards").replaceChildren(...all.map((one) => cardNode(one, sides, cards, acts)));
    find(root, ".count").textContent = countText(shelf.length);
    const again = key && root.querySelector(`[data-key="${key}"]`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }

  find(root, '[data-action="swap"]').onclick = () => {
    sides = { A: sides.B, B: sides.A };
    draw();
    compare();
  };
  find(root, '[data-action="back"]').onclick = () => tell("back", true);
  return {
    /** @param {Data} now @param {Trigger} trigger */
    take(now, trigger) {
      [data, tell] = [now, trigger];
      draw();
      if (told === data.run) return;
      told = data.run;
      compare();
    },
  };
}

/**
 * What Streamlit calls for each message.
 * @param {{ data: Data, parentElement: ParentNode, setTriggerValue: Trigger }} message
 */
export function render({ data, parentElement, setTriggerValue }) {
  /** @type {HTMLElement & { shelf?: ReturnType<typeof makeShelf> }} */
  const root = find(parentElement, ".shelf");
  if (!root.shelf) {
    root.shelf = makeShelf(root, data);
    holdToLesson(root);
  }
  root.dataset.theme = data.theme;
  root.shelf.take(data, setTriggerValue);
}
