// Small multiples: in each cell the median curve with its quartiles, and the map of the median run.

import { mapParts } from "./cell-map.js";
import { cellNode, columnNames, layoutOf, rowName, squares } from "./grid.js";
import { decadeText, lossAxisOf } from "./loss-axis.js";
import { DOTTED, box, label, stroke, widthOf } from "./svg.js";
import { countText } from "./words.js";

/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {import("./types.js").Ink} Ink */
/** @typedef {import("./types.js").Sweep} Sweep */
/** @typedef {import("./loss-axis.js").LossAxis} LossAxis */

const HEAD = 28, PAD = 6, BETWEEN = 10, BESIDE = 150; // px
const DASHED = { "stroke": "var(--test)", "stroke-width": 2.2, "stroke-dasharray": "6 3" };
const SIDES = [250, 150, 110, 92], LOW_CURVE = 76; // of the maps: smaller where there are more rows

/** The places of curve and map in a cell, from its corner. @param {number} width @param {number} rows */
function partsOf(width, rows) {
  const inner = width - 2 * PAD;
  if (inner >= BESIDE) {
    const side = Math.min(SIDES[Math.min(rows, SIDES.length) - 1], (inner - BETWEEN) / 2);
    const curve = inner - BETWEEN - side;
    return { curve, low: side, map: PAD + curve + BETWEEN, down: HEAD, side, height: HEAD + side + PAD };
  }
  const down = HEAD + LOW_CURVE + 8;
  return { curve: inner, low: LOW_CURVE, map: PAD, down, side: inner, height: down + inner + PAD };
}

/**
 * @param {Cell} cell
 * @param {{ x: number, y: number, width: number, height: number }} room of the axes
 * @param {LossAxis} axis
 * @param {number} success
 * @param {number} epochs
 */
function curveParts({ curve, moments }, { x, y, width, height }, axis, success, epochs) {
  if (!curve || !moments) return [];
  /** @param {(number | null)[]} losses */
  const points = (losses) => losses.map((loss, k) => {
    const across = x + width * (moments[k] / epochs), up = y + height * axis.share(loss);
    return `${across.toFixed(1)},${up.toFixed(1)}`;
  });
  const [low, middle, high] = curve.map(points), mark = y + height * axis.share(success);
  /** @param {number} tick */
  const line = (tick) => `M${x},${(y + height * axis.share(tick)).toFixed(1)}h${width}`;
  const lines = axis.ticks.slice(0, -1).map(line);
  const band = { "fill": "var(--test)", "fill-opacity": 0.2, "stroke": "none" };
  return [
    stroke(lines.join(""), { "stroke": "var(--line)" }),
    stroke(`M${[...high, ...low.reverse()].join("L")}Z`, band),
    stroke(`M${x},${mark}h${width}`, DOTTED),
    stroke(`M${middle.join("L")}`, DASHED),
    stroke(`M${x},${y}v${height}h${width}`),
  ];
}

/**
 * How many have succeeded, in words and squares.
 * @param {Cell} cell
 * @param {number} x
 * @param {number} y
 * @param {number} width
 */
function countParts(cell, x, y, width) {
  const { count, wanted, successes = 0 } = cell, running = count < wanted;
  const brief = countText(cell), whole = running ? brief : `${brief} succeeded`;
  const text = widthOf(whole, 16) + 11 * wanted <= width - 3 * PAD ? whole : brief;
  const fill = running ? "accent" : "ink", size = width < 90 ? 13 : 15;
  /** @type {Node[]} */
  const parts = [label(x + PAD, y + 20, text, { size, bold: true, fill, room: width - PAD })];
  const free = width - 3 * PAD - widthOf(text, 16);
  if (!running && 11 * wanted <= free) parts.push(...squares(x + width - PAD, y + 10, successes, wanted));
  return parts;
}

/**
 * @param {Sweep} sweep
 * @param {number} width
 * @param {Ink} ink
 * @returns {import("./types.js").Picture}
 */
