// The short texts beside the drawings, as they are written on the page and into saved pictures.

import { coordinateText, valueText } from "./text.js";

/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Floats} Floats */

export const NOT_TAKEN = "Not taken.";
export const NORM = "‖∇*f*‖";

/** @param {Header} header */
export const raceTitle = ({ start }) => `Race from (${start.map(coordinateText).join(", ")})`;

/** @param {Header} header @param {boolean} racing */
export const mapTitle = ({ dimension }, racing) =>
  `${dimension === 1 ? "The graph and the" : "Level curves and"} path${racing ? "s" : ""}`;

/** @param {Header} header @param {boolean} racing @param {number} last the last step that can be shown */
export const curveTitle = ({ height, race_shown: most }, racing, last) => {
  if (!racing) return `${height} and ${NORM}, step by step`;
  return `${NORM} of every rule, ${last < most ? "step by step" : `steps 0 to ${most}`}`;
};

/**
 * x, f and ‖∇f‖ at the shown step: name and value of each.
 * @param {{ points: Floats, values: Floats, norms: Floats, k: number }} state
 * @param {number} dimension
 * @returns {[name: string, value: string][]}
 */
export function numbersAt({ points, values, norms, k }, dimension) {
  const place = Array.from(points.slice(k * dimension, (k + 1) * dimension), coordinateText);
  return [
    ["*x*", dimension === 1 ? place[0] : `(${place.join(", ")})`],
    ["*f*", valueText(values[k])],
    [NORM, valueText(norms[k])],
  ];
}

export const RACE_STEP = "race: every rule at step";
