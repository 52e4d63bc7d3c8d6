// Knows when a link to another page has been pressed. Until that page comes a view must be silent: Streamlit joins the
// messages that wait into one run, of the page that the newest was sent from, and the press would be lost.

const WAITED_FOR = 10_000; // ms; a page that hasn't come by then won't

const PRESSED_LINK = "backprop-pressed-link";
/** @type {Record<string, any>} */
const shared = globalThis; // by all views, each of which has a copy of this code

/**
 * Where a link was pressed last, and when; null before the first, undefined before anybody watches.
 * @returns {{ from: string, at: number } | null | undefined}
 */
const pressedLink = () => shared[PRESSED_LINK];

/**
 * Whether a press on a link, without a key that opens a tab, leads to another page of this app.
 * @param {Pick<MouseEvent, "button" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">} event
 * @param {{ href: string, target: string } | null | undefined} link
 * @param {{ origin: string, pathname: string }} here
 */
export function leadsAway(event, link, here) {
  if (!link || link.target === "_blank") return false;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  const there = new URL(link.href);
  return there.origin === here.origin && there.pathname !== here.pathname;
}

/** Whether another page is on its way. */
export function isLeaving() {
  const link = pressedLink();
  if (!link) return false;
  const comes = location.pathname === link.from && performance.now() - link.at < WAITED_FOR;
  if (!comes) forget(); // so that who comes back at once finds a view that asks
  return comes;
}

function forget() { shared[PRESSED_LINK] = null; }

/** @param {MouseEvent} event */
function noteLink(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link && leadsAway(event, link, location)) {
    shared[PRESSED_LINK] = { from: location.pathname, at: performance.now() };
  }
}

/** Watches the links of the page from now on. */
export function listenForLinks() {
  if (pressedLink() !== undefined || !globalThis.document) return;
  forget();
  document.addEventListener("click", noteLink, true);
  addEventListener("popstate", forget);
}
