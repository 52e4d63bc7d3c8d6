// Follows a curve of losses with a line of at most two points per pixel column.

import { CURVE_MARGIN, epochX, lossY } from "./loss-scale.js";

/** @typedef {import("./loss-scale.js").LossScale} LossScale */
/** @typedef {{ moveTo: (x: number, y: number) => void, lineTo: (x: number, y: number) => void }} LossPath */

/**
 * Draws from point to point and keeps the length of the way.
 * @param {LossPath} path
 */
function makePen(path) {
  let down = false, lastX = 0, lastY = 0;
  return {
    length: 0,
    /** @param {number} x @param {number} y */
    to(x, y) {
      if (down) {
        path.lineTo(x, y);
        this.length += Math.hypot(x - lastX, y - lastY);
      } else path.moveTo(x, y);
      [down, lastX, lastY] = [true, x, y];
    },
    lift() { down = false; },
  };
}

/**
 * Hands on to a pen, of all points in one column of pixels, only the highest and the lowest.
 * @param {ReturnType<typeof makePen>} pen
 */
function makeThinner(pen) {
  let column = -1, least = 0, most = 0;
  function flush() {
    if (column < 0) return;
    pen.to(column, least);
    if (most > least) pen.to(column, most);
    column = -1;
  }
  return {
    /** @param {number} x @param {number} y */
    to(x, y) {
      const rounded = Math.round(x);
      if (rounded !== column) {
        flush();
        [column, least, most] = [rounded, y, y];
      } else {
        least = Math.min(least, y);
        most = Math.max(most, y);
      }
    },
    lift() {
      flush();
      pen.lift();
    },
  };
}

/**
 * Adds the losses of frames from … to to a path, with gaps where they aren't finite.
 * @param {LossPath} path
 * @param {LossScale} scale
 * @param {ArrayLike<number>} epochs of all frames
 * @param {ArrayLike<number>} losses of all frames
 * @param {number} from
 * @param {number} to
 * @returns {number} the length of the line
 */
export function traceLosses(path, scale, epochs, losses, from, to) {
  const columns = scale.width - CURVE_MARGIN.left - CURVE_MARGIN.right;
  const pen = makePen(path), line = to - from > 3 * columns ? makeThinner(pen) : pen;
  for (let k = from; k <= to; k++) {
    if (Number.isFinite(losses[k])) line.to(epochX(scale, epochs[k]), lossY(scale, losses[k]));
    else line.lift();
  }
  line.lift();
  return pen.length;
}
