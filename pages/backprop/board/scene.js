// Works out what the diagram shows at a step: which numbers are known by then, and where the step happens.

import { diagramGeometry } from "./geometry.js";
import { placeOf } from "./order.js";

/** @typedef {import("./types.js").Content} Content */
/** @typedef {import("./types.js").Rows} Rows */
/** @typedef {import("./types.js").TermPlace} TermPlace */

/**
 * What the diagram draws.
 * @typedef {object} Scene
 * @property {import("./geometry.js").Geometry} geometry
 * @property {import("./types.js").Colors} colors
 * @property {import("./types.js").Network} network
 * @property {number} last the column of the outputs
 * @property {number} sample whose values the neurons show
 * @property {import("./types.js").Entry} entry the chosen one
 * @property {boolean} weights whether the step's result has the shape of weights
 * @property {boolean} byNeuron whether one goes from entry to entry
 * @property {boolean} backward
 * @property {boolean} lossKnown
 * @property {number} digits
 * @property {number} column to which the step belongs
 * @property {number | null} links at work: from which column to the next
 * @property {Map<number, number>} tones of the columns at work
 * @property {ColumnNumbers[]} columns
 */

/**
 * What is known of a column by the shown step, for the shown sample.
 * @typedef {object} ColumnNumbers
 * @property {"x" | "a" | "z" | null} symbol of the values
 * @property {(number | null)[] | null} values
 * @property {(number | null | undefined)[] | null} errors undefined for those that are still to come
 * @property {number} spread the value of the strongest colour
 */

/** A symbol's key, as the formulas write it. @param {string} name @param {number} column */
const keyAt = (name, column) => name + column;

/**
 * Where a step happens in the diagram.
 * @param {Pick<Content, "place" | "layer">} content
 * @returns {Pick<Scene, "column" | "links" | "tones">}
 */
export function placeIn({ place, layer }) {
  const tones = Object.entries(place.neurons).map(([column, tone]) => /** @type {const} */ ([Number(column), tone]));
  return { column: layer + 1, links: place.links, tones: new Map(tones) };
}

/**
 * The part of the diagram that stands for a term.
 * @template T
 * @param {{ links: T[], columns: T[] }} parts
 * @param {TermPlace} term
 * @returns {T | undefined}
 */
export function partOf({ links, columns }, { layer, links: isLinks }) {
  if (layer === null) return undefined;
  return isLinks ? links[layer] : columns[layer];
}

/**
 * What a column shows: the activations where they are known, else the sums.
 * @param {import("./types.js").Network} network
 * @param {number} c
 * @param {number} sample
 * @param {Set<string>} known keys of the symbols that have been worked out
 * @returns {ColumnNumbers}
 */
export function columnNumbers({ a, z, delta }, c, sample, known) {
  /** @param {Rows | null} rows */
  const of = (rows) => rows && (rows[sample] || rows[0]);
  const activated = c === 0 || known.has(keyAt("a", c)), summed = c > 0 && known.has(keyAt("z", c));
  const values = of(activated ? a[c] : summed ? z[c - 1] : null);
  const errors = known.has(keyAt("delta", c)) ? of(delta[c - 1]) : null;
  const ownScale = activated && c > 0; // an activation of 1 has the strongest colour, elsewhere the largest value has
  const spread = ownScale || !values ? 1 : Math.max(1, ...values.map((value) => Math.abs(value || 0)));
  return { symbol: c === 0 ? "x" : activated ? "a" : summed ? "z" : null, values, errors, spread };
}

/**
 * A column of the shown step, going neuron by neuron: without the numbers that are still to come.
 * @param {ColumnNumbers} numbers
 * @param {number} c
 * @param {string} key of the step
 * @param {number} reached the last neuron that has been worked out
 * @returns {ColumnNumbers}
 */
export function upToNeuron(numbers, c, key, reached) {
  const { values, errors } = numbers;
  if (key === keyAt("delta", c) && errors) {
    return { ...numbers, errors: errors.map((error, i) => (i <= reached ? error : undefined)) };
  }
  if (key !== keyAt("z", c) && key !== keyAt("a", c)) return numbers;
  return { ...numbers, values: values && values.map((value, i) => (i <= reached ? value : null)) };
}

/**
 * What the diagram shows.
 * @param {import("./types.js").Shown} state
 * @param {number} width px
 * @param {number} height px
 * @returns {Scene}
 */
export function sceneAt({ header, at, entry, content, colors }, width, height) {
  const { diagram: network, steps, by, digits } = header, { weights } = content.result;
  const byNeuron = by === "neuron", keepsBack = byNeuron && placeOf(content.result.walk, entry) >= 0;
  /** @param {ColumnNumbers} numbers @param {number} c */
  const reached = (numbers, c) => (keepsBack ? upToNeuron(numbers, c, steps[at].key, entry[1]) : numbers);
  const known = new Set(steps.slice(0, at + 1).map((step) => step.key));
  const sample = weights || !network.a[0][entry[0]] ? 0 : entry[0];
  return {
    geometry: diagramGeometry(width, height, network.dims),
    colors,
    network,
    last: network.dims.length - 1,
    sample,
    entry,
    weights,
    byNeuron,
    backward: steps[at].phase === "backward",
    lossKnown: known.has("L"),
    digits,
    ...placeIn(content),
    columns: network.dims.map((_, c) => reached(columnNumbers(network, c, sample, known), c)),
  };
}
