// Canvases of the right sharpness, and rasters that are painted pixel by pixel.

import { contextOf } from "./elements.js";

/** For setLineDash: lines without gaps. @type {number[]} */
export const UNDASHED = [];

/**
 * Sizes a canvas to width × height CSS pixels; the drawing context counts in CSS pixels too.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @param {{ opaque?: boolean, sharpness?: number }} [options] sharpness: pixels of the canvas per CSS pixel; the
 *   screen's where it isn't given
 */
export function sizeCanvas(canvas, width, height, { opaque = false, sharpness = devicePixelRatio || 1 } = {}) {
  const w = Math.round(width * sharpness), h = Math.round(height * sharpness);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  canvas.style.width = width + "px";
  canvas.style.height = height + "px";
  const context = contextOf(canvas, { alpha: !opaque });
  context.setTransform(w / width, 0, 0, h / height, 0, 0);
  return context;
}

/**
 * A canvas of width × height pixels, each of which is one number of `pixels`; show() brings them onto the canvas.
 * @typedef {{ canvas: HTMLCanvasElement, pixels: Int32Array, show: () => void }} Raster
 * @param {number} width
 * @param {number} height
 * @returns {Raster}
 */
export function makeRaster(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = contextOf(canvas);
  const image = context.createImageData(width, height);
  return {
    canvas,
    pixels: new Int32Array(image.data.buffer),
    show: () => context.putImageData(image, 0, 0),
  };
}
