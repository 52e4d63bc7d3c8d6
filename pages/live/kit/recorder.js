// Draws on a canvas as its own context does, and has each stroke, fill, text and image written down.

import { svgElement } from "./elements.js";
import {
  blankSheet, fillPath, gradients, keepDef, placed, putImage, strokePath, traces, putText,
} from "./svg-sheet.js";
import { makeTrace } from "./trace.js";

/** @typedef {import("./svg-sheet.js").Sheet} Sheet */
/** @typedef {import("./trace.js").Trace} Trace */

const PATH_STEPS = /** @type {const} */ ([
  "moveTo", "lineTo", "bezierCurveTo", "quadraticCurveTo", "rect", "roundRect", "arc", "closePath",
]);

/** What leaves no mark of its own. */
const UNMARKED = new Set([
  "translate", "scale", "rotate", "transform", "setTransform", "resetTransform", "getTransform", "setLineDash",
  "getLineDash", "measureText", "createImageData", "getImageData", "createLinearGradient",
]);

/** What changes all that is drawn after it, in a way that isn't written down. */
const EFFECTS = new Set(["globalCompositeOperation", "filter", "shadowBlur", "shadowColor"]);

/** The class of paths, of which each is traced. @param {typeof Path2D} PlainPath @returns {typeof Path2D} */
export function tracingPaths(PlainPath) {
  return class extends PlainPath {
    /** @param {string | Path2D} [begun] */
    constructor(begun = "") {
      super(begun);
      const trace = makeTrace(typeof begun === "string" ? begun : traces.get(begun)?.d);
      traces.set(this, trace);
      for (const name of PATH_STEPS) {
        Object.assign(this, {
          [name](/** @type {number[]} */ ...given) {
            Reflect.apply(PlainPath.prototype[name], this, given);
            Reflect.apply(trace[name], trace, given);
          },
        });
      }
    }
  };
}

/** The path that is meant: the one given, or the present one. @param {Sheet} sheet @param {unknown} given */
function pathOf(sheet, given) {
  if (!(given instanceof Path2D)) return sheet.path.d;
  const trace = traces.get(given);
  if (!trace) sheet.isVector = false;
  return trace ? trace.d : "";
}

/** @param {number[]} box */
function boxPath(...box) {
  const trace = makeTrace();
  Reflect.apply(trace.rect, trace, box);
  return trace.d;
}

/** @param {Sheet} sheet @param {unknown} given */
function clipTo(sheet, given) {
  const { ctx, book, clip } = sheet, shape = svgElement("path", {
    d: pathOf(sheet, given), ...placed(ctx.getTransform()),
  });
  sheet.clip = keepDef(book, svgElement("clipPath", clip ? { "clip-path": `url(#${clip})` } : {}, shape));
}

/** Forgets what was written, if all of the canvas is cleared. @param {Sheet} sheet @param {number[]} box */
function clear(sheet, [x, y, width, height]) {
  const { ctx } = sheet, { a, d, e, f } = ctx.getTransform(), { width: w, height: h } = ctx.canvas;
  const [left, top, right, bottom] = [a * x + e, d * y + f, a * (x + width) + e, d * (y + height) + f];
  if (left < 1 && top < 1 && right > w - 1 && bottom > h - 1) sheet.nodes = [];
  else if (sheet.nodes.length) sheet.isVector = false;
}

/**
 * Method -> what writes a call of it down.
 * @param {Sheet} sheet
 * @returns {Record<string, (...given: any[]) => void>}
 */
function writersOf(sheet) {
  const steps = PATH_STEPS.map((name) => [
    name, (/** @type {number[]} */ ...given) => Reflect.apply(sheet.path[name], sheet.path, given),
  ]);
  return {
    ...Object.fromEntries(steps),
    beginPath() { sheet.path = makeTrace(); },
    save() { sheet.clips.push(sheet.clip); },
    restore() { sheet.clip = sheet.clips.pop() ?? sheet.clip; },
    clip(given) { clipTo(sheet, given); },
    fill(given, rule) { fillPath(sheet, pathOf(sheet, given), typeof given === "string" ? given : rule); },
    stroke(given) { strokePath(sheet, pathOf(sheet, given)); },
    fillRect(...box) { fillPath(sheet, boxPath(...box)); },
    strokeRect(...box) { strokePath(sheet, boxPath(...box)); },
    clearRect(...box) { clear(sheet, box); },
    fillText(text, x, y) { putText(sheet, String(text), x, y, false); },
    strokeText(text, x, y) { putText(sheet, String(text), x, y, true); },
    drawImage(source, ...places) { putImage(sheet, source, places); },
    putImageData() { sheet.isVector = false; },
  };
}

/** Traces a gradient's colours. @param {CanvasGradient} gradient @param {number[]} line */
function follow(gradient, [x1, y1, x2, y2]) {
  const node = svgElement("linearGradient", { gradientUnits: "userSpaceOnUse", x1, y1, x2, y2 });
  gradients.set(gradient, node);
  Object.assign(gradient, {
    addColorStop(/** @type {number} */ offset, /** @type {string} */ color) {
      CanvasGradient.prototype.addColorStop.call(gradient, offset, color);
      node.append(svgElement("stop", { offset, "stop-color": color }));
    },
  });
}

/**
 * A canvas's context that is written down; what can't be makes of the canvas one that is taken as pixels.
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./svg-sheet.js").Book} book
 * @returns {[context: CanvasRenderingContext2D, sheet: Sheet]}
 */
export function makeRecorder(ctx, book) {
  const sheet = blankSheet(ctx, book), writers = writersOf(sheet);
  const context = new Proxy(ctx, {
    get(_, name) {
      const own = Reflect.get(ctx, name);
      if (typeof own !== "function") return own;
      return (/** @type {any[]} */ ...given) => {
        if (book.open) {
          if (Object.hasOwn(writers, name)) writers[String(name)](...given);
          else if (!UNMARKED.has(String(name))) sheet.isVector = false;
        }
        const result = Reflect.apply(own, ctx, given);
        if (book.open && name === "createLinearGradient") follow(result, given);
        return result;
      };
    },
    set(_, name, value) {
      if (EFFECTS.has(String(name))) sheet.isVector = false;
      return Reflect.set(ctx, name, value);
    },
  });
  return [context, sheet];
}
