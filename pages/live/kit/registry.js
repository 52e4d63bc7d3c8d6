// Where a view's code, which comes once with the page, meets what mounts it.

/** @typedef {import("../mount.js").View} View */
/** @typedef {(host: HTMLElement) => View} Start puts a view into an element */

/** @type {Record<string, any>} */
const page = globalThis;

/** Its name among the globals and events of the page. @param {string} view */
export const registered = (view) => "backprop-" + view;

/** Offers the code of a view, now or anew. @param {string} view @param {Start} start */
export function offer(view, start) {
  page[registered(view)] = start;
  page.dispatchEvent(new Event(registered(view)));
}

/** The code of a view, if it has come. @param {string} view @returns {Start | undefined} */
export const offered = (view) => page[registered(view)];
