// Paints a piece of the page onto a canvas: backgrounds and borders, small drawings, then every letter at its place.

import { propertyOf } from "../../live/kit/colors.js";
import { minus } from "../../live/kit/format.js";
import { paintHatching } from "./hatching.js";

/** @typedef {{ left: number, top: number }} Origin the place on the page that lies at 0, 0 of the canvas */

/** Controls and texts for screen readers mean nothing in a picture. */
const LEFT_OUT = [
  ".head .row button", ".act svg", ".act select", ".input[aria-pressed='false']", ".hint", ".foot",
  '[data-action="keep-run"]', ".kept-runs", "kbd", ".shortcuts", ".undo", ".frozen-key[hidden]", ".try", ".spoken",
].join();

/**
 * Where a gradient's first and last colour lie in a box: to the right or left if its CSS says so, else downwards.
 * @param {string} direction
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @returns {[x1: number, y1: number, x2: number, y2: number]}
 */
export function gradientLine(direction, x, y, width, height) {
  if (/left|270/.test(direction)) return [x + width, y, x, y];
  if (/right|90deg/.test(direction)) return [x, y, x + width, y];
  return [x, y, x, y + height];
}

/**
 * The direction and the colours of a linear gradient in CSS; no colours if it is none.
 * @param {string} image
 * @returns {[direction: string, stops: string[]]}
 */
export function gradientStops(image) {
  const inside = /^linear-gradient\((.*)\)$/.exec(image);
  const [first, ...rest] = inside ? inside[1].split(/,\s*(?![^(]*\))/) : [];
  if (first === undefined) return ["", []];
  return /^(to|\d+deg)/.test(first) ? [first, rest] : ["to bottom", [first, ...rest]];
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} image
 * @param {DOMRect} box
 * @param {number} x
 * @param {number} y
 */
function gradientFill(ctx, image, { width, height }, x, y) {
  const [direction, stops] = gradientStops(image);
  if (!stops.length) return null;
  const shade = ctx.createLinearGradient(...gradientLine(direction, x, y, width, height));
  stops.forEach((stop, k) => shade.addColorStop(k / (stops.length - 1), stop));
  return shade;
}

/**
 * Ground and border of an element.
 * @param {CanvasRenderingContext2D} ctx
 * @param {HTMLElement} part
 * @param {CSSStyleDeclaration} style
 * @param {Origin} origin
 */
function paintGround(ctx, part, style, origin) {
  const box = part.getBoundingClientRect(), x = box.left - origin.left, y = box.top - origin.top;
  const radius = style.borderTopLeftRadius, hot = part.classList.contains("hot");
  ctx.fillStyle = gradientFill(ctx, style.backgroundImage, box, x, y) || style.backgroundColor;
  ctx.beginPath();
  ctx.roundRect(x, y, box.width, box.height, parseFloat(radius) * (radius.endsWith("%") ? box.width / 100 : 1));
  ctx.fill();
  const border = hot ? 2 : parseFloat(style.borderTopWidth);
  if (border) {
    ctx.lineWidth = border;
    ctx.strokeStyle = hot ? propertyOf(style, "--accent") : style.borderTopColor;
    ctx.stroke();
  }
  if (part.matches(".signed")) paintHatching(ctx, part, x, y);
}

/** A path, rect or circle of SVG as a path of a canvas. @param {Element} shape */
function shapePath(shape) {
  const path = new Path2D(shape.getAttribute("d") || "");
  /** @param {string[]} names */
  const numbers = (...names) => names.map((name) => parseFloat(shape.getAttribute(name) || ""));
  if (shape.localName === "rect") {
    const [x, y, width, height, rx] = numbers("x", "y", "width", "height", "rx");
    path.roundRect(x, y, width, height, rx);
  } else if (shape.localName === "circle") {
    const [cx, cy, r] = numbers("cx", "cy", "r");
    path.arc(cx, cy, r, 0, 7);
  }
  return path;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Element} shape
 */
function paintShape(ctx, shape) {
  const style = getComputedStyle(shape), path = shapePath(shape);
  if (style.fill !== "none") {
    ctx.fillStyle = style.fill;
    ctx.fill(path);
  }
  if (style.stroke === "none") return;
  ctx.strokeStyle = style.stroke;
  ctx.lineWidth = parseFloat(style.strokeWidth);
  ctx.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
  ctx.stroke(path);
}

/**
 * A small drawing in SVG.
 * @param {CanvasRenderingContext2D} ctx
 * @param {SVGSVGElement} svg
 * @param {Origin} origin
 */
function paintDrawing(ctx, svg, origin) {
  const box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
  if (!box.width) return;
  ctx.save();
  ctx.translate(box.left - origin.left, box.top - origin.top);
  if (view && view.width) ctx.scale(box.width / view.width, box.height / view.height);
  for (const shape of svg.querySelectorAll("path, rect, circle")) paintShape(ctx, shape);
  ctx.restore();
}

/**
 * What stands in a field.
 * @param {CanvasRenderingContext2D} ctx
 * @param {HTMLInputElement} input
 * @param {CSSStyleDeclaration} style
 * @param {Origin} origin
 */
function paintField(ctx, input, style, origin) {
  const box = input.getBoundingClientRect();
  ctx.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  ctx.fillStyle = style.color;
  ctx.fillText(minus(input.value), box.left - origin.left + 7, box.bottom - origin.top - 7);
}

/**
 * Everything of an element but its text.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Element} part
 * @param {Origin} origin
 */
function paintElement(ctx, part, origin) {
  const style = getComputedStyle(part);
  if (style.visibility === "hidden") return;
  if (part instanceof SVGSVGElement) paintDrawing(ctx, part, origin);
  else if (part instanceof HTMLInputElement) paintField(ctx, part, style, origin);
  else if (part instanceof HTMLElement && part.matches(".bar, .class i, .inspector")) {
    paintGround(ctx, part, style, origin);
  }
}

/** How far to the right a text moves since what stood beside it is left out. @param {Element} parent */
const textShift = (parent) => (parent.matches(".act:has(svg) > span") ? 7 : 0);

/**
 * The letters of a text, each where the page has it.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Text} text
 * @param {Element} parent
 * @param {CSSStyleDeclaration} style
 * @param {Origin} origin
 */
function paintText(ctx, text, parent, style, origin) {
  ctx.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  ctx.fillStyle = style.color;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = ctx.measureText("x");
  const range = document.createRange(), shift = textShift(parent);
  let at = 0;
  for (const letter of text.data) {
    range.setStart(text, at);
    range.setEnd(text, (at += letter.length));
    const box = range.getBoundingClientRect(), x = box.left - origin.left + shift;
    if (letter.trim() && box.width) ctx.fillText(letter, x, box.top - origin.top + (box.height * up) / (up + down));
  }
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Element} node
 * @param {Origin} origin
 */
export function paintNode(ctx, node, origin) {
  for (const part of [node, ...node.querySelectorAll("*")]) {
    if (!part.closest(LEFT_OUT)) paintElement(ctx, part, origin);
  }
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, parent = text.parentElement;
    if (!(text instanceof Text) || !parent || !text.data.trim()) continue;
    if (parent.closest(LEFT_OUT) || parent.closest("option")) continue;
    const style = getComputedStyle(parent);
    if (style.visibility !== "hidden") paintText(ctx, text, parent, style, origin);
  }
}
