// Answers the keys that work anywhere on the page: space, arrows, Shift+R, Ctrl+Z, and Esc, which leads to the view.

import { isOff } from "./lesson.js";

/** @typedef {{ playing?: boolean, header: { generation?: number, undo?: number } | null }} KeyState */
/** @typedef {Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">} Stroke */

/** What uses these keys itself. */
const ROLES = [
  "application", "slider", "spinbutton", "textbox", "combobox", "listbox", "option", "tab", "radio", "menuitem",
].map((role) => `[role=${role}]`);
const LEAVE_ALONE = ["input", "textarea", "select", "[contenteditable]", ...ROLES].join();

/** What a press of the space bar presses. */
const PRESSED = ["button", "summary", "[role=button]", "[role=checkbox]", "[role=switch]"].join();
const PLAY = "[data-action=play], [data-action=pause]";
const SCRUBBER = "input[type=range]"; // arrows move it, the space is nothing to it

/** What Esc closes: what has opened over the page. A native list that is open can't be told from one that isn't. */
const OVERLAYS = "[role=dialog], [aria-haspopup][aria-expanded=true], [role=combobox][aria-expanded=true]";
const NATIVE_LIST = "select";

/** @type {Record<string, [across: number, up: number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

/** Where an arrow key leads in a plane, or null. @param {{ key: string }} event */
export const wayOf = ({ key }) => (Object.hasOwn(WAYS, key) ? WAYS[key] : null);

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
  if (shiftKey) return key.toLowerCase() === "r" ? "reset" : null;
  return key === "k" ? "keep-run" : null;
}

/**
 * Whether a key belongs to the part of the page that has the keyboard.
 * @param {Pick<Element, "closest">} part
 * @param {string} key
 */
export function isUsedBy(part, key) {
  if (key === " " && part.closest(`${PLAY}, ${SCRUBBER}`)) return false;
  return part.closest(key === " " ? `${LEAVE_ALONE}, ${PRESSED}` : LEAVE_ALONE) !== null;
}

/**
 * Carries out the action of each key that nothing else on the page uses.
 * @template {KeyState} S
 * @param {S} state nothing is done before its header has come
 * @param {Record<string, () => void>} actions
 * @param {(stroke: Stroke, state: S) => string | null} actionOf
 */
function listenForActions(state, actions, actionOf) {
  // It hears before all others, and stops what it handles: Streamlit listens for R.
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const target = event.composedPath()[0];
    if (!state.header || (target instanceof Element && isUsedBy(target, event.key))) return;
    const action = actionOf(event, state);
    if (!action || !(action in actions)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isOff(action)) return;
    if (event.type === "keydown" && !(event.repeat && !event.key.startsWith("Arrow"))) actions[action]();
  }
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("keyup", onKey, true);
  return () => {
    window.removeEventListener("keydown", onKey, true);
    window.removeEventListener("keyup", onKey, true);
  };
}

/**
 * Brings the keyboard to a view by Esc, unless there was something to close.
 * @param {HTMLElement} root
 * @param {() => boolean} close closes what the view itself has open, and says whether there was anything
 */
function listenForEscape(root, close) {
  let open = false;
  // Whether something is open is seen before anyone has closed it, and whether it was used when all have heard it.
  /** @param {KeyboardEvent} event */
  function before({ key }) { if (key === "Escape") open = document.querySelector(OVERLAYS) !== null; }
  /** @param {KeyboardEvent} event */
  function after(event) {
    const target = event.composedPath()[0], nativeList = target instanceof Element && target.closest(NATIVE_LIST);
    if (event.key !== "Escape" || event.defaultPrevented || open || nativeList || close()) return;
    root.focus({ preventScroll: true });
  }
  window.addEventListener("keydown", before, true);
  window.addEventListener("keydown", after);
  return () => {
    window.removeEventListener("keydown", before, true);
    window.removeEventListener("keydown", after);
  };
}

/**
 * Lets the keyboard reach a view from anywhere on the page; returns how to stop that.
 * @template {KeyState} S
 * @param {HTMLElement} root of the view
 * @param {S} state nothing is done before its header has come
 * @param {Record<string, () => void>} actions
 * @param {object} [ways]
 * @param {(stroke: Stroke, state: S) => string | null} [ways.actionOf]
 * @param {() => boolean} [ways.close] closes what the view itself has open, and says whether there was anything
 */
export function listenForKeys(root, state, actions, { actionOf = playerAction, close = () => false } = {}) {
  const ends = [listenForActions(state, actions, actionOf), listenForEscape(root, close)];
  return () => { for (const end of ends) end(); };
}
