// Draws a saved picture on a canvas, for PNG.

import { contextOf } from "../../live/kit/elements.js";
import { SUBSCRIPT, writtenOut } from "./pen.js";

/** @typedef {import("./pen.js").Pen} Pen */
/** @typedef {import("./types.js").Colors} Colors */

const SHARPNESS = 3; // pixels of the picture per CSS pixel

/**
 * A drawing as an image, its letters left to paintLetters, which has the page's fonts.
 * @param {SVGSVGElement} svg
 * @param {CSSStyleDeclaration} style
 */
async function drawingImage(svg, style) {
  const { width, height } = svg.getBoundingClientRect(), image = new Image(width * SHARPNESS, height * SHARPNESS);
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(writtenOut(svg, style, false));
  await image.decode();
  return image;
}

/** The letters of an SVG text, each with the element that gives it its look. @param {SVGTextElement} text */
function lettersOf(text) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  /** @type {[letter: string, parent: Element][]} */
  const letters = [];
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    for (const letter of textContent || "") letters.push([letter, parentElement || text]);
  }
  return letters;
}

/**
 * Paints all outlines of a text or all its letters.
 * @param {CanvasRenderingContext2D} context
 * @param {SVGTextElement} text
 * @param {boolean} outline
 */
function paintText(context, text, outline) {
  let at = 0;
  for (const [letter, parent] of lettersOf(text)) {
    const style = getComputedStyle(parent), { x, y } = text.getStartPositionOfChar(at);
    at += letter.length;
    context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    if (!outline) {
      context.fillStyle = style.fill;
      context.fillText(letter, x, y);
    } else if (style.stroke !== "none") {
      context.strokeStyle = style.stroke;
      context.lineWidth = parseFloat(style.strokeWidth);
      context.lineJoin = "round";
      context.strokeText(letter, x, y);
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {SVGSVGElement} svg */
function paintLetters(context, svg) {
  for (const text of svg.querySelectorAll("text")) {
    paintText(context, text, true);
    paintText(context, text, false);
  }
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
const pngOf = (canvas) => new Promise((resolve, reject) => {
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("This browser saves no canvas."))), "image/png");
});

/**
 * @param {number} width
 * @param {number} height
 * @param {Colors} colors
 * @param {CSSStyleDeclaration} style where the custom properties have their values
 * @returns {Pen}
 */
export function pngPen(width, height, colors, style) {
  const picture = document.createElement("canvas"), context = contextOf(picture, { alpha: false });
  picture.width = Math.round(width * SHARPNESS);
  picture.height = Math.round(height * SHARPNESS);
  context.scale(SHARPNESS, SHARPNESS);
  context.fillStyle = colors.bg;
  context.fillRect(0, 0, width, height);
  return {
    async put(svg, x, y, shrink) {
      const box = svg.getBoundingClientRect();
      context.save();
      context.translate(x, y);
      context.scale(shrink, shrink);
      context.drawImage(await drawingImage(svg, style), 0, 0, box.width, box.height);
      paintLetters(context, svg);
      context.restore();
    },
    raster(canvas, x, y) { context.drawImage(canvas, x, y, canvas.clientWidth, canvas.clientHeight); },
    write(pieces, x, y, { weight, size, color }) {
      context.fillStyle = color;
      for (const [piece, below] of pieces) {
        context.font = `${weight} ${below ? size * SUBSCRIPT.size : size}px ${colors.font}`;
        context.fillText(piece, x, below ? y + size * SUBSCRIPT.drop : y);
        x += context.measureText(piece).width;
      }
    },
    fill(path, color) {
      context.fillStyle = color;
      context.fill(new Path2D(path));
    },
    blob: () => pngOf(picture),
  };
}
