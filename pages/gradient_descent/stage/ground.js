// Paints the ground of the plane: bands from low to high, and the level curves between them.

import { sizeCanvas } from "../../live/kit/canvas.js";
import { mixed, pixel } from "../../live/kit/colors.js";
import { LEVELS } from "./levels.js";
import { pictureOf } from "./window.js";

/** @typedef {import("./types.js").Floats} Floats */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./types.js").Ready} Ready */
/** @typedef {import("./types.js").RGB} RGB */

const LAST_SHADE = 0.82; // of the way from the first colour to the last: the path must stand out

/** The pixel of each band. @param {RGB[]} stops */
export const bandPixels = (stops) =>
  Array.from({ length: LEVELS + 1 }, (_, k) => {
    const place = LAST_SHADE * (k / (LEVELS + 1)) * (stops.length - 1), i = Math.floor(place);
    return pixel(mixed(stops[i], stops[Math.min(stops.length - 1, i + 1)], place - i));
  });

/**
 * Where the middle of a pixel lies between the middles of the cells.
 * @param {number} at the pixel's number
 * @param {number} length of the picture in pixels
 * @param {number} n cells
 */
const cellAt = (at, length, n) => Math.max(0, Math.min(n - 1.001, ((at + 0.5) * n) / length - 0.5));

/**
 * Colours each pixel by the band of its value, which is interpolated between the cells around it.
 * @param {ImageData} image
 * @param {Floats} grid
 * @param {number} n cells along a side
 * @param {number[]} levels
 * @param {number[]} colors of the bands
 */
export function paintBands({ data, width, height }, grid, n, levels, colors) {
  const pixels = new Int32Array(data.buffer), columns = Array.from({ length: width }, (_, c) => cellAt(c, width, n));
  for (let r = 0, at = 0; r < height; r++) {
    const y = cellAt(r, height, n), row = Math.floor(y), v = y - row;
    for (let c = 0; c < width; c++, at++) {
      const x = columns[c], column = Math.floor(x), u = x - column, k = row * n + column;
      const upper = grid[k] * (1 - u) + grid[k + 1] * u, lower = grid[k + n] * (1 - u) + grid[k + n + 1] * u;
      const value = upper * (1 - v) + lower * v;
      let band = 0;
      while (band < LEVELS && value >= levels[band]) band++;
      pixels[at] = colors[band];
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Place[][]} lines in cells from the corner
 * @param {number} scaleX pixels per cell
 * @param {number} scaleY
 */
function strokeLevel(context, lines, scaleX, scaleY) {
  const path = new Path2D();
  for (const line of lines) {
    line.forEach(([x, y], i) => path[i ? "lineTo" : "moveTo"](x * scaleX, y * scaleY));
  }
  context.stroke(path);
}

/** @param {HTMLCanvasElement} canvas @param {Ready} state */
export function paintGround(canvas, { ground, header: { cells }, box, colors, levelColors }) {
  canvas.style.left = box.left + "px";
  canvas.style.top = box.top + "px";
  const context = sizeCanvas(canvas, box.width, box.height, { opaque: true });
  const image = context.createImageData(canvas.width, canvas.height);
  paintBands(image, ground.grid, cells, ground.levels, bandPixels(levelColors));
  context.putImageData(image, 0, 0);
  context.strokeStyle = colors.ink;
  context.globalAlpha = 0.28;
  context.lineWidth = 1;
  for (const lines of ground.lines) strokeLevel(context, lines, box.width / cells, box.height / cells);
  context.globalAlpha = 1;
}

/**
 * While a new window is on its way the old picture is shifted and scaled to its place.
 * @param {HTMLCanvasElement} canvas
 * @param {Ready} state
 * @param {boolean} there whether the picture is that of the window
 */
export function moveGround(canvas, { box, header, view }, there) {
  if (there || header.dimension === 1) {
    canvas.style.transform = canvas.style.clipPath = "";
    return;
  }
  const { x, y, sx, sy, inset } = pictureOf(box, header.window, view);
  canvas.style.transformOrigin = "0 0";
  canvas.style.transform = `translate(${x}px,${y}px) scale(${sx},${sy})`;
  canvas.style.clipPath = `inset(${inset.map((v) => v + "px").join(" ")})`;
}
