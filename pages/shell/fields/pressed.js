// Keeps the keyboard where a button was pressed that goes with the answer: the part of the page around it gets the
// focus.

const BUTTON = '[data-testid^="stBaseButton"]';
const PARTS = '[class*="st-key-"]'; // what the page has named
const PRESS_LOOK = 100, PRESS_LOOKS = 200; // ms, and how often: an answer may take some seconds

/** The named parts of the page around a node, from the innermost out. @param {Element} node */
function partsAround(node) {
  const parts = [];
  for (let part = node.closest(PARTS); part; part = part.parentElement?.closest(PARTS) ?? null) parts.push(part);
  return parts;
}

/**
 * Waits until the button has gone or has stayed; whoever goes on meanwhile is left alone.
 * @param {Element} button
 * @param {Element[]} parts
 * @param {boolean} byKey
 */
function whenGone(button, parts, byKey, looks = PRESS_LOOKS) {
  setTimeout(() => {
    const active = document.activeElement;
    if (active && active !== document.body && active !== button) return;
    if (button.isConnected) {
      if (looks) whenGone(button, parts, byKey, looks - 1);
      return;
    }
    const part = parts.find((one) => one.isConnected);
    if (!(part instanceof HTMLElement)) return;
    if (!part.hasAttribute("tabindex")) part.tabIndex = -1;
    part.style.outline = byKey ? "" : "none";
    part.focus({ preventScroll: true });
  }, PRESS_LOOK);
}

/** Begins to listen; returns how to stop. */
export function keepFocusNear() {
  /** @param {MouseEvent} event */
  function onPress({ target, detail }) {
    const button = target instanceof Element ? target.closest(BUTTON) : null;
    if (button) whenGone(button, partsAround(button), detail === 0);
  }
  document.addEventListener("click", onPress, true);
  return () => document.removeEventListener("click", onPress, true);
}
