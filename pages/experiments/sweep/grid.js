// The grid of cells: the headings at its edges, and each cell as something to choose.

import { svgElement } from "../../live/kit/elements.js";
import { box, label, stroke, widthOf } from "./svg.js";
import { emptyText, placeOf, spokenOf } from "./words.js";

/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {import("./types.js").Ink} Ink */
/** @typedef {import("./types.js").Sweep} Sweep */
/** @typedef {{ x: number, y: number, width: number, height: number }} Room px */

export const NARROW = 620; // px: below, a row's name stands above its cells
const MOST_NAME = 130, LEAST_CELL = 70;

/**
 * Where the cells stand.
 * @typedef {object} Layout
 * @property {number} left of the cells
 * @property {number} name px for the rows' names
 * @property {number} cell width of one
 * @property {number} above of the first row
 * @property {number} over of each row, for its name
 * @property {boolean} narrow
 * @property {number} width of all
 */

/**
 * @param {Sweep} sweep
 * @param {number} width px that there are
 * @param {number} ticks px for the numbers at the left
 * @param {number} [widest] px of a cell
 * @returns {Layout}
 */
export function layoutOf({ down, across }, width, ticks, widest = 440) {
  const narrow = width < NARROW, names = down ? [down.label, ...down.values] : [];
  const name = narrow ? 0 : Math.min(MOST_NAME, 14 + Math.max(0, ...names.map((text) => widthOf(text, 16))));
  const left = 10 + name + ticks, count = across.values.length;
  const cell = Math.min(widest, Math.max(LEAST_CELL, (width - left - 10) / count));
  return { left, name, cell, above: 46, over: narrow && down ? 24 : 0, narrow, width: left + cell * count + 10 };
}

/** The names of the columns. @param {Sweep} sweep @param {Layout} layout */
export function columnNames({ down, across }, { left, name, cell, narrow, width }) {
  const parts = [label(left, 18, across.label, { room: width - left })];
  across.values.forEach((text, k) => {
    parts.push(label(left + cell * (k + 0.5), 38, text,
      { size: 16, bold: true, anchor: "middle", fill: "ink", room: cell - 6 }));
  });
  if (down && !narrow) parts.push(label(10, 38, down.label, { room: name }));
  return parts;
}

/**
 * The name of a row, and a line above it.
 * @param {Sweep} sweep
 * @param {number} row
 * @param {Layout} layout
 * @param {{ y: number, height: number }} room
 */
export function rowName({ down }, row, layout, { y, height }) {
  /** @type {Node[]} */
  const parts = [stroke(`M10,${y - layout.over}H${layout.width - 10}`, { "stroke": "var(--line)" })];
  const room = layout.narrow ? layout.width - 20 : layout.name;
  const look = { size: 16, bold: true, fill: "ink", room };
  if (down) parts.push(label(10, layout.narrow ? y - 6 : y + height / 2 + 5, down.values[row], look));
  return parts;
}

/**
 * A cell: what is drawn in it, or that it waits, under a frame by which it is chosen.
 * @param {Sweep} sweep
 * @param {Cell} cell
 * @param {Room} room
 * @param {Ink} ink
 * @param {Node[]} drawn nothing where no run is done
 */
export function cellNode(sweep, cell, { x, y, width, height }, ink, drawn) {
  const place = placeOf(cell), chosen = place === ink.chosen;
  const parts = drawn.length ? drawn : [
    box(x + 6, y + 6, width - 12, height - 12, {
      "rx": 6, "fill": "none", "stroke": "var(--ink3)", "stroke-dasharray": "4 4",
    }),
    label(x + width / 2, y + height / 2 + 5, emptyText(sweep, cell), { anchor: "middle", room: width - 16 }),
  ];
  const state = cell.refusal ? "refused" : !cell.count ? "waiting" : cell.count < cell.wanted ? "running" : "done";
  return svgElement("g", {
    "role": "radio", "aria-checked": chosen, "tabindex": chosen ? 0 : -1, "aria-label": spokenOf(sweep, cell),
    "data-role": "cell", "data-place": place, "data-state": state,
  }, ...parts, box(x + 2, y + 2, width - 4, height - 4, { "class": "frame", "rx": 8, "fill": "transparent" }));
}

/**
 * A row of filled and open squares, one for each seed.
 * @param {number} right
 * @param {number} y
 * @param {number} filled
 * @param {number} all
 */
export function squares(right, y, filled, all) {
  return Array.from({ length: all }, (_, k) => box(right - 11 * (all - k) + 2, y, 8, 8, {
    "rx": 2, "fill": k < filled ? "var(--ink)" : "none", "stroke": "var(--ink2)",
  }));
}
