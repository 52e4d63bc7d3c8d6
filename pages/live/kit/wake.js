// Has the whole page run anew where the server no longer knows it: a view's own requests reach nothing then.

import { isLeaving } from "./leaving.js";

const WAKE = "backprop-wake";
const WAKE_AFTER = 5000, WAKE_EVERY = 10_000; // ms; the server may only be busy
let wokenAt = -Infinity;

/** @type {Record<string, any>} */
const globals = globalThis;

/** Offers the way. @param {() => void} wake */
export function offerWake(wake) { globals[WAKE] = wake; }

/** Goes that way once the server has been silent for long. @param {number} silence in ms */
export function wakeServer(silence) {
  const now = performance.now();
  if (silence < WAKE_AFTER || now - wokenAt < WAKE_EVERY || isLeaving()) return;
  wokenAt = now;
  globals[WAKE]?.();
}
