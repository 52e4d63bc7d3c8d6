// Strips: the final loss of every run, cell beside cell.

import { cellNode } from "./grid.js";
import { decadeText, lossAxisOf } from "./loss-axis.js";
import { GAP, LEFT, RIGHT, stripLines } from "./strip-lines.js";
import { DOTTED, box, label, stroke } from "./svg.js";
import { lossSaid, placeOf } from "./words.js";

/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {import("./types.js").Ink} Ink */
/** @typedef {import("./types.js").Sweep} Sweep */
/** @typedef {import("./loss-axis.js").LossAxis} LossAxis */

const TOP = 34, FEET = 66, NAMES = 24, BETWEEN_LINES = 14, MOST_STRIP = 150, MARK = 8, NEAR = 13; // px
const PLOTS = [300, 170]; // px of height, of a single line of strips and of each of several

/**
 * The marks of a cell's runs, each as near to the middle as there is room.
 * @param {Cell} cell
 * @param {number} center
 * @param {number} width
 * @param {(loss: number | null) => number} heightOf
 */
function marksOf({ runs = [] }, center, width, heightOf) {
  /** @type {[number, number][]} */
  const taken = [];
  const most = Math.max(0, Math.floor((width / 2 - MARK) / (MARK + 2)));
  return runs.map(({ loss, succeeded }) => {
    const y = heightOf(loss);
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
 * A line's axis: its ticks from the left to the right end, and the loss that counts as success.
 * @param {LossAxis} axis
 * @param {number} success
 * @param {number} end
 * @param {(loss: number | null) => number} heightOf
 */
function axisParts(axis, success, end, heightOf) {
  const mark = heightOf(success), look = { anchor: /** @type {const} */ ("end") };
  const parts = axis.ticks.flatMap((tick) => {
    const y = heightOf(tick), line = stroke(`M${LEFT},${y}H${end}`, { "stroke": "var(--line)" });
    return Math.abs(y - mark) < NEAR ? [line] : [line, label(LEFT - 8, y + 5, decadeText(tick), look)];
  });
  const named = label(LEFT - 8, mark + 5, String(success), { ...look, bold: true, fill: "ink", room: LEFT - 10 });
  return [...parts, named];
}

/** How many have succeeded; while runs are missing, how many are there. @param {Cell} cell */
const footText = ({ count, wanted, successes }) => (count < wanted ? `${count} run` : String(successes));

/**
 * @param {Sweep} sweep
 * @param {Cell} cell
 * @param {import("./grid.js").Room} room
 * @param {(loss: number | null) => number} heightOf
 * @param {Ink} ink
 */
function stripParts(sweep, cell, { x, y, width, height }, heightOf, ink) {
  const center = x + width / 2, look = { anchor: /** @type {const} */ ("middle"), fill: "ink" };
  const middle = cell.quartiles ? cell.quartiles[1] : null, at = heightOf(middle), foot = y + height;
  const drawn = cell.count ? [
    label(center, y + 18, lossSaid(middle), { ...look, size: width < 64 ? 13 : 14, bold: true, room: width - 2 }),
    ...marksOf(cell, center, width, heightOf),
    stroke(`M${center - width * 0.4},${at}h${width * 0.8}`, { "stroke": "var(--ink)", "stroke-width": 3.5 }),
    label(center, foot - 32, footText(cell), { ...look, bold: true, room: width - 2 }),
  ] : [];
  const name = label(center, foot - 10, sweep.across.values[cell.column], { ...look, room: width - 4 });
  return [cellNode(sweep, cell, { x, y, width, height }, ink, drawn), name];
}

/**
 * @param {Sweep} sweep
 * @param {number} width
 * @param {Ink} ink
 * @returns {import("./types.js").Picture}
 */
export function drawStrips(sweep, width, ink) {
  const axis = lossAxisOf(sweep, true), lines = stripLines(sweep, width), plot = PLOTS[lines.length > 1 ? 1 : 0];
  const strip = Math.min(MOST_STRIP, ...lines.map((groups) =>
    (width - LEFT - RIGHT - GAP * (groups.length - 1)) / groups.flat().length));
  const every = TOP + plot + FEET + (sweep.down ? NAMES : 0) + BETWEEN_LINES;
  const parts = lines.flatMap((groups, k) => lineParts(sweep, groups, { y: every * k, plot, strip }, axis, ink));
  return { width, height: every * lines.length - BETWEEN_LINES, parts };
}

/**
 * @param {Sweep} sweep
 * @param {Cell[][]} groups
 * @param {{ y: number, plot: number, strip: number }} place of the line, and the sizes of its plot and strips
 * @param {LossAxis} axis
 * @param {Ink} ink
 */
function lineParts(sweep, groups, { y, plot, strip }, axis, ink) {
  const end = LEFT + strip * groups.flat().length + GAP * (groups.length - 1), height = TOP + plot + FEET - 6;
  /** @param {number | null} loss */
  const heightOf = (loss) => y + TOP + plot * axis.share(loss);
  /** @type {Node[]} */
  const parts = [], ground = [], look = { anchor: /** @type {const} */ ("end") }, foot = y + height;
  let x = LEFT;
  for (const group of groups) {
    const first = x;
    for (const cell of group) {
      if (placeOf(cell) === ink.chosen) {
        ground.push(box(x + 2, y + 2, strip - 4, height - 4, { "rx": 8, "fill": "var(--accent-soft)" }));
      }
      parts.push(...stripParts(sweep, cell, { x, y, width: strip, height }, heightOf, ink));
      x += strip;
    }
    if (sweep.down) parts.push(...groupName(sweep.down.values[group[0].row], first, x, foot));
    x += GAP;
  }
  return [
    ...ground, ...axisParts(axis, sweep.success, end, heightOf),
    label(LEFT - 8, y + 18, "median", look), label(LEFT - 8, foot - 32, `of ${sweep.seeds}`, look), ...parts,
    stroke(`M${LEFT},${heightOf(sweep.success)}H${end}`, DOTTED),
  ];
}

/**
 * The row that strips share, under them.
 * @param {string} text
 * @param {number} x
 * @param {number} end
 * @param {number} y
 */
const groupName = (text, x, end, y) => [
  stroke(`M${x + 4},${y + 4}H${end - 4}`),
  label((x + end) / 2, y + 24, text, { size: 16, bold: true, anchor: "middle", fill: "ink", room: end - x - 6 }),
];

/** What the signs mean. @param {Sweep} sweep */
export function stripsKey({ success, seeds, across, down, judged, caveat }) {
  const full = [box(8, 4, MARK, MARK, { "fill": "var(--test)", "stroke": "var(--test)", "stroke-width": 1.6 })];
  const open = [box(8, 4, MARK, MARK, { "fill": "var(--bg)", "stroke": "var(--test)", "stroke-width": 1.6 })];
  const bar = [stroke("M0,8H30", { "stroke": "var(--ink)", "stroke-width": 3.5 })];
  const keys = [
    { swatch: full, text: `${success} or less` }, { swatch: open, text: "more" }, { swatch: bar, text: "median" },
  ];
  const names = down ? `${across.label} and ${down.label}` : across.label;
  const note = `One mark is one seed, on a log scale; all columns have the same ${seeds} seeds. Below: how many of ` +
    `them are at or below ${success}, and ${names}. What lies beyond the axis stands at its end. ${caveat}`;
  return { title: `Final ${judged} of every run`, keys, note };
}
