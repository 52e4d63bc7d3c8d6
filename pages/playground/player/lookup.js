// Reads the activations' tables: the engine's values, so that no formula of an activation stands here.

/**
 * One activation, by the bits of its z: a = c0 + c1·z + c2·z² with the coefficients of the place that they name.
 * @typedef {object} Lookup
 * @property {Float32Array} c0
 * @property {Float32Array} c1
 * @property {Float32Array} c2
 */

const SHIFT = 18; // bits of a z that don't matter for its place: sign, exponent and five bits of the fraction do
const COUNT = 1 << (32 - SHIFT), SIDE = COUNT / 2; // those of z >= 0 come first
const INFINITE = 0x7f800000 >> SHIFT; // the place of ∞ on its side; NaN lies at it or beyond

/**
 * Spreads a table over all places that the bits of a number can name.
 * @param {Float32Array} edges where each cell of |z| begins; none divides a place
 * @param {Float32Array} table the cells of z >= 0, then of z < 0, with three coefficients each
 * @returns {Lookup}
 */
export function makeLookup(edges, table) {
  const [c0, c1, c2] = [0, 1, 2].map(() => new Float32Array(COUNT)), bits = new Int32Array(1);
  const z = new Float32Array(bits.buffer);
  for (let place = 0, cell = 0; place < SIDE; place++) {
    bits[0] = place << SHIFT;
    while (z[0] >= edges[cell + 1]) cell++;
    for (const side of [0, 1]) {
      const from = 3 * (side * edges.length + cell), to = side * SIDE + place;
      [c0[to], c1[to], c2[to]] = table.subarray(from, from + 3);
    }
  }
  return { c0, c1, c2 };
}

/**
 * Replaces some z by their activation.
 * @param {Lookup} lookup
 * @param {Float32Array} values
 * @param {Int32Array} bits the same memory
 * @param {number} from
 * @param {number} to
 */
export function activate({ c0, c1, c2 }, values, bits, from, to) {
  for (let k = from; k < to; k++) {
    const place = bits[k] >>> SHIFT, z = values[k];
    values[k] = (place & (SIDE - 1)) === INFINITE && z === z ? c0[place] : (c2[place] * z + c1[place]) * z + c0[place];
  }
}
