// Draws the links of the network, those at work lit.

import { svgElement } from "../../live/kit/elements.js";
import { linkDashes, linkOpacity, linkPath, linkWidth } from "./geometry.js";

/** @typedef {import("./scene.js").Scene} Scene */

/**
 * Whether a link belongs to the chosen entry: it is the chosen weight, or ends at the chosen neuron.
 * @param {Pick<Scene, "weights" | "entry" | "column">} scene
 * @param {number} l from column l to the next
 * @param {number} i
 * @param {number} j
 */
export function isChosenLink({ weights, entry: [p, q], column }, l, i, j) {
  if (weights) return i === p && j === q;
  return l + 1 === column ? j === q : i === q;
}

/**
 * @param {Scene} scene
 * @param {number} l
 * @param {{ w: number, i: number, j: number }} link
 */
function linkNodes(scene, l, { w, i, j }) {
  const working = scene.links === l, chosen = isChosenLink(scene, l, i, j), width = linkWidth(w);
  const on = working && (!scene.byNeuron || chosen), d = linkPath(scene.geometry, l, i, j);
  const opacity = on ? linkOpacity(w) : working ? 0.3 : 0.14;
  const line = svgElement("path", {
    d, "stroke": `var(--${w < 0 ? "neg" : "pos"})`, "stroke-width": width.toFixed(2), "opacity": opacity.toFixed(2),
    ...(w < 0 && { "stroke-dasharray": linkDashes(width) }),
  });
  if (!(working && scene.weights && chosen)) return [line];
  const glow = { d, "stroke": "var(--accent)", "stroke-width": (width + 8).toFixed(1), "opacity": ".3" };
  return [svgElement("path", glow), line];
}

/**
 * The links from column l to the next, strong ones above weak ones.
 * @param {Scene} scene
 * @param {number} l
 */
export function linksNode(scene, l) {
  const links = scene.network.weights[l].flatMap((row, i) => row.map((w, j) => ({ w, i, j })));
  links.sort((a, b) => Math.abs(a.w) - Math.abs(b.w));
  const attributes = { "data-links": l + 1, "fill": "none" };
  return svgElement("g", attributes, ...links.flatMap((link) => linkNodes(scene, l, link)));
}