export function drawMultiples(sweep, width, ink) {
  const layout = layoutOf(sweep, width, 36), axis = lossAxisOf(sweep, false);
  const rows = sweep.down ? sweep.down.values.length : 1, part = partsOf(layout.cell, rows);
  const every = part.height + 10 + layout.over;
  /** @type {Node[]} */
  const parts = columnNames(sweep, layout);
  /** @param {number} row */
  const top = (row) => layout.above + layout.over + every * row;
  for (let row = 0; row < rows; row++) {
    const y = top(row);
    parts.push(...rowName(sweep, row, layout, { y, height: part.height }));
    for (const tick of axis.ticks) {
      const at = y + HEAD + part.low * axis.share(tick) + 5;
      parts.push(label(layout.left + PAD - 6, at, decadeText(tick), { anchor: "end", size: 13 }));
    }
  }
  for (const cell of sweep.cells) {
    const x = layout.left + layout.cell * cell.column, y = top(cell.row);
    const room = { x, y, width: layout.cell, height: part.height };
    const axes = { x: x + PAD, y: y + HEAD, width: part.curve, height: part.low };
    const drawn = cell.count && cell.map ? [
      ...countParts(cell, x, y, layout.cell), ...curveParts(cell, axes, axis, sweep.success, sweep.epochs),
      ...mapParts(cell.map, x + part.map, y + part.down, part.side, ink),
    ] : [];
    parts.push(cellNode(sweep, cell, room, ink, drawn));
  }
  const end = top(rows) - layout.over;
  for (let k = 0; k < sweep.across.values.length; k++) {
    parts.push(...underAxes(sweep, layout.left + layout.cell * k, end, part));
  }
  return { width: layout.width, height: end + 18, parts };
}

/**
 * The ends of the axes, under the last row.
 * @param {Sweep} sweep
 * @param {number} x
 * @param {number} y
 * @param {ReturnType<typeof partsOf>} part
 */
function underAxes({ epochs, domain, inputs }, x, y, part) {
  if (part.down > HEAD) {
    return [label(x + PAD + part.curve / 2, y + 8, `0 … ${epochs}`, { anchor: "middle", size: 13 })];
  }
  const start = x + PAD, map = x + part.map, edge = domain === null ? "" : String(+domain.toPrecision(3));
  return [
    label(start, y + 8, "0", { size: 13 }),
    label(start + part.curve / 2, y + 8, "epoch", { size: 13, anchor: "middle", room: part.curve - 40 }),
    label(start + part.curve, y + 8, String(epochs), { size: 13, anchor: "end" }),
    ...(edge ? [
      label(map, y + 8, `−${edge}`, { size: 13 }),
      label(map + part.side / 2, y + 8, inputs[0], { size: 14, anchor: "middle", fill: "ink", room: part.side - 40 }),
      label(map + part.side, y + 8, edge, { size: 13, anchor: "end" }),
    ] : []),
  ];
}

/** What the signs mean. @param {Sweep} sweep */
export function multiplesKey({ success, inputs, domain, epochs, judged, caveat }) {
  const swatch = [
    box(0, 1, 30, 14, { "fill": "var(--test)", "fill-opacity": 0.2 }),
    stroke("M0,8H30", DASHED),
  ];
  const dots = [stroke("M0,8H30", DOTTED)];
  const maps = domain === null ? "Maps: each over the range of its own data. Same seeds and curves’ axes in all cells."
    : `Maps: ${inputs.join(" across and ")} up, −${domain} to ${domain}. Same seeds, axes and colours in all cells.`;
  const note = `Curves: epochs 0 to ${epochs}, loss on a log scale. ${maps} ${caveat}`;
  const keys = [
    { swatch, text: `median ${judged}; band: middle half of the seeds` },
    { swatch: dots, text: `success: ${success} or less` },
  ];
  return { title: "Median run of each cell", keys, note };
}
