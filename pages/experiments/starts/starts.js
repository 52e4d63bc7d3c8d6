// The presets of sweeps: each is a question, and begins with a press.

import { element, find } from "../../live/kit/elements.js";
import { holdToLesson } from "../../live/kit/lesson.js";

/** @typedef {{ name: string, label: string, question: string }} Start */
/** @typedef {{ items: Start[], chosen: string, held: string[] }} Data */
/**
 * @typedef {object} Message
 * @property {Data} data
 * @property {ParentNode} parentElement
 * @property {(name: "preset", value: string) => void} setTriggerValue
 */

/** @param {HTMLElement} root @param {Element} ground its colour is the page's */
function followGround(root, ground) {
  const [r, g, b] = (getComputedStyle(ground).backgroundColor.match(/[\d.]+/g) || []).map(Number);
  root.dataset.theme = 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
}

/** @param {Start} start */
function buttonOf({ name, label, question }) {
  const attributes = { "type": "button", "data-action": "preset", "data-name": name };
  return element("button", attributes, element("b", {}, label), element("span", {}, question));
}

/**
 * What Streamlit calls for each message.
 * @param {Message} message
 */
export function render({ data, parentElement, setTriggerValue }) {
  const root = find(parentElement, ".starts"), ground = find(root, ".ground"), items = find(root, ".items");
  if (!items.children.length) {
    holdToLesson(root);
    items.append(...data.items.map(buttonOf));
  }
  for (const item of items.children) {
    item.setAttribute("aria-pressed", String(item.getAttribute("data-name") === data.chosen));
  }
  find(root, ".held").replaceChildren(...data.held.map((words) => element("li", {}, words)));
  followGround(root, ground);
  ground.ontransitionend = () => followGround(root, ground);
  items.onclick = ({ target }) => {
    const name = target instanceof Element ? target.closest("button")?.dataset.name : undefined;
    if (name) setTriggerValue("preset", name);
  };
}
