// Strips: the final loss of every run, cell beside cell.

import { cellNode } from "./grid.js";
import { decadeText, lossAxisOf } from "./loss-axis.js";
import { DOTTED, box, label, stroke } from "./svg.js";
import { countText, lossSaid } from "./words.js";

/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {import("./types.js").Ink} Ink */
/** @typedef {import("./types.js").Sweep} Sweep */
/** @typedef {import("./loss-axis.js").LossAxis} LossAxis */

const LEFT = 64, TOP = 34, PLOT = 300, FEET = 76, LEAST_STRIP = 60, MOST_STRIP = 150, GAP = 14, MARK = 8; // px

/**
 * The marks of a cell's runs, each as near to the middle as there is room.
 * @param {Cell} cell
 * @param {number} center
 * @param {number} width
 * @param {LossAxis} axis
 */
function marksOf({ runs = [] }, center, width, axis) {
  /** @type {[number, number][]} */
  const taken = [];
  const most = Math.max(0, Math.floor((width / 2 - MARK) / (MARK + 2)));
  return runs.map(({ loss, succeeded }) => {
    const y = TOP + PLOT * axis.share(loss);
    let dx = 0;
    for (let k = 0; k <= 2 * most; k++) {
      dx = (k % 2 ? 1 : -1) * Math.ceil(k / 2) * (MARK + 2);
      if (!taken.some(([x, at]) => x === dx && Math.abs(at - y) < MARK + 1)) break;
    }
    taken.push([dx, y]);
    return box(center + dx - MARK / 2, y - MARK / 2, MARK, MARK, {
      "fill": succeeded ? "var(--test)" : "var(--bg)", "stroke": "var(--test)", "stroke-width": 1.6,
    });
  });
}

/**
 * @param {Sweep} sweep
 * @param {number} width
 * @param {Ink} ink
 * @returns {import("./types.js").Picture}
 */
export function drawStrips(sweep, width, ink) {
  const axis = lossAxisOf(sweep, true), columns = sweep.across.values.length;
  const rows = sweep.down ? sweep.down.values.length : 1, gaps = GAP * (rows - 1);
  const strip = Math.min(MOST_STRIP, Math.max(LEAST_STRIP, (width - LEFT - 12 - gaps) / (columns * rows)));
  const end = LEFT + strip * columns * rows + gaps, foot = TOP + PLOT + 14;
  /** @type {Node[]} */
  const parts = axis.ticks.flatMap((tick) => {
    const y = TOP + PLOT * axis.share(tick);
    const line = stroke(`M${LEFT},${y}H${end}`, { "stroke": "var(--line)" });
    return [line, label(LEFT - 8, y + 5, decadeText(tick), { anchor: "end" })];
  });
  parts.push(label(LEFT - 8, 20, "median", { anchor: "end" }));
  for (const cell of sweep.cells) {
    const x = LEFT + (strip * columns + GAP) * cell.row + strip * cell.column, center = x + strip / 2;
    const room = { x, y: 2, width: strip, height: foot + 40 };
    const look = { anchor: /** @type {const} */ ("middle"), fill: "ink" };
    const middle = cell.quartiles ? cell.quartiles[1] : null, y = TOP + PLOT * axis.share(middle);
    const drawn = cell.count ? [
      label(center, 20, lossSaid(middle), { ...look, bold: true, room: strip - 4 }),
      ...marksOf(cell, center, strip, axis),
      stroke(`M${center - strip * 0.4},${y}h${strip * 0.8}`, { "stroke": "var(--ink)", "stroke-width": 3.5 }),
      label(center, foot + 8, countText(cell), { ...look, bold: true, room: strip - 4 }),
    ] : [];
    parts.push(cellNode(sweep, cell, room, ink, drawn));
    parts.push(label(center, foot + 32, sweep.across.values[cell.column], { ...look, size: 15, room: strip - 6 }));
  }
  const mark = TOP + PLOT * axis.share(sweep.success);
  parts.push(stroke(`M${LEFT},${mark}H${end}`, DOTTED));
  if (sweep.down) {
    sweep.down.values.forEach((text, row) => {
      const x = LEFT + (strip * columns + GAP) * row, wide = strip * columns;
      parts.push(stroke(`M${x + 4},${foot + 44}h${wide - 8}`),
        label(x + wide / 2, foot + 66, text, { size: 16, bold: true, anchor: "middle", fill: "ink", room: wide - 6 }));
    });
  }
  return { width: end + 12, height: TOP + PLOT + FEET + (sweep.down ? 10 : -14), parts };
}

/** What the signs mean. @param {Sweep} sweep */
export function stripsKey({ success, across, judged, caveat }) {
  const full = [box(8, 4, MARK, MARK, { "fill": "var(--test)", "stroke": "var(--test)", "stroke-width": 1.6 })];
  const open = [box(8, 4, MARK, MARK, { "fill": "var(--bg)", "stroke": "var(--test)", "stroke-width": 1.6 })];
  const bar = [stroke("M0,8H30", { "stroke": "var(--ink)", "stroke-width": 3.5 })];
  const keys = [
    { swatch: full, text: `${success} or less` }, { swatch: open, text: "more" }, { swatch: bar, text: "median" },
  ];
  const note = `One mark is one seed, on a log scale. Below: how many seeds are at or below ${success}, ` +
    `and ${across.label}. What lies beyond the axis stands at its end. ${caveat}`;
  return { title: `Final ${judged} of every run`, keys, note };
}
