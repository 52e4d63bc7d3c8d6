// Gives the focus to the page's view after a choice in a select box, so that space plays instead of opening it again.

const VIEWS = ["player", "stage", "board", "landscape"].map((role) => `[data-role="${role}"]`).join();
const BOX = '[data-testid="stSelectbox"]';
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

function focusView() {
  const view = viewIn(document);
  if (!view) return;
  if (!view.hasAttribute("tabindex")) view.tabIndex = -1;
  view.style.outline = "none";
  view.focus({ preventScroll: true });
}

/** The open select box of the page; one in a popover keeps the focus, which would close the popover. */
function openBox() {
  const input = document.querySelector(`${BOX} input[aria-expanded="true"]`);
  return input instanceof HTMLInputElement && !input.closest('[data-testid="stPopoverBody"]') ? input : null;
}

/** Waits until the list of a box has closed, then goes on unless the user has. @param {HTMLInputElement} box */
function whenClosed(box, looks = LOOK_FOR) {
  requestAnimationFrame(() => {
    const active = document.activeElement;
    if (active && active !== box && active !== document.body) return;
    if (box.getAttribute("aria-expanded") !== "true" && looks < LOOK_FOR) focusView();
    else if (looks) whenClosed(box, looks - 1);
  });
}

/** Begins to listen; returns how to stop. */
export function giveFocusBack() {
  /** @param {KeyboardEvent | MouseEvent} event */
  function onChoice(event) {
    const box = openBox(), target = event.target;
    if (!box || !(target instanceof Element)) return;
    const chosen = event instanceof KeyboardEvent ? event.key === "Enter" : target.closest('[role="option"]');
    if (chosen) whenClosed(box);
  }
  document.addEventListener("keydown", onChoice, true);
  document.addEventListener("click", onChoice, true);
  return () => {
    document.removeEventListener("keydown", onChoice, true);
    document.removeEventListener("click", onChoice, true);
  };
}
