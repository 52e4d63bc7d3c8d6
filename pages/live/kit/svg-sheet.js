// Writes strokes, fills, texts and images of a canvas down as elements of SVG, with the look that its context has.

import { contextOf, element, svgElement } from "./elements.js";
import { brief, makeTrace } from "./trace.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./elements.js").Attributes} Attributes */

/**
 * What all canvases of a drawing share.
 * @typedef {object} Book
 * @property {boolean} open whether it is still written into
 * @property {Element[]} defs clips and gradients, each with an id
 * @property {(source: unknown) => Sheet | undefined} of what is known of a canvas
 */

/**
 * What is written down of one canvas.
 * @typedef {object} Sheet
 * @property {CanvasRenderingContext2D} ctx the canvas's own
 * @property {Book} book
 * @property {Element[]} nodes
 * @property {boolean} isVector whether these are all of it; else it has to be taken as pixels
 * @property {Trace} path the present one
 * @property {string} clip the id of the present one, or ""
 * @property {string[]} clips those of the states that are saved
 * @property {{ node: Element, look: string, xs: number[], y: number } | null} word a text that grows letter by letter
 */

const NOTHING = "rgba(0, 0, 0, 0)"; // as a canvas writes a colour that can't be seen
const NO_TEXT = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu; // what no file of XML may hold
const SPACE = 0.1, APART = 1; // em between two letters that has a space in it, and that parts two texts
const ANCHORS = { center: "middle", right: "end", end: "end", left: "start", start: "start" };

/** @type {WeakMap<Path2D, Trace>} */
export const traces = new WeakMap();
/** @type {WeakMap<CanvasGradient, Element>} */
export const gradients = new WeakMap();

/** @param {CanvasRenderingContext2D} ctx @param {Book} book @returns {Sheet} */
export const blankSheet = (ctx, book) =>
  ({ ctx, book, nodes: [], isVector: true, path: makeTrace(), clip: "", clips: [], word: null });

/** A matrix as an attribute; none where it changes nothing. @param {DOMMatrix} matrix @returns {Attributes} */
export function placed({ a, b, c, d, e, f, isIdentity }) {
  return isIdentity ? {} : { transform: `matrix(${[a, b, c, d, e, f].map((v) => Number(v.toFixed(6))).join(" ")})` };
}

/**
 * One attribute, if it is needed.
 * @param {boolean} needed
 * @param {string} name
 * @param {string} value
 * @returns {Attributes}
 */
const only = (needed, name, value) => (needed ? { [name]: value } : {});

/** How letters look, as CSS reads the font of a canvas. @param {string} font @returns {Attributes} */
function letters(font) {
  const { style } = element("i");
  style.font = font;
  const { fontFamily, fontSize, fontWeight, fontStyle } = style;
  return {
    "font-family": fontFamily, "font-size": fontSize, "font-weight": fontWeight,
    ...only(fontStyle !== "normal", "font-style", fontStyle),
  };
}

/** @param {Sheet} sheet @param {Element} node */
function emit(sheet, node) {
  sheet.word = null;
  sheet.nodes.push(sheet.clip ? svgElement("g", { "clip-path": `url(#${sheet.clip})` }, node) : node);
}

/** Keeps a clip or a gradient; returns its id. @param {Book} book @param {Element} node */
export function keepDef({ defs }, node) {
  node.id = `d${defs.length}`;
  defs.push(node);
  return node.id;
}

/** @param {Sheet} sheet @param {string | CanvasGradient | CanvasPattern} style */
function paintOf(sheet, style) {
  if (typeof style === "string") return style;
  const gradient = style instanceof CanvasGradient ? gradients.get(style) : undefined;
  if (!gradient) sheet.isVector = false;
  return gradient ? `url(#${gradient.id || keepDef(sheet.book, gradient)})` : "none";
}

/** @param {Sheet} sheet @returns {Attributes} */
const fadeOf = ({ ctx }) => only(ctx.globalAlpha < 1, "opacity", brief(ctx.globalAlpha));

/** @param {Sheet} sheet @returns {Attributes} */
function strokeOf(sheet) {
  const { ctx } = sheet, dash = ctx.getLineDash(), offset = ctx.lineDashOffset;
  return {
    "fill": "none", "stroke": paintOf(sheet, ctx.strokeStyle), "stroke-width": brief(ctx.lineWidth),
    ...only(ctx.lineCap !== "butt", "stroke-linecap", ctx.lineCap),
    ...only(ctx.lineJoin !== "miter", "stroke-linejoin", ctx.lineJoin),
    ...only(dash.length > 0, "stroke-dasharray", dash.map(brief).join(" ")),
    ...only(dash.length > 0 && offset !== 0, "stroke-dashoffset", brief(offset)),
  };
}

