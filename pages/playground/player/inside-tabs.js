// The tabs of the inside views, and the layers to choose from.

import { element, focused } from "../../live/kit/elements.js";
import { layerName, shortLayerName } from "./inside-words.js";

/** @typedef {import("./inside-state.js").InsideKeeper} InsideKeeper */
/** @typedef {import("./types.js").Shown} Shown */

/** What a teacher's link calls opening a view. */
export const INSIDE_ACTION = "inside";

/**
 * The tabs: arrow keys lead from one to the next, and open it if any is open.
 * @param {HTMLElement} list
 * @param {InsideKeeper} keeper
 * @param {() => boolean} isOpen
 */
export function makeTabs(list, keeper, isOpen) {
  /** @type {HTMLButtonElement[]} */
  let tabs = [];
  /** @param {HTMLElement} tab */
  function go(tab) {
    tab.focus({ preventScroll: true });
    if (isOpen()) keeper.open({ view: tab.dataset.name || "" });
  }
  list.onkeydown = (event) => {
    const at = tabs.findIndex((tab) => tab === focused(list)), last = tabs.length - 1;
    /** @type {Record<string, number>} */
    const ways = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at > 0 ? at - 1 : last, Home: 0, End: last };
    if (at < 0 || !Object.hasOwn(ways, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(tabs[ways[event.key]]);
  };
  return {
    /** @param {{ name: string, label: string }[]} views */
    build(views) {
      if (tabs.length === views.length) return;
      tabs = views.map(({ name, label }) => {
        const tab = element("button", {
          "type": "button", "role": "tab", "data-action": INSIDE_ACTION, "data-name": name,
          "aria-controls": "inside-panel", "id": `inside-tab-${name}`,
        }, label);
        tab.onclick = () => keeper.open({ view: name });
        return tab;
      });
      list.replaceChildren(...tabs);
    },

    /** @param {string} view */
    show(view) {
      tabs.forEach((tab, k) => {
        const on = tab.dataset.name === view;
        tab.setAttribute("aria-selected", String(on));
        tab.tabIndex = on || (!view && k === 0) ? 0 : -1;
      });
    },
  };
}

/**
 * The layers to choose from.
 * @param {Shown} state
 * @param {InsideKeeper} keeper
 * @param {boolean} short
 */
export function layerButtons({ net }, keeper, short) {
  return net.layers.map((_, l) => {
    const name = layerName(net, l), text = short ? shortLayerName(net, l) : name, button = element("button", {
      "type": "button", "data-action": "inside-layer", "data-layer": l, "aria-label": short ? `${text}, ${name}` : name,
    }, text);
    button.onclick = () => keeper.open({ layer: l });
    return button;
  });
}
