// Draws the network with what is known so far: values in the neurons, δ beside them, the links at work lit.

import { find, findAs, svgElement } from "../../live/kit/elements.js";
import { linksNode } from "./links.js";
import { columnNodes, svgText } from "./neurons.js";
import { titleText } from "./panel.js";
import { sceneAt } from "./scene.js";
import { diagramLabel } from "./spoken.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {{ links: SVGGElement[], columns: SVGGElement[] }} DiagramParts what lights up with a term */

/** The middle of the links into the step's column. @param {Scene} scene */
const middleOfStep = ({ geometry, column }) => (geometry.x(column) + geometry.x(column - 1)) / 2;

/** The arrow below the links that the error flows back through. @param {Scene} scene */
function flowNodes(scene) {
  const { geometry } = scene, y = geometry.height - 10, middle = middleOfStep(scene);
  const half = Math.min(36, geometry.gap / 2 - 8);
  const shaft = `M${middle + half},${y}H${middle - half + 6}`, head = `M${middle - half},${y}l11,-6v12z`;
  const x = Math.max(58, Math.min(geometry.width - 58, middle));
  return [
    svgElement("path", { "d": shaft, "stroke": "var(--accent)", "stroke-width": 3 }),
    svgElement("path", { d: head, fill: "var(--accent)", stroke: "none" }),
    svgText(x, y - 10, "error flows back", { class: "flow" }),
  ];
}

/**
 * Says which sample's values the neurons show, at the side where no arrow is.
 * @param {HTMLElement} root
 * @param {Scene} scene
 */
function drawCaption(root, scene) {
  const caption = find(root, '[data-show="sample"]');
  const right = scene.backward && middleOfStep(scene) < scene.geometry.width / 2;
  caption.style.textAlign = right ? "right" : "left";
  caption.textContent = scene.network.a[0].length > 1 ? `values of sample ${scene.sample + 1}` : "";
}

/**
 * Draws the diagram; none while it is hidden.
 * @param {HTMLElement} root
 * @param {import("./types.js").Shown} state
 * @returns {DiagramParts}
 */
export function drawDiagram(root, state) {
  const svg = findAs(root, ".picture svg", SVGSVGElement), { clientWidth: width, clientHeight: height } = svg;
  if (!width) return { links: [], columns: [] };
  const scene = sceneAt(state, width, height);
  const links = scene.network.weights.map((_, l) => linksNode(scene, l));
  const columns = scene.columns.map((_, c) => columnNodes(scene, c));
  const groups = columns.map(({ group }) => group), labels = columns.flatMap((column) => column.labels);
  svg.replaceChildren(...links, ...groups, ...labels, ...(scene.backward ? flowNodes(scene) : []));
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("aria-label", diagramLabel(scene.network.weights, titleText(state.header, state.at)));
  drawCaption(root, scene);
  return { links, columns: groups };
}
