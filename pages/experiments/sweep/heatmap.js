// The heatmap: the median final loss of each cell, by lightness and in numbers.

import { cssColor, luminance, mixed, rgbOf } from "../../live/kit/colors.js";
import { cellNode, columnNames, layoutOf, rowName } from "./grid.js";
import { lossAxisOf } from "./loss-axis.js";
import { box, label } from "./svg.js";
import { countText, lossSaid } from "./words.js";

/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {import("./types.js").Ink} Ink */
/** @typedef {import("./types.js").Sweep} Sweep */

const ROW = 112, LOW_ROW = 84;

/** Black or white, whichever is easier to read on a ground. @param {number[]} ground */
const textOn = (ground) => (luminance(ground) > 0.18 ? "#000000" : "#ffffff");

/**
 * @param {Sweep} sweep
 * @param {number} width
 * @param {Ink} ink
 * @returns {import("./types.js").Picture}
 */
export function drawHeatmap(sweep, width, ink) {
  const layout = layoutOf(sweep, width, 0, 260), axis = lossAxisOf(sweep, true), height = layout.narrow ? LOW_ROW : ROW;
  const rows = sweep.down ? sweep.down.values.length : 1, every = height + layout.over;
  const light = rgbOf(ink.colors.field), dark = rgbOf(ink.colors.ink);
  /** @type {Node[]} */
  const parts = columnNames(sweep, layout);
  for (let row = 0; row < rows; row++) {
    const y = layout.above + layout.over + every * row;
    parts.push(...rowName(sweep, row, layout, { y, height }));
  }
  for (const cell of sweep.cells) {
    const room = {
      x: layout.left + layout.cell * cell.column, y: layout.above + layout.over + every * cell.row,
      width: layout.cell, height,
    };
    const ground = mixed(light, dark, 0.05 + 0.85 * (1 - axis.share(cell.quartiles ? cell.quartiles[1] : null)));
    const drawn = cell.count ? cellParts(sweep, cell, room, ground) : [];
    parts.push(cellNode(sweep, cell, room, ink, drawn));
  }
  return { width: layout.width, height: layout.above + every * rows + 8, parts };
}

/**
 * @param {Sweep} sweep
 * @param {Cell} cell
 * @param {{ x: number, y: number, width: number, height: number }} room
 * @param {number[]} ground
 */
function cellParts({ success }, cell, { x, y, width, height }, ground) {
  const [low, middle, high] = cell.quartiles || [null, null, null], fill = textOn(ground);
  const won = middle !== null && middle <= success, center = x + width / 2, wide = width > 130, small = width < 90;
  const look = { anchor: /** @type {const} */ ("middle"), fill, room: width - 12 };
  const parts = [
    box(x + 4, y + 4, width - 8, height - 8, {
      "rx": 6, "fill": cssColor(ground), "stroke": won ? "var(--ink)" : "var(--line)", "stroke-width": won ? 3 : 1,
    }),
    label(center, y + height / 2 - 4, lossSaid(middle), { ...look, size: wide ? 26 : small ? 15 : 18, bold: true }),
    label(center, y + height / 2 + 18, (won && !small ? "✓ " : "") + countText(cell),
      { ...look, size: small ? 13 : 15 }),
  ];
  if (wide) parts.push(label(center, y + height / 2 + 38, `${lossSaid(low)} to ${lossSaid(high)}`, look));
  return parts;
}

/** What the signs mean. @param {Sweep} sweep */
export function heatmapKey({ success, seeds, judged, caveat }) {
  const note = "The stronger the ground, the higher the loss, on a log scale. " +
    `The count says how many seeds are at or below ${success}; small figures: middle half of the seeds. ${caveat}`;
  const keys = [{ swatch: [], text: `✓ and thick frame: median ${success} or less` }];
  return { title: `Median final ${judged} of ${seeds} seeds`, keys, note };
}
