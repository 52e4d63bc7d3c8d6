// Paints the raster of the map, pixel by pixel: the outputs, the likeliest class, or one neuron.

import { makeRaster } from "../../live/kit/canvas.js";
import { isOnLine, SURE } from "../../live/kit/colors.js";
import { inspectedNeuron } from "./focus.js";

/** @typedef {import("../../live/kit/canvas.js").Raster} Raster */
/** @typedef {import("../../live/kit/colors.js").Shades} Shades */
/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").NeuronFocus} NeuronFocus */

/**
 * What the map is painted on.
 * @typedef {object} Rasters
 * @property {Raster} full
 * @property {Raster} small of the size of a neuron's tile
 * @property {Uint8Array} winner the likeliest class of each pixel of the full one
 */

/**
 * A painted raster of n × n pixels.
 * @typedef {object} Painted
 * @property {HTMLCanvasElement} canvas
 * @property {number} n
 * @property {((at: number) => number) | null} valueAt the number that is 0 along the boundary, for each pixel; null
 *   where the boundaries are those between the likeliest classes
 */

const MAP_ONE = 32000; // the 16-bit number that stands for 1; the server's maps reach from −1 to 1
const MAP_MISSING = -32768; // the one that stands for "not a number"

/** @param {Shown} state @returns {Rasters} */
export function makeRasters({ header: { map, tile } }) {
  return { full: makeRaster(map, map), small: makeRaster(tile, tile), winner: new Uint8Array(map * map) };
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
 * One map of eight-bit numbers, as neurons' tiles have them; 128 stands for 0 and 0 for "not a number".
 * @param {Int32Array} pixels of a square
 * @param {Uint8Array} values
 * @param {Shades} shades
 * @param {boolean} discretize whether only signs are shown
 * @returns {(at: number) => number} the number at a pixel
 */
export function paintTileValues(pixels, values, { plain, lined }, discretize) {
  const side = Math.sqrt(pixels.length);
  for (let row = 0, k = 0; row < side; row++) {
    for (let column = 0; column < side; column++, k++) {
      const q = discretize && values[k] ? (values[k] < 128 ? 1 : 255) : values[k];
      pixels[k] = (isOnLine(row, column) ? lined : plain)[q];
    }
  }
  return (at) => (values[at] ? values[at] - 128 : NaN);
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

/**
 * A neuron of a hidden layer: in full resolution if the server has told of it, else as its tile.
 * @param {Rasters} rasters
 * @param {Shown} state
 * @param {NeuronFocus} mapped
 * @returns {Painted}
 */
function paintNeuron({ full, small }, state, mapped) {
  const { header, colors, net, frame, discretize } = state, fine = inspectedNeuron(state, mapped);
  if (fine) {
    const valueAt = paintValues(full.pixels, fine, 0, discretize ? colors.mapSigns : colors.map);
    full.show();
    return { canvas: full.canvas, n: header.map, valueAt };
  }
  const cells = header.tile ** 2, start = (net.layers[mapped.l].tile + mapped.j) * cells;
  const valueAt = paintTileValues(small.pixels, frame.tiles.subarray(start, start + cells), colors.tile, discretize);
  small.show();
  return { canvas: small.canvas, n: header.tile, valueAt };
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
 * @param {number} j
 */
function paintOutput(pixels, state, j) {
  const { maps } = state.frame;
  if (state.net.softmax) return paintProbability(pixels, maps, j, state.colors, state.discretize);
  return paintValues(pixels, maps, j * pixels.length, outputShades(state));
}

/**
 * Paints what the map shows of a frame.
 * @param {Rasters} rasters
 * @param {Shown} state
 * @returns {Painted}
 */
export function paintMap(rasters, state) {
  const { header, net, mapped, frame } = state, { full: { canvas, pixels, show }, winner } = rasters;
  if (mapped && mapped.l < net.last) return paintNeuron(rasters, state, mapped);
  /** @type {Painted["valueAt"]} */
  let valueAt = null;
  if (net.outputs === 1) valueAt = paintOutput(pixels, state, 0);
  else if (mapped) valueAt = paintOutput(pixels, state, mapped.j);
  else paintClasses(pixels, winner, frame.maps, net.outputs, state.colors, state.discretize);
  show();
  return { canvas, n: header.map, valueAt };
}
