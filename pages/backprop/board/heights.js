// Knows how high the panels get in the course of a calculation, so that the page doesn't move from step to step.

import { find } from "../../live/kit/elements.js";
import { drawMatrices } from "./matrices.js";
import { FIRST_ENTRY } from "./order.js";
import { drawPanel } from "./panel.js";

/** @typedef {import("./contents.js").Contents} Contents */
/** @typedef {import("./types.js").Themed} Themed */
/**
 * In px: what changes from step to step.
 * @typedef {object} Heights
 * @property {number} title of the step
 * @property {number} step the panel of the step without its title
 * @property {number} matrices their panel
 */

export const MOST_KEPT = 1600; // px of a panel that are kept for steps that need less

/**
 * The heights that titles and both panels keep: those of the highest step, where that isn't absurd.
 * @param {Iterable<Heights>} all of the steps
 * @returns {Heights}
 */
export function keptHeights(all) {
  const kept = { title: 0, step: 0, matrices: 0 };
  for (const { title, step, matrices } of all) {
    kept.title = Math.max(kept.title, title);
    kept.step = Math.max(kept.step, Math.min(step, MOST_KEPT));
    kept.matrices = Math.max(kept.matrices, Math.min(matrices, MOST_KEPT));
  }
  return kept;
}

const ACT = { choose() {}, toggle() {} };

/** @param {HTMLElement} root of the board */
export function makeHeights(root) {
  const halves = find(root, ".halves"), panel = find(root, ".step"), matrices = find(root, ".matrices");
  /** @type {Map<string, Heights>} by step */
  const known = new Map();
  let look = "";

  /** Both panels again, as wide as they are and as high as they need, where nobody sees them. */
  function trialOf() {
    const trial = /** @type {HTMLElement} */ (halves.cloneNode(true));
    trial.classList.add("trial");
    trial.style.width = halves.clientWidth + "px";
    for (const part of [".step", ".matrices"]) find(trial, part).style.minHeight = "";
    find(trial, ".step").style.removeProperty("--title");
    find(trial, ".picture").replaceChildren();
    return trial;
  }
  /** @param {Themed} state @param {Contents} contents @param {{ key: string, at: number }[]} steps */
  function measure(state, contents, steps) {
    const trial = trialOf();
    root.append(trial);
    for (const { key, at } of steps) {
      const content = contents.of(key), header = { ...state.header, by: /** @type {const} */ ("layer") };
      if (!content) continue;
      const shown = { ...state, header, at, content, sums: contents.sumsOf(key), entry: FIRST_ENTRY };
      drawPanel(find(trial, ".step"), shown, ACT);
      drawMatrices(trial, shown);
      const high = (/** @type {string} */ part) => find(trial, part).offsetHeight, title = high(".step .title");
      known.set(key, { title, step: high(".step") - title, matrices: high(".matrices") });
    }
    trial.remove();
  }

  return {
    /** Measures everything anew: other fonts have come, or there is another room. */
    forget() { known.clear(); },

    /**
     * Keeps the heights of the highest step, once all have come; until then those of the calculation before.
     * @param {Themed} state
     * @param {Contents} contents
     * @param {boolean} partly whether some steps never come, unless one goes to them
     * @returns {boolean} whether they are kept
     */
    keep(state, contents, partly) {
      const { header: { stamp, by, steps }, options } = state;
      const wanted = [stamp, by, halves.clientWidth, ...Object.values(options)].join();
      if (wanted !== look) known.clear();
      look = wanted;
      const missing = steps.map(({ key }, at) => ({ key, at }))
        .filter(({ key }) => !known.has(key) && contents.has(key));
      if (missing.length) measure(state, contents, missing);
      if (!partly && !steps.every(({ key }) => known.has(key))) return false;
      const kept = keptHeights(known.values());
      panel.style.setProperty("--title", kept.title + "px");
      panel.style.minHeight = kept.title + kept.step + "px";
      matrices.style.minHeight = kept.matrices + "px";
      return true;
    },
  };
}
