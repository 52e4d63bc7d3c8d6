// Paints the raster of the map, pixel by pixel: the outputs, the likeliest class, or one neuron.

import { makeRaster } from "../../live/kit/canvas.js";
import { isOnLine, SURE } from "../../live/kit/colors.js";
import { mapsOf } from "./pictures.js";
import { MAP_MISSING, MAP_ONE } from "./sampling.js";

/** @typedef {import("../../live/kit/canvas.js").Raster} Raster */
/** @typedef {import("../../live/kit/colors.js").Shades} Shades */
/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./types.js").Shown} Shown */

/**
 * What the map is painted on.
 * @typedef {object} Rasters
 * @property {Raster} full
 * @property {Uint8Array} winner the likeliest class of each pixel of the full one
 */

/**
 * A painted raster of n × n pixels.
 * @typedef {object} Painted
 * @property {HTMLCanvasElement} canvas
 * @property {number} n
 * @property {Int16Array} outputs the maps of all outputs, one after the other
 * @property {((at: number) => number) | null} valueAt the number that is 0 along the boundary, for each pixel; null
 *   where the boundaries are those between the likeliest classes
 */

/** @param {Shown} state @returns {Rasters} */
export function makeRasters({ header: { map } }) {
  return { full: makeRaster(map, map), winner: new Uint8Array(map * map) };
}

/**
 * One map of numbers; the negative ones are hatched.
 * @param {Int32Array} pixels of a square
 * @param {Int16Array} values
 * @param {number} from where the map begins in values
 * @param {Shades} shades
 * @returns {(at: number) => number} the number at a pixel
 */
export function paintValues(pixels, values, from, { plain, lined }) {
  const side = Math.sqrt(pixels.length);
  for (let row = 0, k = 0; row < side; row++) {
    for (let column = 0; column < side; column++, k++) {
      pixels[k] = (isOnLine(row, column) ? lined : plain)[(values[from + k] + 32768) >> 7];
    }
  }
  return (at) => (values[from + at] === MAP_MISSING ? NaN : values[from + at]);
}

/**
 * The probability of one class.
 * @param {Int32Array} pixels
 * @param {Int16Array} maps
 * @param {number} k the class
 * @param {Colors} colors
 * @param {boolean} discretize whether only above or below ½ is shown
 * @returns {(at: number) => number} how far above ½ it is at a pixel
 */
export function paintProbability(pixels, maps, k, { classTile, missing }, discretize) {
  const shades = classTile[k].plain, from = k * pixels.length;
  for (let at = 0; at < pixels.length; at++) {
    const v = maps[from + at], shown = discretize ? (v > 0 ? MAP_ONE : -MAP_ONE) : v;
    pixels[at] = v === MAP_MISSING ? missing : shades[128 + Math.round((127 * shown) / MAP_ONE)];
  }
  return (at) => maps[from + at];
}

/**
 * The likeliest class of each pixel, paler where it is less sure.
 * @param {Int32Array} pixels
 * @param {Uint8Array} winner filled with the classes
 * @param {Int16Array} maps of all classes
 * @param {number} classes how many
 * @param {Colors} colors
 * @param {boolean} discretize whether every class is shown as sure
 */
export function paintClasses(pixels, winner, maps, classes, { classSure, missing }, discretize) {
  const cells = pixels.length, base = 2 / classes - 1; // base: all classes are equally likely
  for (let k = 0; k < cells; k++) {
    let best = 0, most = maps[k];
    for (let c = 1; c < classes; c++) if (maps[c * cells + k] > most) most = maps[(best = c) * cells + k];
    winner[k] = best;
    const sure = discretize ? 1 : (most / MAP_ONE - base) / (1 - base);
    pixels[k] = most === MAP_MISSING ? missing : classSure[best][Math.max(0, Math.min(SURE, (sure * SURE) | 0))];
  }
}

/** The colours of an output that is no probability. @param {Shown} state */
function outputShades({ colors, discretize, header }) {
  if (!discretize) return colors.map;
  return header.dataset.kind === "regression" ? colors.mapBands : colors.mapSigns;
}

/**
 * One output: the only one, or the one that is mapped.
 * @param {Int32Array} pixels
 * @param {Shown} state
 * @param {Int16Array} outputs
 * @param {number} j
 */
function paintOutput(pixels, state, outputs, j) {
  if (state.net.softmax) return paintProbability(pixels, outputs, j, state.colors, state.discretize);
  return paintValues(pixels, outputs, j * pixels.length, outputShades(state));
}

/**
 * Paints what the map shows of a frame.
 * @param {Rasters} rasters
 * @param {Shown} state
 * @param {boolean} quick whether the map may be coarser where it takes long
 * @returns {Painted}
 */
export function paintMap({ full: { canvas, pixels, show }, winner }, state, quick) {
  const { header, net, mapped, colors, discretize } = state, { outputs, neuron } = mapsOf(state, quick);
  /** @type {Painted["valueAt"]} */
  let valueAt = null;
  if (mapped && mapped.l < net.last) {
    valueAt = paintValues(pixels, neuron, 0, discretize ? colors.mapSigns : colors.map);
  } else if (mapped || net.outputs === 1) valueAt = paintOutput(pixels, state, outputs, mapped ? mapped.j : 0);
  else paintClasses(pixels, winner, outputs, net.outputs, colors, discretize);
  show();
  return { canvas, n: header.map, outputs, valueAt };
}
