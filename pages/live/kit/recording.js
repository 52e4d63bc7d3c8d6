// Writes down what is drawn on canvases, so that one drawing gives both: pixels, and the same as SVG.

import { embeddedFaces } from "./faces.js";
import { contextOf, element, svgElement } from "./elements.js";
import { makeRecorder, tracingPaths } from "./recorder.js";

/** @typedef {import("./svg-sheet.js").Sheet} Sheet */

/**
 * Draws, and writes down what is drawn on every canvas that gets its context meanwhile. A part of a picture may be
 * drawn on a canvas of its own by code that knows of no recording; so contexts and paths are exchanged where the
 * browser makes them, for as long as this one call takes.
 * @template T
 * @param {() => T} draw
 * @returns {[drawn: T, nodesOf: (canvas: HTMLCanvasElement) => Element[]]} nodesOf: what was drawn on a canvas
 */
export function whileRecorded(draw) {
  const { getContext } = HTMLCanvasElement.prototype, { Path2D: PlainPath } = globalThis;
  /** @type {Map<unknown, [CanvasRenderingContext2D, Sheet]>} */
  const recorders = new Map();
  /** @type {import("./svg-sheet.js").Book} */
  const book = { open: true, defs: [], of: (source) => recorders.get(source)?.[1] };

  /** @this {HTMLCanvasElement} @param {any[]} asked */
  function recordedContext(...asked) {
    const context = Reflect.apply(getContext, this, asked);
    if (!book.open || !(context instanceof CanvasRenderingContext2D)) return context;
    const recorder = recorders.get(this) || makeRecorder(context, book);
    recorders.set(this, recorder);
    return recorder[0];
  }

  Object.assign(HTMLCanvasElement.prototype, { getContext: recordedContext });
  globalThis.Path2D = tracingPaths(PlainPath);
  try {
    const drawn = draw();
    return [drawn, (canvas) => [svgElement("g", { "stroke-miterlimit": 10 }, // a canvas's, where SVG's is 4
      svgElement("defs", {}, ...book.defs), ...(book.of(canvas)?.nodes ?? []))]];
  } finally {
    book.open = false; // a context that somebody keeps goes on as the canvas's own
    Object.assign(HTMLCanvasElement.prototype, { getContext });
    globalThis.Path2D = PlainPath;
  }
}

/**
 * A drawing as the text of a file that needs no other one: the page's typefaces are in it.
 * @param {Element[]} nodes
 * @param {{ width: number, height: number, sharpness: number, title: string, made: string }} about width and height
 *   of the drawing, sharpness: how many of these make a px; made: how it was made
 */
export async function svgFile(nodes, { width, height, sharpness, title, made }) {
  const svg = svgElement("svg", {
    "xmlns": "http://www.w3.org/2000/svg", "width": width / sharpness, "height": height / sharpness,
    "viewBox": `0 0 ${width} ${height}`, "role": "img",
  }, svgElement("title", {}, title), svgElement("desc", {}, made), ...nodes);
  const faces = await embeddedFaces(new XMLSerializer().serializeToString(svg));
  if (faces) svg.prepend(svgElement("style", {}, faces));
  return new XMLSerializer().serializeToString(svg);
}

/**
 * A drawing's pixels as a file.
 * @param {string} drawing the text of its file
 * @param {number} sharpness pixels per px
 * @returns {Promise<Blob | null>} null where the browser has no room for it
 */
export async function pixelFile(drawing, sharpness) {
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(drawing);
  await image.decode();
  const canvas = element("canvas", { width: image.width * sharpness, height: image.height * sharpness });
  contextOf(canvas, { alpha: false }).drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

/**
 * A page that holds a drawing and nothing else.
 * @param {string} drawing the text of its file
 * @param {string} title
 * @param {string} ground the colour around it
 */
export function pageFile(drawing, title, ground) {
  const page = document.implementation.createHTMLDocument(title), coded = page.createElement("meta");
  const picture = page.adoptNode(new DOMParser().parseFromString(drawing, "image/svg+xml").documentElement);
  coded.setAttribute("charset", "utf-8");
  page.head.prepend(coded);
  page.documentElement.lang = "en-GB";
  picture.style.cssText = "display:block;max-width:100%;height:auto;margin:0 auto";
  page.body.style.cssText = `margin:16px;background:${ground}`;
  page.body.append(picture);
  return "<!doctype html>" + page.documentElement.outerHTML;
}
