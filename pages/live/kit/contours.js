// Finds the lines along which a grid of numbers is zero.

/**
 * Marching squares over an n × n grid, in units of the grid from the corner of the map.
 * @param {number} n
 * @param {(at: number) => number} valueAt the number at an index, row by row; NaN draws nothing
 * @param {(x1: number, y1: number, x2: number, y2: number) => void} segment called for each piece of the line
 * @param {(at: number) => boolean} [skip] says of a square, by its first corner, that no line crosses it
 */
export function levelLine(n, valueAt, segment, skip) {
  const xs = [0, 0, 0, 0], ys = [0, 0, 0, 0];
  for (let r = 0; r < n - 1; r++) {
    for (let c = 0; c < n - 1; c++) {
      const at = r * n + c;
      if (skip && skip(at)) continue;
      const a = valueAt(at), b = valueAt(at + 1), d = valueAt(at + n), e = valueAt(at + n + 1);
      let k = 0;
      if (a > 0 !== b > 0) { xs[k] = c + a / (a - b); ys[k++] = r; }
      if (b > 0 !== e > 0) { xs[k] = c + 1; ys[k++] = r + b / (b - e); }
      if (d > 0 !== e > 0) { xs[k] = c + d / (d - e); ys[k++] = r + 1; }
      if (a > 0 !== d > 0) { xs[k] = c; ys[k++] = r + a / (a - d); }
      for (let i = 0; i + 1 < k; i += 2) segment(xs[i] + 0.5, ys[i] + 0.5, xs[i + 1] + 0.5, ys[i + 1] + 0.5);
      for (let i = 0; i < k; i++) toBorder(n, xs[i] + 0.5, ys[i] + 0.5, segment);
    }
  }
}

/**
 * Goes on straight to the border from the outermost samples, which lie half a unit inside it.
 * @param {number} n
 * @param {number} x
 * @param {number} y
 * @param {(x1: number, y1: number, x2: number, y2: number) => void} segment
 */
function toBorder(n, x, y, segment) {
  if (x === 0.5) segment(x, y, 0, y);
  if (x === n - 0.5) segment(x, y, n, y);
  if (y === 0.5) segment(x, y, x, 0);
  if (y === n - 0.5) segment(x, y, x, n);
}

/**
 * Joins segments that share an end into long lines, which are drawn faster than many short ones.
 * @param {{ moveTo: (x: number, y: number) => void, lineTo: (x: number, y: number) => void }} path
 * @param {number[]} ends x1, y1, x2, y2 of each segment, one after the other; below 4096
 */
export function joinSegments(path, ends) {
  const count = ends.length / 2, partner = new Int32Array(count).fill(-1), done = new Uint8Array(count / 2);
  /** @type {Map<number, number>} */
  const open = new Map();
  for (let e = 0; e < count; e++) {
    const key = ends[2 * e] * 4096 + ends[2 * e + 1], other = open.get(key);
    if (other === undefined) open.set(key, e);
    else {
      [partner[e], partner[other]] = [other, e];
      open.delete(key);
    }
  }
  /** @param {number} from */
  const draw = (from) => {
    if (done[from >> 1]) return;
    path.moveTo(ends[2 * from], ends[2 * from + 1]);
    for (let e = from; e >= 0 && !done[e >> 1]; e = partner[e ^ 1]) {
      done[e >> 1] = 1;
      path.lineTo(ends[2 * (e ^ 1)], ends[2 * (e ^ 1) + 1]);
    }
  };
  for (const e of open.values()) draw(e);
  for (let e = 0; e < count; e += 2) draw(e); // what is left are closed lines
}
