// Chooses the pixels of a map that are computed, and fills the map from them.

/** The 16-bit number that stands for 1 on a map, and the one that stands for "not a number". */
export const MAP_ONE = 32000, MAP_MISSING = -32768;

/** @param {number} value what is beyond −1 … 1 becomes −1 or 1 */
const clipped = (value) => Math.max(-1, Math.min(1, value));

/** A value of −1 … 1 as a number of a map. @param {number} value */
export const mapCode = (value) => (value === value ? Math.round(clipped(value) * MAP_ONE) : MAP_MISSING);

/** A value of −1 … 1 as a byte of a tile: 128 stands for 0, and 0 for "not a number". @param {number} value */
export const tileCode = (value) => (value === value ? Math.floor(clipped(value) * 127 + 128.5) : 0);

/**
 * The rows, or columns, in the middle of each tile's pixel.
 * @param {number} n pixels of a row of the map
 * @param {number} side pixels of a row of a tile, of which n is a multiple
 */
export const tileLines = (n, side) => Array.from({ length: side }, (_, k) => Math.floor(((k + 0.5) * n) / side));

/**
 * The rows, or columns, of a map that are computed: every `step`-th, and the last.
 * @param {number} n pixels of a row
 * @param {number} step
 */
export const linesAt = (n, step) =>
  Array.from({ length: Math.ceil((n - 1) / step) + 1 }, (_, k) => Math.min(k * step, n - 1));

/**
 * The inputs at the crossings of some rows and columns.
 * @param {{ rows: Float32Array, columns: Float32Array }} factors of each input, one input after the other
 * @param {number} n pixels of a row
 * @param {number[]} lines
 */
export function inputsAt({ rows, columns }, n, lines) {
  const features = rows.length / n, inputs = new Float32Array(features * lines.length ** 2);
  let to = 0;
  for (let d = 0; d < features; d++) {
    for (const row of lines) for (const column of lines) inputs[to++] = rows[d * n + row] * columns[d * n + column];
  }
  return inputs;
}

/**
 * Fills a map from the values at the crossings of some rows and columns, with straight lines between them.
 * @param {Int16Array} map
 * @param {number} n pixels of a row
 * @param {number[]} lines
 * @param {Float32Array} values
 */
export function spread(map, n, lines, values) {
  const count = lines.length;
  if (count === n) {
    for (let k = 0; k < map.length; k++) map[k] = mapCode(values[k]);
    return;
  }
  for (let row = 0, above = 0, to = 0; row < n; row++) {
    if (row > lines[above + 1]) above++;
    const down = (row - lines[above]) / (lines[above + 1] - lines[above]), from = above * count;
    for (let column = 0, k = 0; column < n; column++) {
      if (column > lines[k + 1]) k++;
      const right = (column - lines[k]) / (lines[k + 1] - lines[k]), at = from + k;
      const upper = values[at] + right * (values[at + 1] - values[at]);
      const lower = values[at + count] + right * (values[at + count + 1] - values[at + count]);
      map[to++] = mapCode(upper + down * (lower - upper));
    }
  }
}
