// Choosing a cell by pointer and keyboard: the cells are one radio group, of which the Tab key reaches one.

/** @typedef {import("./types.js").Sweep} Sweep */

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * The place that a key leads to, or "" where there is none.
 * @param {Sweep} sweep
 * @param {string} place "row,column"
 * @param {string} key
 */
export function placeBeside({ cells }, place, key) {
  if (key === "Home" || key === "End") {
    const { row, column } = cells[key === "Home" ? 0 : cells.length - 1];
    return `${row},${column}`;
  }
  const step = Object.entries(STEPS).find(([name]) => name === key)?.[1];
  const [row, column] = place.split(",").map(Number);
  if (!step) return "";
  const next = cells.find((cell) => cell.row === row + step[0] && cell.column === column + step[1]);
  return next ? `${next.row},${next.column}` : "";
}

/**
 * Lets cells be chosen; a press of Enter on the chosen one goes to its link.
 * @param {HTMLElement} grid
 * @param {() => Sweep} sweep
 * @param {(place: string) => void} choose
 * @param {() => void} goOn
 */
export function letChoose(grid, sweep, choose, goOn) {
  /** @param {Event} event */
  const placeAt = ({ target }) =>
    (target instanceof Element ? target.closest("[data-place]")?.getAttribute("data-place") : "");
  grid.onclick = (event) => {
    const place = placeAt(event);
    if (place) choose(place);
  };
  grid.onkeydown = (event) => {
    const place = placeAt(event);
    if (!place || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      choose(place);
      if (event.key === "Enter") goOn();
      return;
    }
    const next = placeBeside(sweep(), place, event.key);
    if (!next) return;
    event.preventDefault();
    choose(next);
    const node = grid.querySelector(`[data-place="${next}"]`);
    if (node instanceof SVGElement) node.focus();
  };
}
