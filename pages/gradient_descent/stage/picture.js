// Saves the plane with its path, the step-size axis and the curves as a picture for a slide: PNG or SVG.

import { propertyOf } from "../../live/kit/colors.js";
import { saveFile } from "../../live/kit/download.js";
import { contextOf } from "../../live/kit/elements.js";
import { markPath } from "../../live/kit/shapes.js";
import { arrowKeys, curveKeys, SIGN_WIDTH, signPath } from "./legend.js";
import { onePiece, piecesOf } from "./pen.js";
import { pngPen } from "./pngpen.js";
import { isReady } from "./state.js";
import { svgPen } from "./svgpen.js";
import { plainText } from "./text.js";
import { curveTitle, mapTitle, NOT_TAKEN, numbersAt, raceTitle } from "./wording.js";

/** @typedef {import("./pen.js").Pen} Pen */
/** @typedef {import("./pen.js").Piece} Piece */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Racer} Racer */
/** @typedef {import("./types.js").Ready} Ready */
/** @typedef {import("./types.js").Stage} Stage */
/** @typedef {{ left: number, right: number, width: number, height: number }} Rect */
/** @typedef {{ label: Piece[], value: Piece[] }} Row of the table in a picture */

const ROW = 26; // px of height
const LEGEND = 24; // px of height of a legend that has no room beside its title

/**
 * Where the parts of a picture stand: axis on top, plane below it, curves with the table beside or below that.
 * @param {Rect} axis
 * @param {Rect} plane
 * @param {Rect} curves
 * @param {number} rows of the table
 * @param {boolean} racing a race always has its table
 */
export function layoutOf(axis, plane, curves, rows, racing) {
  const wide = curves.left > plane.right, listed = wide || racing, keyed = wide || racing ? 0 : LEGEND;
  const top = 62, below = racing ? top : top + axis.height + 8; // the axis belongs to the run
  const besides = plane.width + 24, floor = below + 30 + keyed + plane.height;
  const width = wide ? besides + curves.width + 12 : besides, [x, y] = wide ? [besides, below] : [0, floor + 8];
  const table = y + 28 + keyed + curves.height + 34, ends = listed ? table + ROW * rows : table - 34;
  return { wide, listed, keyed, top, below, x, y, table, width, height: Math.max(floor, ends + 4) + 34 };
}

/** @typedef {ReturnType<typeof layoutOf>} Layout */

/** @param {Header["theory"]["rows"][number]} row @returns {Row} */
function factRow(row) {
  if ("lines" in row) return { label: piecesOf(row.lines.join(", ")), value: [] };
  return { label: piecesOf(row.label), value: piecesOf(row.value) };
}

/** @param {Racer} racer @returns {Row} */
const racerRow = ({ label, setting, result, end }) =>
  ({ label: onePiece(setting ? `${label}, ${setting}` : label), value: onePiece(end ? `${result}, ${end}` : result) });

/**
 * What the table says: the theory, or who races, in how many steps, or to where.
 * @param {{ racing: boolean, header: Pick<Header, "race" | "theory"> }} state
 */
export const rowsOf = ({ racing, header: { race, theory } }) =>
  racing ? (race || []).map(racerRow) : theory.rows.map(factRow);

/** The two lines on top: what the run is, and the shown step. @param {Ready} state */
export function headingOf(state) {
  const { header, racing, k, last } = state;
  const title = racing ? raceTitle(header) : header.notice ? NOT_TAKEN : header.why.title;
  if (racing) return { title: plainText(title), step: `every rule at step ${k} of ${last}` };
  const numbers = numbersAt(state, header.dimension).map((pair) => pair.map(plainText).join(" = "));
  return { title: plainText(title), step: [`step ${k} of ${last}`, ...numbers].join(" · ") };
}

/**
 * @param {Pen} pen
 * @param {Ready} state
 * @param {Layout} layout
 * @param {CSSStyleDeclaration} style
 * @param {string[]} shapes
 */
function writeTable(pen, state, { x, table }, style, shapes) {
  const { racing, colors: { ink }, header: { theory, race_caption: caption } } = state;
  const title = racing ? caption : [theory.title, theory.near].filter(Boolean).join(" ");
  pen.write(onePiece(title), x + 16, table, { weight: 650, size: 16, color: ink });
  rowsOf(state).forEach(({ label, value }, k) => {
    const line = table + ROW * (k + 1);
    const mark = racing ? markPath(shapes[k], x + 22, line - 5, 5.5) : "";
    if (mark) pen.fill(mark, style.getPropertyValue(`--mark-${k}`).trim());
    pen.write(label, x + (racing ? 40 : 16), line, { weight: 400, size: 15, color: ink });
    pen.write(value, x + 330, line, { weight: 600, size: 15, color: ink });
  });
}

