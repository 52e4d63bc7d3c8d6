// The inside views: a row for each, with what draws it and what says it in words.

import {
  distributionsCaption, distributionsHeight, distributionsTable, drawDistributions,
} from "./inside-distributions.js";
import { drawNorms, normsCaption, normsHeight, normsTable } from "./inside-norms.js";
import { drawHiddenSpace, hiddenSpaceCaption, hiddenSpaceHeight, hiddenSpaceTable } from "./inside-space.js";
import { drawWeights, leastWeights, weightsCaption, weightsHeight, weightsTable } from "./inside-weights.js";

/** @typedef {import("./inside-pen.js").Sheet} Sheet */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {{ caption: string, heads: string[], rows: string[][] }} SpokenTable */

/**
 * @typedef {object} InsideView
 * @property {(sheet: Sheet, state: Shown) => void} draw
 * @property {(state: Shown) => number} height px where its parts stand below each other
 * @property {(state: Shown) => number} [least] px where they stand beside each other; what has no room is scrolled to
 * @property {(state: Shown) => string} caption what is seen, in a sentence or two
 * @property {(state: Shown) => SpokenTable} table the same for a screen reader
 */

/** @type {Record<string, InsideView>} */
export const INSIDE_VIEWS = {
  "weights": {
    draw: drawWeights, height: weightsHeight, least: leastWeights, caption: weightsCaption, table: weightsTable,
  },
  "distributions": {
    draw: drawDistributions, height: distributionsHeight, caption: distributionsCaption, table: distributionsTable,
  },
  "norms": { draw: drawNorms, height: normsHeight, caption: normsCaption, table: normsTable },
  "hidden-space": {
    draw: drawHiddenSpace, height: hiddenSpaceHeight, caption: hiddenSpaceCaption, table: hiddenSpaceTable,
  },
};
