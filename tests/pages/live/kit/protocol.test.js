import assert from "node:assert/strict";
import { test } from "node:test";
import { readPayload } from "../../../../pages/live/kit/protocol.js";

/**
 * A payload as the server packs it, at an odd place of a larger buffer.
 * @param {Record<string, unknown>} header
 * @param {ArrayBufferView[]} blocks each padded to a multiple of eight bytes
 */
function payload(header, blocks) {
  const text = new TextEncoder().encode(JSON.stringify(header)), size = Math.ceil((4 + text.length) / 8) * 8;
  const parts = blocks.map(({ buffer }) => new Uint8Array(buffer));
  const bytes = new Uint8Array(3 + size + parts.reduce((sum, part) => sum + Math.ceil(part.length / 8) * 8, 0));
  const view = bytes.subarray(3);
  view.fill(32, 4, size);
  new DataView(bytes.buffer, 3).setUint32(0, size - 4, true);
  view.set(text, 4);
  let at = size;
  for (const part of parts) {
    view.set(part, at);
    at += Math.ceil(part.length / 8) * 8;
  }
  return view;
}

const FRAMES = {
  blocks: [["a", "u1", [3]], ["b", "f8", [1, 2]]], count: 2, frame_bytes: 24,
  frame_blocks: [["scalars", "f8", [2]], ["theta", "f4", [1]]], scalars: ["frame", "epoch"],
};
const bytes = payload(FRAMES, [
  Uint8Array.of(1, 2, 255), Float64Array.of(0.5, NaN),
  Float64Array.of(7, 70), Float32Array.of(1.5), Float64Array.of(8, 80), Float32Array.of(-2.5),
]);

test("every block is read by its name, in its type, from wherever the payload lies", () => {
  const { blocks } = readPayload(bytes);
  assert.deepEqual(blocks, { a: Uint8Array.of(1, 2, 255), b: Float64Array.of(0.5, NaN) });
});

test("a frame holds its scalars and other blocks by name", () => {
  const { frames } = readPayload(bytes);
  assert.deepEqual(frames, [
    { frame: 7, epoch: 70, theta: Float32Array.of(1.5) }, { frame: 8, epoch: 80, theta: Float32Array.of(-2.5) },
  ]);
});

test("what was read stays when the payload is overwritten", () => {
  const copy = bytes.slice(), { blocks, frames } = readPayload(copy);
  copy.fill(0);
  assert.equal(blocks.a[2], 255);
  assert.equal(frames[1].theta[0], -2.5);
});

test("a payload without frames has none", () => {
  const { frames, blocks } = readPayload(payload({ blocks: [], count: 0, frame_bytes: 0 }, []));
  assert.deepEqual(frames, []);
  assert.deepEqual(blocks, {});
});
