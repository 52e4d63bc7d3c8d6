// Holds a view's buttons to a teacher's link: what it hides isn't there, what it locks can't be used.

import { element } from "./elements.js";

/**
 * What the address asks, as the server has read it.
 * @typedef {object} Lesson
 * @property {string[]} hide names of controls and actions that aren't there
 * @property {string[]} lock names of those that can't be used
 * @property {boolean} alone whether the view is shown without the controls around it
 * @property {string} locked the sentence that says so at a locked control
 */

const LESSON = "backprop-lesson";
/** @type {Record<string, any>} */
const tab = globalThis; // all views of the tab share it, and each has a copy of this code

/** What the address asks; undefined until it has come. @returns {Lesson | undefined} */
export const lesson = () => tab[LESSON];

/** Brings what the address asks. @param {Lesson} asked */
export function bringLesson(asked) {
  tab[LESSON] = asked;
  tab.dispatchEvent?.(new Event(LESSON));
}

/** Whether a key mustn't carry out an action either. @param {string} action */
export function isOff(action) {
  const asked = lesson();
  return asked !== undefined && (asked.hide.includes(action) || asked.lock.includes(action));
}

/**
 * The rules that take away what is hidden, and what stands around it and is nothing without it.
 * @param {string[]} names
 */
const hiding = (names) => names.map(CSS.escape)
  .map((name) => `[data-action=${name}],[data-with=${name}]{display:none!important}`).join("");

/**
 * Keeps the buttons of some actions disabled, whatever the view does with them; others are left alone.
 * @param {HTMLElement} root
 * @param {string[]} lock
 * @param {string} locked
 */
function keepLocked(root, lock, locked) {
  /** @type {WeakSet<Element>} */
  const mine = new WeakSet(); // what is disabled because of the link, not by the view
  const buttons = root.getElementsByTagName("*");
  function look() {
    for (const node of buttons) {
      const action = node.getAttribute("data-action");
      if (action === null || !("disabled" in node) || !(node instanceof HTMLElement)) continue;
      if (!lock.includes(action)) {
        if (mine.delete(node)) node.disabled = false;
        continue;
      }
      if (!node.disabled) {
        node.disabled = true;
        mine.add(node);
      }
      if (!node.title.endsWith(locked)) node.title = node.title ? `${node.title}. ${locked}` : locked;
    }
  }
  look();
  const attributeFilter = ["disabled", "data-action", "title"];
  new MutationObserver(look).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter });
}

/**
 * Holds a view to the link, now or when that is known.
 * @param {Element | null} root of the view
 */
export function holdToLesson(root) {
  function begin() {
    const asked = lesson();
    if (!asked || !(root instanceof HTMLElement)) return;
    if (asked.hide.length) root.append(element("style", {}, hiding(asked.hide)));
    const off = [...asked.lock, ...asked.hide];
    if (off.length) keepLocked(root, off, asked.locked);
  }
  if (lesson()) begin();
  else tab.addEventListener(LESSON, begin, { once: true });
}
