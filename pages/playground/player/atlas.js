// Keeps the tiles of all neurons and inputs in one raster, from which the diagram takes them.

import { makeRaster } from "../../live/kit/canvas.js";
import { isOnLine } from "../../live/kit/colors.js";
import { tilesOf } from "./pictures.js";
import { tileCode, tileLines } from "./sampling.js";
import { fillInputs, hasSlice } from "./slice.js";

/** @typedef {import("../../live/kit/colors.js").Shades} Shades */
/** @typedef {import("./types.js").Shown} Shown */

const ATLAS_COLUMNS = 16;

/**
 * Paints the tile at a place of the atlas.
 * @param {Int32Array} pixels of the atlas
 * @param {number} side of a tile
 * @param {number} slot its place, counted row by row
 * @param {Uint8Array} values of all tiles, one after the other
 * @param {number} tile which of them
 * @param {Shades} shades the pixel for each value
 */
export function paintTile(pixels, side, slot, values, tile, { plain, lined }) {
  const wide = ATLAS_COLUMNS * side;
  const corner = Math.floor(slot / ATLAS_COLUMNS) * side * wide + (slot % ATLAS_COLUMNS) * side;
  for (let r = 0, k = tile * side * side; r < side; r++) {
    for (let c = 0, to = corner + r * wide; c < side; c++) pixels[to++] = (isOnLine(r, c) ? lined : plain)[values[k++]];
  }
}

/**
 * The tiles of all inputs over the plane of the map: −1 and 1 are the ends of each one's own range.
 * @param {import("./slice.js").Slice} slice
 * @param {[low: number, high: number][]} ranges
 * @param {number} n pixels of a row of the map
 * @param {number} side
 */
export function sliceTiles(slice, ranges, n, side) {
  const cells = side ** 2, values = new Float32Array(ranges.length * cells);
  fillInputs(slice, ranges.map((_, d) => d), n, tileLines(n, side), values);
  return Uint8Array.from(values, (value, at) => {
    const [low, high] = ranges[Math.floor(at / cells)];
    return tileCode((2 * value - low - high) / (high - low));
  });
}

/**
 * The atlas of a network: the neurons' tiles come first, those of all features after them; the latter stay, or follow
 * the plane of the map.
 * @param {Shown} state
 */
export function makeAtlas({ net, header, inputTiles, colors }) {
  const side = header.tile, features = header.inputs.length;
  const raster = makeRaster(ATLAS_COLUMNS * side, Math.ceil((net.tiles + features) / ATLAS_COLUMNS) * side);
  /** @param {Uint8Array} tiles */
  function paintInputs(tiles) {
    for (let row = 0; row < features; row++) {
      paintTile(raster.pixels, side, net.tiles + row, tiles, row, colors.tile);
    }
  }
  /** @type {import("./slice.js").Slice | null} */
  let of = null;
  if (!hasSlice(header)) paintInputs(inputTiles);
  return {
    /** Takes up the shown frame. @param {Shown} state */
    fill(state) {
      if (hasSlice(header) && state.slice !== of) {
        paintInputs(sliceTiles(of = state.slice, header.dataset.ranges, header.map, side));
      }
      const firstOutput = net.layers[net.last].tile, { colors: { tile, classTile } } = state;
      const tiles = tilesOf(state);
      for (let t = 0; t < net.tiles; t++) {
        const shades = net.softmax && t >= firstOutput ? classTile[t - firstOutput] : tile;
        paintTile(raster.pixels, side, t, tiles, t, shades);
      }
      raster.show();
    },

    /**
     * Draws one tile.
     * @param {CanvasRenderingContext2D} ctx
     * @param {number} slot
     * @param {number} left
     * @param {number} top
     * @param {number} size px of its side
     */
    draw(ctx, slot, left, top, size) {
      const x = (slot % ATLAS_COLUMNS) * side, y = Math.floor(slot / ATLAS_COLUMNS) * side;
      ctx.drawImage(raster.canvas, x, y, side, side, left, top, size, size);
    },
  };
}
