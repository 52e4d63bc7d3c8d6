// What the browser computes of a payload's frame, for tests that hold it against the engine.

import { readPayload } from "../../../../pages/live/kit/protocol.js";
import { makePictures } from "../../../../pages/playground/player/pictures.js";
import { sliceOf } from "../../../../pages/playground/player/slice.js";
import { networkShape } from "../../../../pages/playground/player/shape.js";

/**
 * All numbers of the tiles, and of the maps of all neurons: the hidden ones layer by layer, then the outputs.
 * @param {Uint8Array} bytes of a whole picture
 * @param {boolean} quick whether the maps may be coarser
 * @returns {{ tiles: number[], maps: number[] }}
 */
export function computed(bytes, quick) {
  const { header: { described, plane, probe }, blocks: { rows, columns, edges, tables }, frames: [{ theta }] } =
    /** @type {any} */ (readPayload(bytes));
  let time = 0;
  const net = networkShape(described), ground = { name: "", rows, columns, edges, tables };
  const pictures = makePictures(described, net, ground, () => (time += 1000)); // so slow that a quick one is coarsest
  const slice = sliceOf({ dataset: described.dataset, plane }, probe.point);
  if (quick) pictures.maps(theta.slice(), null, false, slice);
  /** @type {number[]} */
  const maps = [];
  net.layers.forEach(({ width }, l) => {
    for (let j = 0; j < width && l < net.last; j++) {
      maps.push(...pictures.maps(theta.slice(), { kind: "neuron", l, j }, quick, slice).neuron);
    }
  });
  maps.push(...pictures.maps(theta, null, quick, slice).outputs);
  return { tiles: [...pictures.tiles(theta, slice)], maps };
}
