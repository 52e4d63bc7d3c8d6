// Prints what the browser computes of one picture, layer by layer; it is given, in JSON, a payload and the picture.

import { readFileSync } from "node:fs";

import { readPayload } from "../../../../pages/live/kit/protocol.js";
import { makePictures } from "../../../../pages/playground/player/pictures.js";
import { networkShape } from "../../../../pages/playground/player/shape.js";

const { payload, ink } = JSON.parse(readFileSync(0, "utf-8"));
const { header: { described }, blocks: { rows, columns, edges, tables }, frames: [{ theta }] } =
  /** @type {any} */ (readPayload(new Uint8Array(Buffer.from(payload, "hex"))));
const pictures = makePictures(described, networkShape(described), { name: "", rows, columns, edges, tables });
process.stdout.write(JSON.stringify(pictures.pass(theta, Float32Array.from(ink)).map((layer) => [...layer])));
