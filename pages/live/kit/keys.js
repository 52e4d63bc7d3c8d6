// Answers the keys that work anywhere on the page: space, arrows, Shift+R and Ctrl+Z for the player.

/** @typedef {{ playing?: boolean, header: { generation?: number, undo?: number } | null }} KeyState */
/** @typedef {Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">} Stroke */

/** What uses these keys itself. */
const ROLES = [
  "slider", "spinbutton", "textbox", "combobox", "listbox", "option", "tab", "radio", "menuitem",
].map((role) => `[role=${role}]`);
const LEAVE_ALONE = ["input", "textarea", "select", "[contenteditable]", ...ROLES].join();

/**
 * The name of the action that a key asks the player for, or null.
 * @param {Stroke} stroke
 * @param {KeyState} state
 */
export function playerAction({ key, shiftKey, ctrlKey, metaKey, altKey }, { playing, header }) {
  if (altKey) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === "z" && !shiftKey && header?.undo ? "undo" : null;
  if (key === " ") return playing ? "pause" : "play";
  if (key === "ArrowRight") return "step";
  if (key === "ArrowLeft") return "step-back";
  return shiftKey && key.toLowerCase() === "r" ? "reset" : null;
}

/**
 * Carries out the action of each key that is pressed outside text fields and the like; returns how to stop that.
 * @template {KeyState} S
 * @param {S} state nothing is done before its header has come
 * @param {Record<string, () => void>} actions
 * @param {(stroke: Stroke, state: S) => string | null} [actionOf]
 */
export function listenForKeys(state, actions, actionOf = playerAction) {
  // It hears before all others, and stops what it handles: Streamlit listens for R, a focused button takes the space.
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const target = event.composedPath()[0];
    if (!state.header || (target instanceof Element && target.closest(LEAVE_ALONE))) return;
    const action = actionOf(event, state);
    if (!action) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "keydown" && !(event.repeat && !event.key.startsWith("Arrow"))) actions[action]();
  }
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("keyup", onKey, true);
  return () => {
    window.removeEventListener("keydown", onKey, true);
    window.removeEventListener("keyup", onKey, true);
  };
}
