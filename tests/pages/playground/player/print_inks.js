// Prints the pictures that are made of drawings; it is given them in JSON, each a list of strokes.

import { readFileSync } from "node:fs";

import { inkOf } from "../../../../pages/playground/player/digit-strokes.js";

/** @type {import("../../../../pages/playground/player/digit-strokes.js").Stroke[][]} */
const drawings = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(drawings.map((strokes) => [...inkOf(strokes, [8, 8])])));
