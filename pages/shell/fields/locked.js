// Marks the controls that a teacher's link locks with a padlock: at a Streamlit's control it takes the place of the
// question mark of its help, whose words say who has locked it, and which the keyboard reaches.

import { element } from "../../live/kit/elements.js";
import { lesson } from "../../live/kit/lesson.js";

/**
 * The rules that show it; fields.css draws it.
 * @param {string[]} keys of the locked controls
 */
export function lockedRules(keys) {
  const at = `:is(${keys.map((key) => `.st-key-${CSS.escape(key)}`)}) [data-testid="stTooltipHoverTarget"] button`;
  return `${at} > svg{display:none}${at}::before{content:var(--padlock-content)}`;
}

/** Marks what the address locks; the marks go when the code is mounted anew. @returns {() => void} takes them away */
export function markLocked() {
  const lock = lesson()?.lock || [];
  if (!lock.length) return () => {};
  const style = element("style", { "data-role": "locked" }, lockedRules(lock));
  document.head.append(style);
  return () => style.remove();
}
