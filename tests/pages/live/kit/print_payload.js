// Prints what the browser side reads of a payload that stands in hexadecimal on standard input, as JSON.

import { readFileSync } from "node:fs";
import { readPayload } from "../../../../pages/live/kit/protocol.js";

const { header, blocks, frames } = readPayload(Uint8Array.from(Buffer.from(readFileSync(0, "utf-8"), "hex")));

/** Typed arrays by their type, and numbers that JSON doesn't know as text. @param {string} _ @param {any} value */
function plain(_, value) {
  if (ArrayBuffer.isView(value)) return [value.constructor.name, ...Array.from(/** @type {any} */ (value))];
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

console.log(JSON.stringify({ header, blocks, frames }, plain));
