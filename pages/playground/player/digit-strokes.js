// Makes the few pixels of a picture from what was drawn, in the way in which the handwritten digits were made.

/** @typedef {[x: number, y: number]} Spot of the pad, from its upper left corner (0, 0) to (1, 1) */
/** @typedef {Spot[]} Stroke what was drawn from pressing the pen down to lifting it */

const BLOCK_SIDE = 4; // pixels of the bitmap along a side of the block that becomes one pixel
const PEN = 2.8; // pixels of the bitmap from a line's middle to its edge; digits have ink on about 0.3 of their pixels
const STRETCH = 1.2; // a narrow digit is made broader by at most this, its lines too, as those of the data were
const BROADEST = 0.6; // of the bitmap's width, that a digit may take
const SMALLEST = 0.25; // of the pad: what is smaller, such as a dot, is not made as high as the bitmap

/** @param {Stroke[]} strokes */
function boundsOf(strokes) {
  const spots = strokes.flat(), xs = spots.map(([x]) => x), ys = spots.map(([, y]) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** Where the middle of the ink lies, across: that of each line counts by its length. @param {Stroke[]} strokes */
function middleOf(strokes) {
  let sum = 0, weight = 0;
  for (const stroke of strokes) {
    for (let k = 1; k < stroke.length; k++) {
      const length = Math.hypot(stroke[k][0] - stroke[k - 1][0], stroke[k][1] - stroke[k - 1][1]);
      sum += (length * (stroke[k][0] + stroke[k - 1][0])) / 2;
      weight += length;
    }
  }
  return weight ? sum / weight : strokes[0][0][0];
}

/**
 * Strokes in the bitmap's pixels: as high as it is, of about one width, and in its middle.
 * @param {Stroke[]} strokes
 * @param {number} height pixels
 * @param {number} width
 * @returns {{ fitted: Stroke[], reach: number }} reach: of the pen to the right and left
 */
export function fittedStrokes(strokes, height, width) {
  const { left, right, top, bottom } = boundsOf(strokes), x0 = middleOf(strokes), y0 = (top + bottom) / 2;
  const down = (height - 2 * PEN) / Math.max(bottom - top, SMALLEST);
  const stretch = Math.min(STRETCH, (BROADEST * width) / ((right - left) * down + 2 * PEN));
  /** @param {Spot} spot @returns {Spot} */
  const placed = ([x, y]) => [width / 2 + (x - x0) * down * stretch, height / 2 + (y - y0) * down];
  return { fitted: strokes.map((stroke) => stroke.map(placed)), reach: PEN * stretch };
}

/**
 * Puts the pen on a bitmap.
 * @param {Uint8Array} bitmap row by row
 * @param {number} width
 * @param {number} reach
 * @param {Spot} spot
 */
function stamp(bitmap, width, reach, [x, y]) {
  const height = bitmap.length / width;
  for (let r = Math.max(0, Math.floor(y - PEN)); r < Math.min(height, y + PEN); r++) {
    for (let c = Math.max(0, Math.floor(x - reach)); c < Math.min(width, x + reach); c++) {
      if (((c + 0.5 - x) / reach) ** 2 + ((r + 0.5 - y) / PEN) ** 2 <= 1) bitmap[r * width + c] = 1;
    }
  }
}

/** @param {Uint8Array} bitmap @param {number} width @param {number} reach @param {Stroke} stroke in its pixels */
function drawStroke(bitmap, width, reach, stroke) {
  stroke.forEach(([x, y], k) => {
    const [fromX, fromY] = stroke[Math.max(0, k - 1)], steps = Math.ceil(2 * Math.hypot(x - fromX, y - fromY)) || 1;
    for (let s = 1; s <= steps; s++) {
      stamp(bitmap, width, reach, [fromX + ((x - fromX) * s) / steps, fromY + ((y - fromY) * s) / steps]);
    }
  });
}

/**
 * What was drawn as a picture: a bitmap of 4 × 4 pixels for each of its pixels, whose ink is the share of those that
 * are on. So the digits of the data were made, from bitmaps of 32 × 32.
 * @param {Stroke[]} strokes
 * @param {[height: number, width: number]} shape of the picture
 * @param {Float32Array} [ink] what is written, 0 … 1, row by row
 */
export function inkOf(strokes, [rows, columns], ink = new Float32Array(rows * columns)) {
  ink.fill(0);
  const drawn = strokes.filter((stroke) => stroke.length);
  if (!drawn.length) return ink;
  const width = columns * BLOCK_SIDE, bitmap = new Uint8Array(rows * BLOCK_SIDE * width);
  const { fitted, reach } = fittedStrokes(drawn, rows * BLOCK_SIDE, width);
  for (const stroke of fitted) drawStroke(bitmap, width, reach, stroke);
  bitmap.forEach((on, at) => {
    const row = Math.floor(at / width / BLOCK_SIDE), column = Math.floor((at % width) / BLOCK_SIDE);
    ink[row * columns + column] += on / BLOCK_SIDE ** 2;
  });
  return ink;
}
