// Draws what is folded in the diagram: the picture that is the input, grids of weights or cells, and bands of links.

import { makeRaster } from "../../live/kit/canvas.js";
import { cssColor } from "../../live/kit/colors.js";
import { isInked } from "./digit-state.js";
import { drawInk } from "./ink.js";
import { tileCode } from "./sampling.js";

/** @typedef {import("./place.js").Band} Band */
/** @typedef {import("./place.js").Column} Column */
/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./types.js").Shown} Shown */

const BAND_LINES = 8; // that stand for the links of a band

/** The place in all features of each input. @param {import("./shape.js").Network} net */
const rowsOfInputs = ({ inputs }) => inputs.map(({ row }) => row);

/**
 * The weights of the first layer as pictures, in one raster: unit after unit, row by row.
 * @param {Shown} state
 */
export function makeWeightPictures({ net, header, colors }) {
  const [rows, columns] = net.picture || [1, 1], { width } = net.layers[0], pixels = rows * columns;
  const raster = makeRaster(columns, rows * width), at = rowsOfInputs(net), { plain } = colors.tile;
  const full = header.full_weight;
  raster.pixels.fill(plain[tileCode(0)]);
  return {
    /** Takes up the weights. @param {Float32Array} theta */
    fill(theta) {
      for (let i = 0; i < at.length; i++) {
        const from = net.weightAt(0, i, 0);
        for (let j = 0; j < width; j++) raster.pixels[j * pixels + at[i]] = plain[tileCode(theta[from + j] / full)];
      }
      raster.show();
    },

    /**
     * @param {CanvasRenderingContext2D} ctx
     * @param {number} j the unit
     * @param {number} x the middle
     * @param {number} y
     * @param {number} side px
     */
    draw(ctx, j, x, y, side) {
      ctx.imageSmoothingEnabled = false;
      ctx.drawImage(raster.canvas, 0, j * rows, columns, rows, x - side / 2, y - side / 2, side, side);
      ctx.imageSmoothingEnabled = true;
    },
  };
}

/**
 * All links between two layers as one band: a pale ground, and a few lines from edge to edge.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Band} band
 * @param {Colors} colors
 */
export function drawBand(ctx, { x1, top1, bottom1, x2, top2, bottom2 }, { ink3 }) {
  const middle = (x1 + x2) / 2;
  ctx.fillStyle = ctx.strokeStyle = ink3;
  ctx.lineWidth = 1;
  ctx.globalAlpha = 0.1;
  ctx.beginPath();
  ctx.moveTo(x1, top1);
  ctx.bezierCurveTo(middle, top1, middle, top2, x2, top2);
  ctx.lineTo(x2, bottom2);
  ctx.bezierCurveTo(middle, bottom2, middle, bottom1, x1, bottom1);
  ctx.fill();
  ctx.globalAlpha = 0.6;
  ctx.beginPath();
  for (let k = 0; k <= BAND_LINES; k++) {
    const y1 = top1 + ((bottom1 - top1) * k) / BAND_LINES, y2 = top2 + ((bottom2 - top2) * k) / BAND_LINES;
    ctx.moveTo(x1, y1);
    ctx.bezierCurveTo(middle, y1, middle, y2, x2, y2);
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/**
 * The inputs as one block: a picture, or a frame around their number, which stands there as text.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Column} column
 * @param {Shown} state
 */
export function drawInputBlock(ctx, { box, fold }, { net, digit, colors }) {
  if (fold === "picture" && net.picture && digit) {
    drawInk(ctx, box, net.picture, isInked(digit) ? digit.ink : [], colors);
    return;
  }
  ctx.fillStyle = colors.field;
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  ctx.roundRect(box.left, box.top, box.width, box.height, 8);
  ctx.fill();
  ctx.stroke();
}

/**
 * A line around a cell.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x its middle
 * @param {number} y
 * @param {number} size
 * @param {string} color
 * @param {number} width
 */
export function frameCell(ctx, x, y, size, color, width) {
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.strokeRect(x - size / 2, y - size / 2, size, size);
}

/**
 * A neuron as one flat colour: what it makes of the picture, −1 … 1.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {number} value
 * @param {Colors} colors
 */
export function drawValueCell(ctx, x, y, size, value, colors) {
  ctx.fillStyle = cssColor(colors.diverging(Math.max(-1, Math.min(1, value || 0))));
  ctx.fillRect(x - size / 2, y - size / 2, size, size);
  frameCell(ctx, x, y, size, colors.ink, size < 16 ? 0.8 : 1.2);
}

/**
 * An output with the name of its class in it; the likeliest one is filled.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {string} label
 * @param {boolean} most
 * @param {Colors} colors
 */
export function drawClassCell(ctx, x, y, size, label, most, { ink, bg, font }) {
  ctx.fillStyle = most ? ink : bg;
  ctx.strokeStyle = ink;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  ctx.roundRect(x - size / 2, y - size / 2, size, size, size * 0.16);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = most ? bg : ink;
  ctx.font = `650 ${Math.min(16, Math.round(0.62 * size))}px ${font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(label, x, y + 1, size - 2);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
}
