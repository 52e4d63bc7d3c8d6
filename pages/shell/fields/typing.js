// Lets a select box that takes typed numbers take them whole: showing 0.2, Streamlit's box takes 0.25 for 0.2 and a 5.

const TYPED_BOX = '[class*="_typed"] [data-testid="stSelectbox"] input';
const valueOf = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");

/**
 * Whether a text is the label of the shown option with something behind it that was not put there at once: a text of
 * its own, of which Streamlit would keep the end alone.
 * @param {string} text
 * @param {string} label
 * @param {string | null} added by the last key, or by pasting
 * @param {boolean} first whether nothing was typed before
 */
export function beginsLike(text, label, added, first) {
  const rest = text.slice(label.length);
  return label !== "" && rest !== "" && text.startsWith(label) && !(first && added === rest);
}

/** The box of an event, if it takes typed numbers. @param {Event} event */
const boxOf = ({ target }) => (target instanceof HTMLInputElement && target.matches(TYPED_BOX) ? target : null);

/** Begins to listen; returns how to stop. */
export function takeWhole() {
  /** @type {WeakMap<HTMLInputElement, { label: string, first: boolean }>} */
  const opened = new WeakMap();
  /** @param {Event} event */
  function onOpening(event) {
    const box = boxOf(event);
    if (box && box.getAttribute("aria-expanded") !== "true") opened.set(box, { label: box.value, first: true });
  }
  /** @param {Event} event */
  function onInput(event) {
    const box = boxOf(event), known = box && opened.get(box);
    if (!box || !known) return;
    const added = event instanceof InputEvent ? event.data : null;
    // The reader drops the space. React would overlook a value that is set in the usual way.
    if (beginsLike(box.value, known.label, added, known.first)) valueOf?.set?.call(box, " " + box.value);
    known.first = false;
  }

  const openings = ["focusin", "pointerdown", "keydown"];
  for (const name of openings) window.addEventListener(name, onOpening, true);
  window.addEventListener("input", onInput, true);
  return () => {
    for (const name of openings) window.removeEventListener(name, onOpening, true);
    window.removeEventListener("input", onInput, true);
  };
}
