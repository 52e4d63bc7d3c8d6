// Which columns are inputs, as a list that opens below their number: where there are too many for a row each.

import { element } from "../../live/kit/elements.js";

/** @typedef {import("./types.js").Act} Act */
/** @typedef {import("./types.js").Header} Header */

/** Closes a list that is left, or on Escape. @param {HTMLDetailsElement} list */
function closeByItself(list) {
  list.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !list.contains(relatedTarget)) list.open = false;
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !list.open) return;
    event.stopPropagation();
    list.open = false;
    list.querySelector("summary")?.focus();
  });
}

/**
 * @param {Header["inputs"]} inputs
 * @param {string} text what it is closed
 * @param {Pick<Act, "feature">} act
 */
export function inputChoice(inputs, text, act) {
  const chosen = inputs.filter(({ on }) => on).length;
  const rows = inputs.map(({ name, label, on }) => {
    const node = element("button", {
      "type": "button", "data-action": "features", "data-key": `choose ${name}`, "aria-pressed": on,
    }, label);
    node.disabled = on && chosen === 1;
    node.onclick = () => act.feature(name);
    return node;
  });
  const shown = element("summary", { "data-key": "choose inputs", "title": "Choose the inputs" }, text);
  const list = element("details", { class: "input-choice" }, shown,
    element("div", { "class": "list", "role": "group", "aria-label": "Inputs" }, ...rows));
  closeByItself(list);
  return list;
}

/**
 * Builds what is in a box anew; a list of inputs that is open there stays open, and where it is scrolled to.
 * @param {HTMLElement} box
 * @param {() => void} build
 */
export function keepingChoice(box, build) {
  const before = box.querySelector(".input-choice"), isOpen = before instanceof HTMLDetailsElement && before.open;
  const scrolled = before?.lastElementChild?.scrollTop ?? 0;
  build();
  const after = box.querySelector(".input-choice");
  if (!isOpen || !(after instanceof HTMLDetailsElement)) return;
  after.open = true;
  if (after.lastElementChild) after.lastElementChild.scrollTop = scrolled;
}