/**
 * @param {Sheet} sheet
 * @param {string} d
 * @param {string} [rule]
 */
export function fillPath(sheet, d, rule) {
  const { ctx } = sheet;
  if (!d || ctx.fillStyle === NOTHING) return;
  const odd = only(rule === "evenodd", "fill-rule", "evenodd"), fill = paintOf(sheet, ctx.fillStyle);
  emit(sheet, svgElement("path", { d, fill, ...odd, ...placed(ctx.getTransform()), ...fadeOf(sheet) }));
}

/** @param {Sheet} sheet @param {string} d */
export function strokePath(sheet, d) {
  const { ctx } = sheet;
  if (!d || ctx.strokeStyle === NOTHING) return;
  emit(sheet, svgElement("path", { d, ...strokeOf(sheet), ...placed(ctx.getTransform()), ...fadeOf(sheet) }));
}

/** How far the alphabetic baseline lies below the one that is set, px. @param {CanvasRenderingContext2D} ctx */
function dropOf(ctx) {
  const set = ctx.textBaseline, own = ctx.measureText("x").fontBoundingBoxAscent;
  ctx.textBaseline = "alphabetic";
  const drop = ctx.measureText("x").fontBoundingBoxAscent - own;
  ctx.textBaseline = set;
  return drop;
}

/**
 * Goes on with a text, if a letter follows it on its line; where there is a gap, with a space.
 * @param {Sheet} sheet
 * @param {string} letter
 * @param {number} x
 * @param {number} y
 * @param {string} look
 */
function grows({ ctx, word }, letter, x, y, look) {
  if (!word || word.look !== look || Math.abs(word.y - y) > 0.01) return false;
  const text = word.node.textContent || "", end = word.xs[word.xs.length - 1] + ctx.measureText(text.slice(-1)).width;
  const gap = (x - end) / parseFloat(String(letters(ctx.font)["font-size"]));
  if (gap < -SPACE || gap > APART) return false;
  word.node.append(gap > SPACE ? " " + letter : letter);
  word.xs.push(...(gap > SPACE ? [end, x] : [x]));
  word.node.setAttribute("x", word.xs.map(brief).join(" "));
  return true;
}

/**
 * Writes a text. Letters that follow each other on a line, each at its place, become one text.
 * @param {Sheet} sheet
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {boolean} outline
 */
export function putText(sheet, text, x, y, outline) {
  const { ctx, clip } = sheet, anchor = ANCHORS[ctx.textAlign], clean = text.replace(NO_TEXT, "\uFFFD");
  const ink = outline ? strokeOf(sheet) : { fill: paintOf(sheet, ctx.fillStyle) }, level = y + dropOf(ctx);
  const aligned = only(anchor !== "start", "text-anchor", anchor);
  const look = { ...letters(ctx.font), ...aligned, ...ink, ...placed(ctx.getTransform()), ...fadeOf(sheet) };
  const single = [...clean].length === 1 && anchor === "start", key = JSON.stringify(look) + clip;
  if (single && grows(sheet, clean, x, level, key)) return;
  const node = svgElement("text", { "x": brief(x), "y": brief(level), "xml:space": "preserve", ...look }, clean);
  emit(sheet, node);
  if (single) sheet.word = { node, look: key, xs: [x], y: level };
}

/**
 * A part of an image as an address that holds it.
 * @param {Book} book
 * @param {CanvasImageSource} source
 * @param {number[]} part
 */
function pixelsOf(book, source, [x, y, width, height]) {
  const canvas = element("canvas", { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) });
  book.open = false; // this is no part of the drawing
  contextOf(canvas).drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height);
  book.open = true;
  return canvas.toDataURL();
}

/**
 * What is drawn on another canvas, element by element if that is known, else as pixels.
 * @param {Sheet} sheet
 * @param {HTMLCanvasElement} source
 * @param {number[]} places as drawImage takes them
 */
export function putImage(sheet, source, places) {
  const { ctx, book } = sheet, { width: w, height: h } = source, known = book.of(source), cut = places.length === 8;
  const [x, y, width = w, height = h] = cut ? places.slice(4) : places;
  if (known?.isVector && !cut) {
    const matrix = ctx.getTransform().translate(x, y).scale(width / w, height / h);
    const copies = known.nodes.map((node) => node.cloneNode(true));
    emit(sheet, svgElement("g", { ...placed(matrix), ...fadeOf(sheet) }, ...copies));
    return;
  }
  emit(sheet, svgElement("image", {
    x: brief(x), y: brief(y), width: brief(width), height: brief(height), preserveAspectRatio: "none",
    href: pixelsOf(book, source, cut ? places.slice(0, 4) : [0, 0, w, h]),
    ...placed(ctx.getTransform()), ...fadeOf(sheet),
  }));
}
