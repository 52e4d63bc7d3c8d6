// Makes formulas that are a little too long for the panel fit it.

export const LEAST_SCALE = 0.78; // down to which a line shrinks; what is still too long breaks

/**
 * How much smaller a line's letters get: so that all of it fits, or, where that would be too small, its widest part.
 * @param {number} room px
 * @param {number[]} widths of its parts at full size
 */
export function lineScale(room, widths) {
  const gaps = 6 * widths.length + 12, all = widths.reduce((sum, width) => sum + width, 0) + gaps;
  const widest = Math.max(...widths) + 4;
  const wanted = room / all >= LEAST_SCALE ? room / all : room / widest;
  return wanted < 1 ? Math.max(LEAST_SCALE, Math.floor(wanted * 50) / 50) : 1;
}

/**
 * Measures every line in the panel anew.
 * @param {HTMLElement} panel
 */
export function fitLines(panel) {
  for (const line of panel.querySelectorAll(".eqn:not(.symbols)")) {
    if (!(line instanceof HTMLElement)) continue;
    line.style.removeProperty("--scale");
    const parts = [...line.children].filter((child) => !child.classList.contains("notation"));
    if (!parts.length || !line.clientWidth) continue;
    const scale = lineScale(line.clientWidth, parts.map((part) => part.getBoundingClientRect().width));
    if (scale < 1) line.style.setProperty("--scale", String(scale));
  }
}

/** Lets the keyboard reach, and so scroll, what is wider than its room. @param {HTMLElement} root */
export function reachScrollers(root) {
  for (const node of root.querySelectorAll(".figures figure, .eqn")) {
    if (node.scrollWidth > node.clientWidth) node.setAttribute("tabindex", "0");
    else node.removeAttribute("tabindex");
  }
}
