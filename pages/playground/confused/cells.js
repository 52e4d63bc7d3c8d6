// Lays the cells of a confusion matrix over its chart: by keyboard they are options of a list, the mouse presses the
// chart itself.

import { element } from "../../live/kit/elements.js";
import { wayOf } from "../../live/kit/keys.js";

/**
 * A matrix as the server sends it.
 * @typedef {object} Matrix
 * @property {"train" | "test"} part of the data
 * @property {string} chart the key of its chart
 * @property {string} name what it is for, in words
 * @property {string[][]} cells each in words, a row for each true class
 */
/** @typedef {[part: string, true: number, predicted: number]} Cell */
/** @typedef {{ target: Element, x: number, y: number }} Press where something was pressed */
/** @typedef {ReturnType<typeof makeCells>} Cells */

const BESIDE = 40; // px beside a cell that are seen too
const FAR = 8; // px: a pointer that goes further before it is lifted doesn't press

/**
 * Listens, until the returned function is called, for presses anywhere. A chart makes no clicks of touches, and lays
 * something over itself while it is pressed: the pointer itself is watched.
 * @param {(press: Press) => void} pressed
 */
export function listenForPresses(pressed) {
  /** @type {Press | null} */
  let begun = null;
  const stop = new AbortController(), until = { signal: stop.signal, capture: true };
  document.addEventListener("pointerdown", ({ target, clientX: x, clientY: y, isPrimary, button }) => {
    begun = isPrimary && button === 0 && target instanceof Element ? { target, x, y } : null;
  }, until);
  document.addEventListener("pointercancel", () => { begun = null; }, until);
  document.addEventListener("pointerup", ({ clientX, clientY }) => {
    const press = begun;
    begun = null;
    if (press && Math.hypot(clientX - press.x, clientY - press.y) < FAR) pressed(press);
  }, until);
  return () => stop.abort();
}

/** What a chart is scrolled in, if it is wide. @param {string} chart */
const scrollerOf = (chart) => document.querySelector(`.st-key-confusion_wide:has(.st-key-${chart})`);

/** Where the cells of a chart lie on the screen, or null while it isn't drawn. @param {string} chart */
function plotArea(chart) {
  const area = document.querySelector(`.st-key-${chart} .js-plotly-plot .nsewdrag`)?.getBoundingClientRect();
  return area?.width ? area : null;
}

/**
 * Which of count × count cells of an area lies under a place of the screen, or null.
 * @param {Pick<DOMRect, "left" | "top" | "width" | "height">} area
 * @param {number} count
 * @param {number} x
 * @param {number} y
 * @returns {[row: number, column: number] | null}
 */
export function cellUnder(area, count, x, y) {
  const row = Math.floor(((y - area.top) / area.height) * count);
  const column = Math.floor(((x - area.left) / area.width) * count);
  return [row, column].every((k) => k >= 0 && k < count) ? [row, column] : null;
}

/**
 * The cell beside another one, in the way of an arrow key; the same at an edge.
 * @param {number} count
 * @param {[row: number, column: number]} from
 * @param {[across: number, up: number]} way
 * @returns {[row: number, column: number]}
 */
export function cellBeside(count, [row, column], [across, up]) {
  /** @param {number} k */
  const within = (k) => Math.max(0, Math.min(count - 1, k));
  return [within(row - up), within(column + across)];
}

/**
 * @param {HTMLElement} node
 * @param {number} left px
 * @param {number} top
 * @param {number} width
 * @param {number} height
 */
function sizeBox(node, left, top, width, height) {
  for (const [side, value] of Object.entries({ left, top, width, height })) {
    node.style.setProperty(side, `${value}px`);
  }
}

/**
 * @param {HTMLElement} host what the cells are placed in
 * @param {Matrix} matrix
 * @param {(cell: Cell) => void} choose
 */
export function makeCells(host, { part, chart, name, cells }, choose) {
  const count = cells.length;
  let at = /** @type {[number, number]} */ ([0, 0]); // the cell that the keyboard comes to
  const nodes = cells.map((row) => row.map((text) => (
    element("div", { "class": "cell", "role": "option", "aria-label": text, "aria-selected": false, "tabindex": -1 })
  )));
  const style = `grid: repeat(${count}, 1fr) / repeat(${count}, 1fr)`;
  const list = element("div", { "class": "cells", "role": "listbox", "aria-label": name, style }, ...nodes.flat());
  const pane = element("div", { class: "matrix" }, list);

  /** @param {[number, number]} cell */
  function comeTo(cell) {
    nodes[at[0]][at[1]].setAttribute("tabindex", "-1");
    at = cell;
    nodes[at[0]][at[1]].setAttribute("tabindex", "0");
  }
  list.addEventListener("keydown", (event) => {
    const way = wayOf(event);
    if (way) {
      comeTo(cellBeside(count, at, way));
      bringIntoView(at[1]);
      nodes[at[0]][at[1]].focus({ preventScroll: scrollerOf(chart) !== null });
    } else if (event.key === "Enter" || event.key === " ") {
      choose([part, ...at]);
    } else {
      return;
    }
    event.preventDefault();
  });
  comeTo(at);

  /** Scrolls a wide chart so that a column is seen. @param {number} column */
  function bringIntoView(column) {
    const area = plotArea(chart), scroller = scrollerOf(chart), frame = scroller?.getBoundingClientRect();
    if (!area || !scroller || !frame) return;
    const left = area.left + (column * area.width) / count, right = left + area.width / count;
    if (left < frame.left) scroller.scrollLeft -= frame.left - left + BESIDE;
    else if (right > frame.right) scroller.scrollLeft += right - frame.right + BESIDE;
    place();
  }

  /** Lies over the chart, which may have moved; over the part that is seen of one that is scrolled. */
  function place() {
    const area = plotArea(chart), from = host.getBoundingClientRect();
    pane.hidden = !area;
    if (!area) return;
    const scroller = scrollerOf(chart), frame = scroller?.getBoundingClientRect() ?? area;
    pane.classList.toggle("scrolled", scroller !== null);
    const start = Math.max(area.left, frame.left), end = Math.min(area.right, frame.right);
    sizeBox(pane, start - from.left, area.top - from.top, Math.max(0, end - start), area.height);
    sizeBox(list, area.left - start, 0, area.width, area.height);
  }

  return {
    pane, place,
    /** @param {string[][]} texts @param {Cell | null} chosen */
    show(texts, chosen) {
      const [row, column] = chosen && chosen[0] === part ? chosen.slice(1).map(Number) : [-1, -1];
      nodes.forEach((nodesOfRow, i) => nodesOfRow.forEach((node, j) => {
        node.setAttribute("aria-label", texts[i][j]);
        node.setAttribute("aria-selected", String(i === row && j === column));
      }));
      if (row >= 0) comeTo([row, column]);
    },
    /** Chooses the cell under a press, if it is on the chart. @param {Press} press */
    press({ target, x, y }) {
      const area = plotArea(chart), cell = area && cellUnder(area, count, x, y);
      if (cell && target.closest(`.st-key-${chart} .js-plotly-plot`)) choose([part, ...cell]);
    },
  };
}
