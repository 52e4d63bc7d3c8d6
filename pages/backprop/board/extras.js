// Writes what only some steps have: each sample's share, another formula, and slips of the source.

import { element } from "../../live/kit/elements.js";
import { matrixNode } from "./cells.js";
import { EQUALS, PLUS, lineNode } from "./mathml.js";
import { row } from "./rows.js";

/** @typedef {import("./types.js").Alternative} Alternative */
/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./types.js").Erratum} Erratum */

/** @param {import("./types.js").Shares} shares */
export function sharesRow({ terms, more, total }) {
  const pieces = terms.map((term, k) => {
    const caption = `<mtext class="shape">sample ${k + 1}</mtext>`;
    return `${k ? PLUS : ""}<munder><mrow>${term}</mrow>${caption}</munder>`;
  });
  if (more) pieces.push(`${PLUS}<mtext class="words">… ${more} more</mtext>`);
  return row("Per sample", lineNode([...pieces, EQUALS + total], "samples"));
}

/**
 * The Jacobian, and how it is computed.
 * @param {import("./types.js").Jacobian} jacobian
 * @param {Colors} colors
 */
export function jacobianRow(jacobian, colors) {
  const matrix = matrixNode(colors, { ...jacobian, more: [0, 0] }, { label: "Jacobian" });
  const which = jacobian.more ? " of sample 1; every sample has its own" : "";
  const lines = jacobian.lines.map((pieces) => lineNode(pieces));
  return row("Jacobian", ...lines, matrix, element("small", {}, `J${which}`));
}

/**
 * The lines of a derivation, each with its reason.
 * @param {NonNullable<import("./types.js").Content["derivation"]>} derivation
 */
export function derivationNode({ title, lines }) {
  const node = element("div", { "class": "derivation", "data-role": "derivation" }, element("h3", {}, title));
  const items = lines.map(({ pieces, reason }) => element("li", {}, lineNode(pieces), element("small", {}, reason)));
  node.append(element("ol", {}, ...items));
  return node;
}

/**
 * @param {Alternative} alternative
 * @param {Colors} colors
 */
export function alternativeNode({ name, rows, result, verdict, jacobian }, colors) {
  const node = element("div", { "class": "alternative", "data-role": "alternative" }, element("h3", {}, name));
  node.append(row("Formula", lineNode(rows.formula, "formula")), row("Numbers", lineNode(rows.numbers)));
  if (rows.between) node.append(row("In between", lineNode(rows.between)));
  if (jacobian) node.append(jacobianRow(jacobian, colors));
  const matrix = matrixNode(colors, result, { label: "its result" });
  const said = element("span", { class: "same" }, verdict);
  node.append(row("Result", element("div", { class: "eqn" }, matrix, said)));
  return node;
}

/** @param {Erratum} erratum */
function erratumNode({ document: source, place, printed, right, why, numbers }) {
  const node = element("div", { "class": "erratum", "data-role": "erratum" });
  node.append(element("p", { class: "where" }, `${source}, ${place}`));
  node.append(element("p", {}, element("b", {}, "Printed: "), element("q", {}, printed)));
  node.append(element("p", {}, element("b", {}, "Right: "), right), element("p", {}, why));
  if (numbers) {
    const asPrinted = element("span", {}, "as printed ", element("b", { "data-show": "printed" }, numbers[0]));
    const asRight = element("span", {}, "right ", element("b", { "data-show": "right" }, numbers[1]));
    node.append(element("span", { class: "two" }, asPrinted, asRight));
  }
  return node;
}

/**
 * The slips of the source at this step; all but the first are folded away.
 * @param {Erratum[]} errata
 */
export function errataNodes(errata) {
  const [first, ...others] = errata.map(erratumNode);
  if (!first) return [];
  if (!others.length) return [first];
  const count = others.length === 1 ? "One more slip" : `${others.length} more slips`;
  return [first, element("details", {}, element("summary", {}, `${count} of the source here`), ...others)];
}
