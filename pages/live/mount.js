// Takes what is sent to a view (player, stage or board). Its code comes once with the page, so that it needn't travel
// with every message.

import { offered, registered } from "./kit/registry.js";

/**
 * A view that is on the page: it takes payloads, and sends requests by `trigger`.
 * @typedef {object} View
 * @property {(name: string, value: unknown) => void} trigger
 * @property {(payload: Uint8Array) => void} receive
 * @property {() => void} wake begins to draw and to listen
 * @property {() => void} rest stops that
 */
/** @typedef {{ view: View, nodes: Node[] }} Parked a view without an element, with the nodes that it draws on */
/** @typedef {HTMLElement & { view?: View, latest: () => void, waiting?: () => void }} Host */
/** @typedef {{ data: Uint8Array | null, parentElement: Host, setTriggerValue: View["trigger"] }} Message */

const KEEP_PARKED = 2000; // ms

/**
 * Makes the function that Streamlit calls for each message to the view of this name.
 * @param {string} name
 * @returns {(message: Message) => () => void}
 */
export function mount(name) {
  const key = registered(name), parking = key + "-parked";
  /** @type {Record<string, any>} */
  const page = globalThis;

  // In a slow browser Streamlit may replace the host element: the view moves to the new one and keeps playing.
  /** @param {Host} host @returns {View} */
  function enter(host) {
    /** @type {Parked | undefined} */
    const parked = page[parking];
    if (!parked) return /** @type {import("./kit/registry.js").Start} */ (offered(name))(host);
    delete page[parking];
    host.replaceChildren(...parked.nodes);
    parked.view.wake();
    return parked.view;
  }

  /** @param {Host} host */
  function leave(host) {
    const { view } = host;
    if (!view) return;
    delete host.view;
    view.rest();
    view.trigger = () => {};
    const parked = { view, nodes: [...host.childNodes] };
    page[parking] = parked;
    setTimeout(() => { if (page[parking] === parked) delete page[parking]; }, KEEP_PARKED);
  }

  return ({ data, parentElement: host, setTriggerValue }) => {
    host.latest = () => {
      const view = host.view || (host.view = enter(host));
      view.trigger = setTriggerValue;
      if (data && data.length) view.receive(data);
    };
    if (offered(name)) host.latest();
    else if (!host.waiting) {
      const waiting = host.waiting = () => host.latest();
      page.addEventListener(key, waiting, { once: true });
    }
    return () => {
      if (host.isConnected) return; // in a slow browser it is also called for a message that was overtaken
      if (host.waiting) page.removeEventListener(key, host.waiting);
      leave(host);
    };
  };
}
