// What the neurons show of a frame: small tiles of all, and the maps of the outputs and of one hidden neuron.

import { sameFocus } from "./focus.js";
import { makeForward } from "./forward.js";
import { makeLookup } from "./lookup.js";
import { inputsAt, linesAt, spread, tileCode, tileLines } from "./sampling.js";
import { fillInputs } from "./slice.js";

/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Network} Network */
/** @typedef {import("./types.js").NeuronFocus} NeuronFocus */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {ReturnType<typeof makePictures>} Pictures */
/** @typedef {import("./slice.js").Slice} Slice */

/**
 * What all maps of a run are computed from, besides θ.
 * @typedef {object} Ground
 * @property {string} name no other one has it
 * @property {Float32Array} rows a factor of each input at the map's rows, one input after the other; none for points
 *   with more than two coordinates, whose inputs these are
 * @property {Float32Array} columns the other factor, at its columns
 * @property {Float32Array} edges of the cells of each table
 * @property {Float32Array} tables one after the other
 */

/**
 * @typedef {object} Maps
 * @property {Int16Array} outputs one after the other, as they are scaled
 * @property {Int16Array} neuron the hidden one that was asked for
 */

const PLAYING_MS = 3; // that maps may take of a frame while it plays; at 30 frames a second it lasts 33 ms
const STEPS = [1, 2, 4]; // pixels from one that is computed to the next

/**
 * @param {Pick<Header, "layers">} header
 * @param {Ground} ground
 */
function lookupsOf({ layers }, { edges, tables }) {
  const size = 6 * edges.length; // three coefficients for each sign of z
  const known = Array.from({ length: tables.length / size }, (_, k) =>
    makeLookup(edges, tables.subarray(k * size, (k + 1) * size)));
  return layers.map(({ table }) => (table === null ? null : known[table]));
}

/**
 * The network's inputs at the crossings of some rows and columns of a map, which follow the plane that it shows.
 * @param {Network} net
 * @param {Ground} ground
 * @param {number} n pixels of a row
 * @param {number[]} lines
 * @returns {(slice: Slice | null) => Float32Array}
 */
function makeInputs(net, ground, n, lines) {
  if (ground.rows.length) {
    const inputs = inputsAt(ground, n, lines);
    return () => inputs;
  }
  const rows = net.inputs.map(({ row }) => row), inputs = new Float32Array(rows.length * lines.length ** 2);
  /** @type {Slice | null} */
  let of = null;
  return (slice) => {
    if (slice && slice !== of) fillInputs(slice, rows, n, lines, inputs);
    of = slice;
    return inputs;
  };
}

/**
 * Makes maps that have all pixels, and tells how far apart those may lie that are computed while there is little time.
 * @param {ReturnType<typeof makeForward>} forward
 * @param {Network} net
 * @param {Ground} ground
 * @param {number} n pixels of a row
 * @param {(output: number) => number} scaled
 * @param {() => number} now the time in ms
 */
function makeMapper(forward, net, ground, n, scaled, now) {
  const cells = n * n, maps = { outputs: new Int16Array(net.outputs * cells), neuron: new Int16Array(cells) };
  const values = Array.from({ length: net.outputs + 1 }, () => new Float32Array(cells)), hidden = values[net.outputs];
  /** @param {number} step */
  const sampled = (step) => ({ step, lines: linesAt(n, step), inputs: makeInputs(net, ground, n, linesAt(n, step)) });
  const samples = STEPS.map(sampled);
  let pace = 0; // ms that a pixel takes where nothing holds the browser up

  return {
    maps,

    all: samples[0],

    /** The finest sample that takes no more time than there is while it plays. */
    quick: () => samples.find(({ lines }) => pace * lines.length ** 2 <= PLAYING_MS) || samples[samples.length - 1],

    /**
     * @param {Float32Array} theta
     * @param {NeuronFocus | null} mapped
     * @param {ReturnType<typeof sampled>} sample
     * @param {Slice | null} slice
     */
    compute(theta, mapped, { lines, inputs }, slice) {
      const started = now();
      forward(theta, inputs(slice), (l, A, stride, first, count) => {
        if (l === mapped?.l) hidden.set(A.subarray(mapped.j * stride, mapped.j * stride + count), first);
        for (let j = 0; l === net.last && j < net.outputs; j++) {
          for (let m = 0; m < count; m++) values[j][first + m] = scaled(A[j * stride + m]);
        }
      });
      for (let j = 0; j < net.outputs; j++) {
        spread(maps.outputs.subarray(j * cells, (j + 1) * cells), n, lines, values[j]);
      }
      if (mapped) spread(maps.neuron, n, lines, hidden);
      const taken = (now() - started) / lines.length ** 2;
      pace = pace ? Math.min(pace, taken) : taken;
    },
  };
}

