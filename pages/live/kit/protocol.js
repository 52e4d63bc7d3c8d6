// Reads what the server sends (a header, blocks of numbers, frames) and keeps the requests to it in order.

const NUMBER_ARRAYS = { f8: Float64Array, f4: Float32Array, i4: Int32Array, i2: Int16Array, u1: Uint8Array };
const REPEAT_AFTER = 1000; // ms without an answer
const ONE_BY_ONE = ["set", "freeze", "undo"]; // edits that are all carried out; of other wishes the newest counts

const eight = (size) => (size + 7) & ~7;
const blockLength = ([, , shape]) => shape.reduce((a, b) => a * b, 1);
const blockBytes = (spec) => eight(blockLength(spec) * NUMBER_ARRAYS[spec[1]].BYTES_PER_ELEMENT);

// Views on an aligned copy of `bytes`, so that the payload itself can be collected.
function copyBlocks(bytes, start, specs) {
  const size = specs.reduce((sum, spec) => sum + blockBytes(spec), 0);
  const copy = bytes.slice(start, start + size).buffer;
  const blocks = { size };
  let offset = 0;
  for (const spec of specs) {
    blocks[spec[0]] = new NUMBER_ARRAYS[spec[1]](copy, offset, blockLength(spec));
    offset += blockBytes(spec);
  }
  return blocks;
}

function readPayload(bytes) {
  const headerSize = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headerSize)));
  const blocks = copyBlocks(bytes, 4 + headerSize, header.blocks);
  const frames = [];
  let offset = 4 + headerSize + blocks.size;
  for (let k = 0; k < header.count; k++, offset += header.frame_bytes) {
    const { scalars, size, ...views } = copyBlocks(bytes, offset, header.frame_blocks);
    const named = Object.fromEntries(header.scalars.map((name, k) => [name, scalars[k]]));
    frames.push({ ...named, ...views }); // every scalar and every other block by its name
  }
  return { header, blocks, frames };
}

// The network as the header describes it: its inputs and layers, and where in theta each weight and bias lies.
function networkShape({ inputs: features, layers: rows }) {
  const inputs = features.map((feature, row) => ({ ...feature, row })).filter((feature) => feature.on);
  const dims = [inputs.length, ...rows.map((row) => row.width)];
  let tiles = 0; // of all neurons, one layer after the other
  const layers = rows.map((row) => ({ ...row, tile: (tiles += row.width) - row.width })), output = layers[layers.length - 1];
  return {
    inputs, dims, layers, outputs: output.width, tiles, last: layers.length,
    hasBias: output.b !== null,
    softmax: output.width > 1 && output.activation === "softmax",
    weightAt: (l, i, j) => layers[l - 1].W + i * dims[l] + j, // W[l] (fan_in, fan_out), row by row
    biasAt: (l, j) => layers[l - 1].b + j,
    parameterAt({ l, i, j }) { return i < dims[l - 1] ? this.weightAt(l, i, j) : this.biasAt(l, j); },
  };
}

// At most one request is under way; it is sent again, with the same id, until its answer comes.
function makeRequests(trigger, stamp) {
  const client = Math.random().toString(36).slice(2, 8);
  const waiting = [];
  let id = 0, underWay = null, sentAt = 0;
  const post = () => {
    sentAt = performance.now();
    trigger("request", underWay);
  };
  const send = (request) => {
    underWay = { client, id: ++id, ...stamp(), ...request };
    post();
  };
  return {
    get busy() { return underWay !== null; },
    wish(request) { // the newest wish of a kind replaces an older one that still waits
      const same = (r) => r.kind === request.kind && !ONE_BY_ONE.includes(r.kind) && Object.keys(r.change || {})[0] === Object.keys(request.change || {})[0];
      const old = waiting.findIndex(same);
      if (old >= 0) waiting.splice(old, 1);
      waiting.push(request);
      this.next();
    },
    forget(kind) {
      const old = waiting.findIndex((r) => r.kind === kind);
      if (old >= 0) waiting.splice(old, 1);
    },
    waits: (kind) => waiting.some((r) => r.kind === kind) || (underWay && underWay.kind === kind),
    next(otherwise) {
      if (underWay) return;
      if (waiting.length) return send(waiting.shift());
      const request = otherwise && otherwise();
      if (request) send(request);
    },
    answered(header) { // the request that this payload answers, once
      if (!underWay || header.client !== client || header.answers < underWay.id) return null;
      const request = underWay;
      underWay = null;
      return request;
    },
    repeat() {
      if (underWay && performance.now() - sentAt > REPEAT_AFTER) post();
    },
  };
}