/**
 * What the signs in a drawing mean: at the right of its title, or below that where there is no room.
 * @param {Pen} pen
 * @param {import("./legend.js").Key[]} keys
 * @param {Ready["colors"]} colors
 * @param {CSSStyleDeclaration} style
 * @param {{ left: number, right: number, y: number, keyed: number }} place y: of the title
 */
function writeLegend(pen, keys, { font, ink }, style, { left, right, y, keyed }) {
  const ink2d = contextOf(document.createElement("canvas")), letters = { weight: 400, size: 14, color: ink };
  ink2d.font = `400 14px ${font}`;
  const widths = keys.map(({ text }) => SIGN_WIDTH + 22 + ink2d.measureText(plainText(text)).width);
  let x = keyed ? left : right - widths.reduce((sum, width) => sum + width, 0);
  keys.forEach((key, k) => {
    pen.fill(signPath(key, x, y + keyed - 5), propertyOf(style, `--${key.color}`));
    pen.write(onePiece(plainText(key.text)), x + SIGN_WIDTH + 6, y + keyed, letters);
    x += widths[k];
  });
}

/**
 * Draws all parts with a pen.
 * @param {Pen} pen
 * @param {Stage} stage
 * @param {Ready} state
 * @param {Layout} layout
 * @param {CSSStyleDeclaration} style
 */
async function drawParts(pen, { parts, shapes }, state, layout, style) {
  const { header, racing, colors } = state, { wide, keyed, top, below, x, y, width, height } = layout;
  const { axis, canvas, plane, curves } = parts, { title, step } = headingOf(state);
  /** @param {SVGSVGElement} svg */
  const shrink = (svg) => Math.min(1, width / svg.getBoundingClientRect().width);
  const small = { weight: 650, size: 16, color: colors.ink };
  pen.write(onePiece(title), 16, 30, { ...small, size: 22 });
  pen.write(onePiece(step), 16, 52, { weight: 400, size: 15, color: colors.ink2 });
  if (!racing) await pen.put(axis, 0, top, shrink(axis));
  pen.write(onePiece(mapTitle(header, racing)), 16, below + 18, small);
  const besides = wide ? x - 24 : width - 24, ground = below + 28 + keyed;
  const [arrows, lines] = racing ? [[], []] : [arrowKeys(header), curveKeys(header)];
  writeLegend(pen, arrows, colors, style, { left: 16, right: besides, y: below + 18, keyed });
  if (header.dimension === 2) pen.raster(canvas, 6 + canvas.offsetLeft, ground + canvas.offsetTop);
  await pen.put(plane, 6, ground, 1);
  pen.write(onePiece(plainText(curveTitle(header, racing, state.last))), x + 16, y + 18, small);
  writeLegend(pen, lines, colors, style, { left: x + 16, right: width - 16, y: y + 18, keyed });
  await pen.put(curves, x, y + 28 + keyed, wide ? 1 : shrink(curves));
  if (layout.listed) writeTable(pen, state, layout, style, shapes);
  const line = { weight: 400, size: width < 600 ? 10 : 14, color: colors.ink2 };
  pen.write(onePiece(racing ? header.race_provenance : header.provenance), 16, height - 12, line);
}

/** @param {Stage} stage @param {"png" | "svg"} kind */
export async function savePicture(stage, kind) {
  const { root, parts, state } = stage;
  if (!isReady(state)) return;
  const style = getComputedStyle(root), rects = [parts.axis, parts.plane, parts.curves];
  const [axis, plane, curves] = rects.map((svg) => svg.getBoundingClientRect());
  const layout = layoutOf(axis, plane, curves, rowsOf(state).length, state.racing);
  const pen = (kind === "svg" ? svgPen : pngPen)(layout.width, layout.height, state.colors, style);
  const name = `gradient-descent-${state.racing ? "race-" : ""}step-${state.k}.${kind}`;
  await drawParts(pen, stage, state, layout, style);
  saveFile(await pen.blob(), name);
}
