// Notes when a control is pressed that may ask for another run: then an earlier press of Play is over.

const CONTROLS = ["button", "input", "select", "label", "[role=option]", "[role=combobox]", "[role=slider]"].join();
/** Actions that ask for none. */
const OWN = [
  "play", "pause", "save-png", "save-map", "copy-link", "keep-run", "probe", "probe-point", "work-point", "map-axis",
  "pca",
];
const KEYS = ["Enter", " ", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];

/** @typedef {Pick<Element, "matches" | "getAttribute">} Control */

/**
 * Whether a press on something may change what is trained.
 * @param {Control[]} path the elements from the innermost out
 * @param {string | null} key null for a press with a pointer
 */
export function asksForChange(path, key) {
  if (key !== null && !KEYS.includes(key)) return false;
  const control = path.find((one) => one.matches(CONTROLS));
  return control !== undefined && !OWN.includes(control.getAttribute("data-action") || "");
}

const TAKES = ".st-key-take_with_you"; // the button that opens the panel from which the run is taken along

/** Listens, until the returned function is called, for its press. @param {() => void} pressed */
export function listenForTaking(pressed) {
  /** @param {MouseEvent} event */
  const hear = ({ target }) => { if (target instanceof Element && target.closest(TAKES)) pressed(); };
  addEventListener("click", hear, true);
  return () => removeEventListener("click", hear, true);
}

/**
 * Listens until the returned function is called.
 * @param {() => void} pressed
 */
export function listenForChanges(pressed) {
  /** @param {Event} event */
  const hear = (event) => {
    const path = event.composedPath().filter((one) => one instanceof Element);
    if (asksForChange(path, event instanceof KeyboardEvent ? event.key : null)) pressed();
  };
  const types = ["pointerdown", "keydown"];
  for (const type of types) addEventListener(type, hear, true);
  return () => { for (const type of types) removeEventListener(type, hear, true); };
}
