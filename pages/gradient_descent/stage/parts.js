// Finds the parts of the stage's page, once.

import { find, findAs } from "../../live/kit/elements.js";

/** @typedef {ReturnType<typeof partsOf>} Parts */

/** @param {HTMLElement} root */
export const partsOf = (root) => ({
  axis: findAs(root, ".axis svg", SVGSVGElement),
  room: find(root, ".plane"),
  canvas: findAs(root, ".plane canvas", HTMLCanvasElement),
  plane: findAs(root, ".plane > svg", SVGSVGElement),
  handle: find(root, '[data-role="start"]'),
  curves: findAs(root, ".curves > svg", SVGSVGElement),
  place: find(root, ".place"),
  why: find(root, ".why"),
  play: find(root, '[data-action="play"]'),
  race: find(root, '[data-action="race"]'),
  scrubber: findAs(root, '[data-role="scrubber"]', HTMLInputElement),
  fill: find(root, ".fill"),
  thumb: find(root, ".thumb"),
});
