// Writes one step: title, formula, numbers, in between, result, one entry, and what else there is to say.

import { element, find, focused } from "../../live/kit/elements.js";
import { alternativeNode, errataNodes, sharesRow } from "./extras.js";
import { fitLines } from "./fit.js";
import { lineNode, mathNode, mathOf } from "./mathml.js";
import { entryNode, resultNode } from "./result.js";
import { row } from "./rows.js";

/** @typedef {import("./types.js").Act} Act */
/** @typedef {import("./types.js").Content} Content */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Options} Options */
/** @typedef {import("./types.js").Shown} Shown */

/** How the page's contract calls the switches. @type {Record<keyof Options, string>} */
const SWITCH_ACTIONS = { both: "both-notations", alternative: "alternative" };

/**
 * The heading of a step; there is one loss, and other phases number their steps.
 * @param {Pick<Header, "phases" | "steps" | "loss_label">} header
 * @param {number} at
 */
export function titleText({ phases, steps, loss_label }, at) {
  const { phase, title } = steps[at];
  if (phase === "loss") return `Loss: ${loss_label}`;
  const number = at - steps.findIndex((step) => step.phase === phase) + 1;
  return `${new Map(phases).get(phase)} ${number}: ${title}`;
}

/** @param {Shown} state */
function titleNode({ content, header, at }) {
  const node = element("h3", { class: "title" }, element("span", {}, titleText(header, at)));
  if (content.meaning) node.append(mathNode("span", mathOf(content.meaning), { class: "meaning" }));
  return node;
}

/**
 * A formula with the name of its notation.
 * @param {string[]} pieces
 * @param {string} notation
 */
function namedFormula(pieces, notation) {
  const node = lineNode(pieces, "formula");
  node.append(element("small", { class: "notation" }, notation));
  return node;
}

/** @param {Content} content @param {boolean} both notations */
function formulaRow({ rows, shown, second }, both) {
  if (!both) return row("Formula", lineNode(rows.formula, "formula"));
  return row("Formula", namedFormula(rows.formula, shown), namedFormula(second.formula, second.label));
}

/**
 * The switches below a step.
 * @param {HTMLElement} panel
 * @param {Shown} state
 * @param {Act} act
 */
function switchesNode(panel, { content, options }, act) {
  /** @param {string} name @param {keyof Options} option */
  const switchNode = (name, option) => {
    const action = SWITCH_ACTIONS[option];
    const attributes = { "type": "button", "class": "switch", "aria-pressed": options[option], "data-action": action };
    const node = element("button", attributes, element("i"), name);
    node.onclick = () => {
      act.toggle(option);
      find(panel, `[data-action="${action}"]`).focus(); // the panel is written anew
    };
    return node;
  };
  const node = element("div", { class: "foot" }, switchNode("Both notations", "both"));
  if (content.alternative) node.append(switchNode(content.alternative.name, "alternative"));
  node.append(shortcutsNode());
  return node;
}

/** The keys that lead from step to step. */
function shortcutsNode() {
  const parts = [["← →", " step · "], ["Home", " first · "], ["End", " last"]];
  return element("span", { class: "shortcuts" }, ...parts.flatMap(([key, text]) => [element("kbd", {}, key), text]));
}

/**
 * @param {HTMLElement} panel
 * @param {Shown} state
 * @param {Act} act
 */
export function drawPanel(panel, state, act) {
  const { content, colors, options } = state, { rows, samples, alternative, note, errata } = content;
  /** @type {HTMLElement[]} */
  const parts = [titleNode(state), formulaRow(content, options.both), row("Numbers", lineNode(rows.numbers))];
  if (rows.between) parts.push(row("In between", lineNode(rows.between)));
  parts.push(row("Result", resultNode(state, act.choose)), row("One entry", entryNode(state)));
  if (samples) parts.push(sharesRow(samples));
  parts.push(switchesNode(panel, state, act));
  if (alternative && options.alternative) parts.push(alternativeNode(alternative, colors));
  if (note) parts.push(element("p", { class: "note" }, note));
  parts.push(...errataNodes(errata));
  panel.replaceChildren(...parts);
  fitLines(panel);
}

/**
 * Writes the chosen entry, where nothing else has changed.
 * @param {HTMLElement} panel
 * @param {Shown} state
 * @param {Act} act
 */
export function drawEntry(panel, state, act) {
  const result = find(panel, '[data-row="result"] .cell-box'), active = focused(panel);
  const holdsFocus = active !== null && result.contains(active);
  result.replaceChildren(resultNode(state, act.choose));
  const chosen = result.querySelector(".chosen");
  if (holdsFocus && chosen instanceof HTMLElement) chosen.focus();
  find(panel, '[data-row="one-entry"] .cell-box').replaceChildren(entryNode(state));
}