/**
 * Makes the tiles of all neurons.
 * @param {ReturnType<typeof makeForward>} forward
 * @param {Network} net
 * @param {ReturnType<typeof makeInputs>} inputs at a tile's pixels
 * @param {number} cells pixels of a tile
 * @param {(output: number) => number} scaled
 */
function makeTiler(forward, net, inputs, cells, scaled) {
  const tiles = new Uint8Array(net.tiles * cells);
  /** @param {Float32Array} theta @param {Slice | null} slice */
  return (theta, slice) => {
    forward(theta, inputs(slice), (l, A, stride, first, count) => {
      const { tile, width } = net.layers[l];
      for (let j = 0; j < width; j++) {
        const to = (tile + j) * cells + first, from = j * stride;
        if (l === net.last) for (let m = 0; m < count; m++) tiles[to + m] = tileCode(scaled(A[from + m]));
        else for (let m = 0; m < count; m++) tiles[to + m] = tileCode(A[from + m]);
      }
    });
    return tiles;
  };
}

/** What is made when it is first needed, and then kept. @template T @param {() => T} make @returns {() => T} */
function lazily(make) {
  /** @type {{ made: T } | null} */
  let kept = null;
  return () => (kept ||= { made: make() }).made;
}

/**
 * The pictures of one run's frames. Those of a frame are computed when they are first asked for, into the memory of
 * those before.
 * @param {Pick<Header, "layers" | "map" | "tile" | "output">} header
 * @param {Network} net
 * @param {Ground} ground
 * @param {() => number} [now] the time in ms
 */
export function makePictures(header, net, ground, now = () => performance.now()) {
  const { map: n, tile: side, output: { center, scale } } = header;
  const forward = makeForward(net, lookupsOf(header, ground));
  /** @param {number} output */
  const scaled = (output) => (output - center) / scale;
  const mapperOf = lazily(() => makeMapper(forward, net, ground, n, scaled, now));
  const tilerOf = lazily(() =>
    makeTiler(forward, net, makeInputs(net, ground, n, tileLines(n, side)), side ** 2, scaled));
  const values = net.layers.map(({ width }) => new Float32Array(width));
  /** @type {{ theta: Float32Array | null, slice: Slice | null, mapped: NeuronFocus | null, step: number }} */
  const latest = { theta: null, slice: null, mapped: null, step: 0 };
  /** @type {{ theta: Float32Array | null, slice: Slice | null, tiles: Uint8Array }} */
  const small = { theta: null, slice: null, tiles: new Uint8Array() };

  return {
    /** @param {Float32Array} theta @param {Slice | null} [slice] */
    tiles(theta, slice = null) {
      if (small.theta !== theta || small.slice !== slice) {
        Object.assign(small, { theta, slice, tiles: tilerOf()(theta, slice) });
      }
      return small.tiles;
    },

    /**
     * @param {Float32Array} theta
     * @param {NeuronFocus | null} mapped the neuron that is shown; a hidden one has a map of its own
     * @param {boolean} quick whether a coarser map will do where this one takes long
     * @param {Slice | null} [slice] the plane that it shows
     * @returns {Maps}
     */
    maps(theta, mapped, quick, slice = null) {
      const mapper = mapperOf(), sample = quick ? mapper.quick() : mapper.all;
      const hidden = mapped && mapped.l < net.last ? mapped : null;
      const isThere = latest.theta === theta && latest.slice === slice && latest.step <= sample.step;
      if (!isThere || (hidden && !sameFocus(hidden, latest.mapped))) {
        mapper.compute(theta, hidden, sample, slice);
        Object.assign(latest, { theta, slice, mapped: hidden, step: sample.step });
      }
      return mapper.maps;
    },

    /**
     * What each layer computes for one point, into the memory of the point before.
     * @param {Float32Array} theta
     * @param {Float32Array} inputs of that point
     */
    pass(theta, inputs) {
      forward(theta, inputs, (l, A, stride) => {
        for (let j = 0; j < values[l].length; j++) values[l][j] = A[j * stride];
      });
      return values;
    },
  };
}

/** The tiles of what is shown. @param {Pick<Shown, "pictures" | "frame" | "slice">} state */
export const tilesOf = ({ pictures, frame: { theta }, slice }) => pictures.tiles(theta, slice);

/**
 * The maps of what is shown: all pixels of them are computed while it stands still.
 * @param {Pick<Shown, "pictures" | "frame" | "mapped" | "playing" | "slice">} state
 * @param {boolean} [quick]
 */
export const mapsOf = ({ pictures, frame: { theta }, mapped, playing, slice }, quick = playing) =>
  pictures.maps(theta, mapped, quick, slice);
