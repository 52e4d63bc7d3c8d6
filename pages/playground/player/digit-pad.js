// The pad on which a digit is drawn: with mouse or finger, or with the arrow keys and a pen that is put down.

import { sizeCanvas } from "../../live/kit/canvas.js";
import { listenForDrag } from "../../live/kit/drag.js";
import { focused } from "../../live/kit/elements.js";
import { wayOf } from "../../live/kit/keys.js";
import { drawInk } from "./ink.js";

/** @typedef {import("./digit-state.js").Digit} Digit */
/** @typedef {import("./digit-strokes.js").Spot} Spot */
/** @typedef {import("./types.js").Shown} Shown */

const LINE = 0.11; // of the pad's side, that a line is wide
const PEN_STEP = 1 / 16; // of the pad, by an arrow key
const LEAST_MOVE = 0.004; // of the pad; what lies nearer to the last place of a stroke isn't noted

/** @param {number} value */
const onPad = (value) => Math.max(0, Math.min(1, value));

/** Takes away the last stroke. @param {Digit} digit */
export function undoStroke(digit) {
  digit.strokes.pop();
  digit.drawn++;
}

/** Takes away all strokes. @param {Digit} digit */
export function clearStrokes(digit) {
  digit.strokes.length = 0;
  digit.drawn++;
}

/**
 * Draws on: a new stroke begins, or the last one grows.
 * @param {Digit} digit
 * @param {Spot} spot
 * @param {boolean} begins
 */
export function drawTo(digit, [x, y], begins) {
  const spot = /** @type {Spot} */ ([onPad(x), onPad(y)]), last = digit.strokes.at(-1)?.at(-1);
  if (begins || !last) digit.strokes.push([spot]);
  else if (Math.hypot(last[0] - spot[0], last[1] - spot[1]) > LEAST_MOVE) digit.strokes.at(-1)?.push(spot);
  digit.drawn++;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} side px
 * @param {Shown} state
 * @param {Digit} digit
 * @param {{ at: Spot, down: boolean } | null} pen where the keys have it
 */
function paintPad(ctx, side, { net, colors }, { strokes }, pen) {
  ctx.strokeStyle = colors.line;
  ctx.lineWidth = 1;
  const [rows, columns] = net.picture || [1, 1];
  ctx.beginPath();
  for (let k = 2; k < columns; k += 2) {
    ctx.moveTo(Math.round((side * k) / columns) + 0.5, 0);
    ctx.lineTo(Math.round((side * k) / columns) + 0.5, side);
  }
  for (let k = 2; k < rows; k += 2) {
    ctx.moveTo(0, Math.round((side * k) / rows) + 0.5);
    ctx.lineTo(side, Math.round((side * k) / rows) + 0.5);
  }
  ctx.stroke();
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = LINE * side;
  ctx.lineCap = ctx.lineJoin = "round";
  for (const stroke of strokes) {
    ctx.beginPath();
    ctx.moveTo(stroke[0][0] * side, stroke[0][1] * side);
    for (const [x, y] of stroke) ctx.lineTo(x * side, y * side + 0.01);
    ctx.stroke();
  }
  ctx.lineCap = "butt";
  ctx.lineJoin = "miter";
  ctx.lineWidth = 1.5;
  ctx.strokeRect(0.75, 0.75, side - 1.5, side - 1.5);
  if (!pen) return;
  for (const [color, width] of /** @type {[string, number][]} */ ([[colors.bg, 5], [colors.accent, 3]])) {
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.beginPath();
    ctx.arc(pen.at[0] * side, pen.at[1] * side, pen.down ? 6 : 10, 0, 7);
    ctx.stroke();
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => Digit | null} digitOf the digit, while one can be drawn
 * @param {(done: boolean) => void} changed called after each change; done: at the end of a stroke
 */
export function makePad(canvas, digitOf, changed) {
  const pen = { at: /** @type {Spot} */ ([0.5, 0.25]), down: false };

  listenForDrag(canvas, (x, y, phase) => {
    const digit = digitOf();
    if (!digit) return;
    const { width, height } = canvas.getBoundingClientRect();
    if (phase === "down" || phase === "move") drawTo(digit, [x / width, y / height], phase === "down");
    if (phase === "cancel") undoStroke(digit);
    pen.down = false;
    changed(phase === "up" || phase === "cancel");
  });

  /**
   * @param {Digit} digit
   * @param {KeyboardEvent} event
   * @returns {boolean | null} whether something is done; null where the key does nothing here
   */
  function press(digit, event) {
    const { key, shiftKey, ctrlKey, metaKey } = event, way = wayOf(event);
    if (way) {
      const [x, y] = pen.at, step = shiftKey ? PEN_STEP / 4 : PEN_STEP;
      pen.at = [onPad(x + way[0] * step), onPad(y - way[1] * step)];
      if (pen.down) drawTo(digit, pen.at, false);
      return false;
    }
    if (key === " " || key === "Enter") {
      pen.down = !pen.down;
      if (pen.down) drawTo(digit, pen.at, true);
      return true;
    }
    if (key === "Backspace" || ((ctrlKey || metaKey) && key.toLowerCase() === "z")) undoStroke(digit);
    else if (key === "Delete") clearStrokes(digit);
    else return null;
    pen.down = false;
    return true;
  }
  canvas.addEventListener("keydown", (event) => {
    const digit = digitOf(), done = digit && press(digit, event);
    if (done === null) return;
    event.preventDefault();
    event.stopPropagation();
    changed(done);
  });
  canvas.addEventListener("focus", () => changed(false));
  canvas.addEventListener("blur", () => {
    pen.down = false;
    changed(false);
  });

  return {
    /** Lifts the pen. */
    lift() { pen.down = false; },

    /**
     * Draws what is looked at: the picture's pixels, or the strokes.
     * @param {HTMLCanvasElement} onto
     * @param {Shown} state
     * @param {Digit} digit
     * @param {number} side px
     * @param {number} [sharpness]
     */
    draw(onto, state, digit, side, sharpness) {
      const ctx = sizeCanvas(onto, side, side, { opaque: true, sharpness });
      ctx.fillStyle = state.colors.bg;
      ctx.fillRect(0, 0, side, side);
      if (digit.way === "yours") {
        const keys = onto === canvas && canvas.matches(":focus-visible") && focused(document) !== null;
        paintPad(ctx, side, state, digit, keys ? pen : null);
        return;
      }
      const [rows, columns] = state.net.picture || [1, 1], pixel = (side - 2) / Math.max(rows, columns);
      const width = pixel * columns, height = pixel * rows;
      const box = { left: (side - width) / 2, top: (side - height) / 2, width, height };
      drawInk(ctx, box, [rows, columns], digit.ink, state.colors);
    },
  };
}
