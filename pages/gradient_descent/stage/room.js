// Finds how large the plane may be, so that the window shows it together with its title, transport and numbers.

const LEAST_ROOM = 220; // px: lower than that the plane shows too little, and the page scrolls
const PAGE_END = 8; // px below the numbers

/**
 * The height that is left for the plane, px.
 * @param {number} high the window
 * @param {number} above from the top of the page to the plane
 * @param {number} below from the plane to the end of the numbers below it
 */
export const planeRoom = (high, above, below) => Math.max(LEAST_ROOM, Math.round(high - above - below - PAGE_END));

/**
 * How wide the plane is, px: as wide as there is place, unless it would be too high.
 * @param {number} wide the place
 * @param {number} high the height that is left
 * @param {number} aspect width to height
 */
export const planeWidth = (wide, high, aspect) => Math.min(wide, Math.round(aspect * high));

/** Where an element begins, px from the top of the page, wherever that is scrolled to. @param {Element} element */
export function topOnPage(element) {
  let top = element.getBoundingClientRect().top;
  /** @type {Node | null} */
  let node = element;
  while (node) {
    if (node instanceof Element) top += node.scrollTop;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  return top;
}
