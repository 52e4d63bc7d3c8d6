// Listens to the switches over map and curve, and reads the curve under the pointer.

import { find } from "../../live/kit/elements.js";
import { isShown } from "./state.js";

/** @typedef {import("./types.js").State} State */

/** What each switch turns on and off, by its action. @type {Record<string, "discretize" | "showTest" | "logScale">} */
const SWITCHES = { "discretize": "discretize", "test-data": "showTest", "log-scale": "logScale" };

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {import("./focus.js").FocusKeeper} focus
 * @param {ReturnType<typeof import("./map.js").makeMap>} map
 */
export function listenToSwitches(root, state, focus, map) {
  for (const [action, name] of Object.entries(SWITCHES)) {
    const button = find(root, `[data-action="${action}"]`);
    button.addEventListener("click", () => {
      const on = !state[name];
      Object.assign(state, { [name]: on, dirty: true });
      button.setAttribute("aria-pressed", String(on));
      if (name === "logScale") button.textContent = on ? "log scale" : "linear scale";
      if (name !== "showTest" || !isShown(state)) return;
      map.redrawPoints(state);
      if (state.held?.kind === "point") focus.hold(null);
    });
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {State} state
 * @param {ReturnType<typeof import("./curve.js").makeCurve>} curve
 */
export function listenToCurve(canvas, state, curve) {
  /** @param {number | null} frame */
  const read = (frame) => Object.assign(state, { readout: frame, dirty: true });
  canvas.onpointermove = canvas.onpointerdown = (event) => {
    if (isShown(state)) read(curve.frameAt(state, event.offsetX));
  };
  canvas.onpointerleave = () => read(null);
}
