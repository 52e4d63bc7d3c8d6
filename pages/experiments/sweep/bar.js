// The bar above the picture: how far the sweep is, the choice of the view, the buttons that save.

import { copyText } from "../../live/kit/copying.js";
import { element, find, findAs } from "../../live/kit/elements.js";
import { progressText } from "./words.js";

/** @typedef {import("./types.js").Sweep} Sweep */

const COPIED = 1600; // ms for which a button says so

/** @param {HTMLElement} root @param {Sweep} sweep */
function drawProgress(root, sweep) {
  const { done, total } = sweep, track = find(root, ".track");
  find(root, ".told").replaceChildren(element("b", {}, String(done)), progressText(sweep));
  track.setAttribute("aria-valuenow", String(done));
  track.setAttribute("aria-valuemax", String(total));
  track.style.setProperty("--share", `${total ? (100 * done) / total : 0}%`);
}

/** @param {HTMLElement} root @param {Sweep} sweep @param {string} view */
function drawViews(root, { views }, view) {
  const tabs = find(root, ".views");
  if (!tabs.children.length) {
    tabs.append(...views.map(({ name, label }) => element("button", {
      "type": "button", "aria-pressed": false, "data-action": "view", "data-name": name,
    }, label)));
  }
  for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab.getAttribute("data-name") === view));
}

/**
 * @param {HTMLElement} root
 * @param {Sweep} sweep
 * @param {string} view
 */
export function drawBar(root, sweep, view) {
  const { done, total, state, notice: said } = sweep, notice = find(root, ".notice");
  Object.assign(root.dataset, { done, total, state, view });
  drawProgress(root, sweep);
  drawViews(root, sweep, view);
  if (notice.textContent !== said) notice.textContent = said;
  notice.hidden = !said;
  for (const button of find(root, ".files").querySelectorAll("button")) {
    button.disabled = done === 0 && button.dataset.action !== "copy-link";
  }
}

/**
 * Copies the page's address; where even that is forbidden it is shown, selected, to be copied by hand.
 * @param {HTMLElement} root
 * @param {HTMLButtonElement} button says that it is copied
 */
async function copyAddress(root, button) {
  const place = find(root, ".address"), field = findAs(place, "input", HTMLInputElement);
  place.hidden = await copyText(location.href);
  if (place.hidden) {
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Link"; }, COPIED);
    return;
  }
  field.value = location.href;
  field.focus();
  field.select();
}

/** The button that was pressed. @param {Event} event */
const buttonAt = ({ target }) => (target instanceof Element ? target.closest("button") : null);

/**
 * @param {HTMLElement} root
 * @param {(view: string) => void} show
 * @param {(action: string) => void} save
 */
export function letPress(root, show, save) {
  find(root, ".views").onclick = (event) => {
    const name = buttonAt(event)?.dataset.name;
    if (name) show(name);
  };
  find(root, ".files").onclick = async (event) => {
    const button = buttonAt(event), action = button?.dataset.action || "";
    if (button && action === "copy-link") await copyAddress(root, button);
    else if (button) save(action);
  };
}
