// Reads what the server sends: a header, blocks of numbers, and frames.

/** @typedef {Float64Array | Float32Array | Int32Array | Int16Array | Uint8Array} Numbers */
/** @typedef {[name: string, type: keyof NUMBER_ARRAYS, shape: number[]]} BlockSpec */

/**
 * What every header holds; each view has more in it.
 * @typedef {object} Header
 * @property {string} session tells the session that sends it from any other
 * @property {string} client who sent the request that this payload answers
 * @property {number} answers the number of that request
 * @property {number} generation grows when what was sent before is out of date
 * @property {string | null} notice one sentence to show
 * @property {string} provenance the line under a saved picture
 * @property {BlockSpec[]} blocks
 * @property {number} count of frames
 * @property {number} frame_bytes
 * @property {BlockSpec[]} [frame_blocks]
 * @property {string[]} [scalars] names of the numbers in a frame's block "scalars"
 */

/** @typedef {Record<string, any>} Blocks numbers of a block, or one scalar, by its name */
/**
 * @template {Header} H
 * @typedef {{ header: H, blocks: Blocks, frames: Blocks[] }} Payload
 */

const NUMBER_ARRAYS = { f8: Float64Array, f4: Float32Array, i4: Int32Array, i2: Int16Array, u1: Uint8Array };

/** Sizes are multiples of eight bytes. @param {number} size */
const eight = (size) => (size + 7) & ~7;

/** @param {BlockSpec} spec */
const blockLength = ([, , shape]) => shape.reduce((a, b) => a * b, 1);

/** @param {BlockSpec} spec */
const blockBytes = (spec) => eight(blockLength(spec) * NUMBER_ARRAYS[spec[1]].BYTES_PER_ELEMENT);

/** @param {BlockSpec[]} specs */
const totalBytes = (specs) => specs.reduce((sum, spec) => sum + blockBytes(spec), 0);

/**
 * Views on an aligned copy of the bytes, so that the payload itself can be collected.
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {BlockSpec[]} specs
 * @returns {Record<string, Numbers>}
 */
function copyBlocks(bytes, start, specs) {
  const copy = bytes.slice(start, start + totalBytes(specs)).buffer;
  let offset = 0;
  return Object.fromEntries(specs.map((spec) => {
    const numbers = new NUMBER_ARRAYS[spec[1]](copy, offset, blockLength(spec));
    offset += blockBytes(spec);
    return [spec[0], numbers];
  }));
}

/**
 * Reads one payload; a frame holds every scalar and every other block by its name.
 * @template {Header} H
 * @param {Uint8Array} bytes
 * @returns {Payload<H>}
 */
export function readPayload(bytes) {
  const headerSize = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  /** @type {H} */
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headerSize)));
  const start = 4 + headerSize, { frame_blocks: specs = [], scalars: names = [] } = header;
  const first = start + totalBytes(header.blocks);
  const frames = Array.from({ length: header.count }, (_, k) => {
    const { scalars, ...views } = copyBlocks(bytes, first + k * header.frame_bytes, specs);
    return { ...Object.fromEntries(names.map((name, n) => [name, scalars[n]])), ...views };
  });
  return { header, blocks: copyBlocks(bytes, start, header.blocks), frames };
}
