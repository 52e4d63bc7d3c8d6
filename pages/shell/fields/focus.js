// Takes the focus from a select box after a choice, so that space plays instead of opening it again: the page's view
// gets it, or in a popover, which would close then, the box around.

const VIEWS = ["player", "stage", "board", "landscape"].map((role) => `[data-role="${role}"]`).join();
const BOX = '[data-testid="stSelectbox"]';
const POPOVER = '[data-testid="stPopoverBody"]';
const LOOK_FOR = 20; // pictures of the screen within which a list closes

/**
 * The first view in a part of the page; most views are in shadow roots.
 * @param {ParentNode} part
 * @returns {HTMLElement | null}
 */
function viewIn(part) {
  const found = part.querySelector(VIEWS);
  if (found instanceof HTMLElement) return found;
  for (const node of part.querySelectorAll('[data-testid="stBidiComponentIsolated"]')) {
    const inside = node.shadowRoot && viewIn(node.shadowRoot);
    if (inside) return inside;
  }
  return null;
}

/**
 * Takes the focus from a box; it stays visible for who uses the keyboard.
 * @param {HTMLInputElement} box
 * @param {boolean} byKey
 */
function leaveBox(box, byKey) {
  const inPopover = box.closest(POPOVER) !== null, place = inPopover ? box.closest(BOX) : viewIn(document);
  if (!(place instanceof HTMLElement)) return;
  if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
  place.style.outline = byKey ? "" : "none";
  place.focus({ preventScroll: true });
}

/** The open select box of the page. */
function openBox() {
  const input = document.querySelector(`${BOX} input[aria-expanded="true"]`);
  return input instanceof HTMLInputElement ? input : null;
}

/**
 * Waits until the list of a box has closed, then goes on unless the user has.
 * @param {HTMLInputElement} box
 * @param {boolean} byKey
 */
function whenClosed(box, byKey, looks = LOOK_FOR) {
  requestAnimationFrame(() => {
    const active = document.activeElement;
    if (active && active !== box && active !== document.body) return;
    if (box.getAttribute("aria-expanded") !== "true" && looks < LOOK_FOR) leaveBox(box, byKey);
    else if (looks) whenClosed(box, byKey, looks - 1);
  });
}

/** Begins to listen; returns how to stop. */
export function giveFocusBack() {
  /** @param {KeyboardEvent | MouseEvent} event */
  function onChoice(event) {
    const box = openBox(), target = event.target;
    if (!box || !(target instanceof Element)) return;
    const byKey = event instanceof KeyboardEvent;
    if (byKey ? event.key === "Enter" : target.closest('[role="option"]')) whenClosed(box, byKey);
  }
  document.addEventListener("keydown", onChoice, true);
  document.addEventListener("click", onChoice, true);
  return () => {
    document.removeEventListener("keydown", onChoice, true);
    document.removeEventListener("click", onChoice, true);
  };
}
