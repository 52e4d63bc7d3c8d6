// Keeps a view's buttons in sight on a phone: where they stick to the window's edge, they stay there beside the rest of
// the page too.

import { element } from "./elements.js";

/**
 * Whether a bar leaves its view, whose lower edge has come so near to the window's upper one that it has no room left.
 * @param {string} position of the bar, as CSS has it: only where it would stick may it leave
 * @param {number} top px from the window's upper edge, where it sticks
 * @param {number} height px of it
 * @param {number} end px from the window's upper edge to the view's lower one
 */
export const leavesView = (position, top, height, end) =>
  (position === "sticky" || position === "fixed") && end < top + height;

/** Where the box ends that a bar sticks in, in px from the window's upper edge. @param {HTMLElement} bar */
function endOf(bar) {
  let view = bar.parentElement;
  while (view?.parentElement && getComputedStyle(view).display === "contents") view = view.parentElement;
  return view ? view.getBoundingClientRect().bottom : Infinity;
}

/**
 * Fixes a bar (data-docked) to the window while its view is above it. The style sheet says how that looks, and in which
 * layouts it sticks; elsewhere nothing happens. What takes its place in the view keeps all else where it is.
 * @param {HTMLElement} bar
 * @returns {() => void} ends it
 */
export function keepInSight(bar) {
  const place = element("div", { "class": "place-of-bar", "aria-hidden": "true" });
  let frame = 0;

  function undock() {
    if (!bar.hasAttribute("data-docked")) return;
    place.remove();
    bar.removeAttribute("data-docked");
    bar.style.removeProperty("left");
    bar.style.removeProperty("width");
  }
  /** @param {number} height px that the bar had in its view */
  function dock(height) {
    if (!bar.hasAttribute("data-docked")) {
      place.style.height = height + "px";
      bar.before(place);
      bar.setAttribute("data-docked", "");
    }
    const { left, width } = place.getBoundingClientRect();
    bar.style.left = left + "px";
    bar.style.width = width + "px";
  }
  function look() {
    frame = 0;
    const { position, top } = getComputedStyle(bar), height = (place.isConnected ? place : bar).offsetHeight;
    if (leavesView(position, parseFloat(top), height, endOf(bar))) dock(height);
    else undock();
  }
  const soon = () => { frame ||= requestAnimationFrame(look); };
  const listening = { capture: true, passive: true }; // the page scrolls in an element of Streamlit's
  document.addEventListener("scroll", soon, listening);
  addEventListener("resize", soon);
  soon();
  return () => {
    cancelAnimationFrame(frame);
    document.removeEventListener("scroll", soon, listening);
    removeEventListener("resize", soon);
    undock();
  };
}
