// The keys of the drawing: which act each asks for.

import { wayOf } from "../../../live/kit/keys.js";

/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("../../../live/kit/keys.js").Stroke} Stroke */

const STEP = 0.25, FINE_STEP = 0.05; // units that an arrow key moves the cross-hair, the second with Shift

/**
 * The name of the act that a key asks for, or null.
 * @param {Stroke} stroke
 */
export function actOf(stroke) {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = stroke, letter = key.toLowerCase();
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (letter === "z") return shiftKey ? "redo" : "undo";
    return letter === "y" && !shiftKey ? "redo" : null;
  }
  if (wayOf(stroke)) return shiftKey ? `fine ${key}` : key;
  if (shiftKey) return null;
  if (/^\d$/.test(key)) return `class ${(Number(key) + 9) % 10}`; // 1 is the first, 0 the tenth
  if (key === " ") return "place";
  if (key === "Enter") return "spray";
  if (key === "Delete" || key === "Backspace") return "erase";
  return letter === "e" ? "eraser" : null;
}

/**
 * Where an arrow key leads the cross-hair: to the next multiple of a step, within the plane.
 * @param {Place} from
 * @param {string} act as actOf names it
 * @param {number} domain
 * @returns {Place}
 */
export function movedCross(from, act, domain) {
  const fine = act.startsWith("fine "), step = fine ? FINE_STEP : STEP;
  const [across, up] = wayOf({ key: fine ? act.slice(5) : act }) || [0, 0];
  /** @param {number} value @param {number} way */
  function moved(value, way) {
    if (!way) return value;
    const next = Math.round(value / step + way) * step;
    return +Math.max(-domain, Math.min(domain, next)).toFixed(2);
  }
  return { x1: moved(from.x1, across), x2: moved(from.x2, up) };
}

/** The acts of all arrow keys, and of all number keys. */
export const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].flatMap((key) => [key, `fine ${key}`]);
