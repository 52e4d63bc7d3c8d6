// Prints what the browser computes of a payload; it is given as text, two digits for each byte, after a word on how.

import { readFileSync } from "node:fs";

import { computed } from "./computed.js";

const [how, text] = readFileSync(0, "utf-8").split(" ");
process.stdout.write(JSON.stringify(computed(new Uint8Array(Buffer.from(text, "hex")), how === "quick")));
