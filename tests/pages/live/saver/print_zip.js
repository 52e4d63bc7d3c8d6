// Reads a zip in base64, adds two files, and prints it in base64.

import { readFileSync } from "node:fs";

import { withFiles } from "../../../../pages/live/saver/zip.js";

const zip = Uint8Array.from(Buffer.from(readFileSync(0, "utf8"), "base64"));
const entries = [
  { name: "figures/a.png", bytes: Uint8Array.from([0, 255, 128, 10]) },
  { name: "b.bin", bytes: new Uint8Array(70_000).fill(7) },
];
process.stdout.write(Buffer.from(withFiles(zip, entries)).toString("base64"));
