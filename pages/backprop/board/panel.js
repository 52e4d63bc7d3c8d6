// Writes one step: title, formula, numbers, in between, result, one entry, and what else there is to say.

import { element, find, focused } from "../../live/kit/elements.js";
import { alternativeNode, derivationNode, errataNodes, jacobianRow, sharesRow } from "./extras.js";
import { fitLines } from "./fit.js";
import { lineNode, mathNode, mathOf } from "./mathml.js";
import { entryNode, isDone, resultNode } from "./result.js";
import { row } from "./rows.js";

/** @typedef {import("./types.js").Act} Act */
/** @typedef {import("./types.js").Content} Content */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Options} Options */
/** @typedef {import("./types.js").Shown} Shown */

/** How the page's contract calls the switches. @type {Record<keyof Options, string>} */
const SWITCH_ACTIONS = {
  both: "both-notations", alternative: "alternative", derivation: "derivation",
};

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
  const node = element("h2", { class: "title" }, element("span", {}, titleText(header, at)));
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
  if (!second.formula) return row("Formula", namedFormula(rows.formula, `the same where ${second.label}`));
  return row("Formula", namedFormula(rows.formula, shown), namedFormula(second.formula, second.label));
}

/**
 * The switches below a step.
 * @param {HTMLElement} panel
 * @param {Shown} state
 * @param {Act} act
 */
function switchesNode(panel, state, act) {
  const { content, options } = state;
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
  if (content.alternative && isDone(state)) node.append(switchNode(content.alternative.name, "alternative"));
  if (content.derivation) node.append(switchNode("Derived line by line", "derivation"));
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
  const held = holdsFocus(panel);
  const { content, colors, options } = state;
  const { rows, samples, alternative, jacobian, derivation, note, errata } = content;
  /** @type {HTMLElement[]} */
  const parts = [titleNode(state), formulaRow(content, options.both), row("Numbers", lineNode(rows.numbers))];
  const done = isDone(state); // what would tell the entries that are still to come waits for them
  if (rows.between && done) parts.push(row("In between", lineNode(rows.between)));
  parts.push(row("Result", resultNode(state, act.choose)), row("One entry", entryNode(state)));
  if (jacobian) parts.push(jacobianRow(jacobian, colors));
  if (samples && done) parts.push(sharesRow(samples));
  if (note) parts.push(element("p", { class: "note" }, note));
  parts.push(...errataNodes(errata), switchesNode(panel, state, act)); // below what differs from step to step
  if (alternative && options.alternative && done) parts.push(alternativeNode(alternative, colors));
  if (derivation && options.derivation) parts.push(derivationNode(derivation));
  panel.replaceChildren(...parts);
  if (held) focusChosen(panel);
  fitLines(panel);
}

/** Whether the focus is in the result. @param {HTMLElement} panel */
function holdsFocus(panel) {
  const active = focused(panel);
  return active !== null && active.closest('[data-row="result"]') !== null;
}

/** @param {HTMLElement} panel */
function focusChosen(panel) {
  const chosen = panel.querySelector(".chosen");
  if (chosen instanceof HTMLElement) chosen.focus();
}

/**
 * Writes the chosen entry, where nothing else has changed.
 * @param {HTMLElement} panel
 * @param {Shown} state
 * @param {Act} act
 */
export function drawEntry(panel, state, act) {
  const held = holdsFocus(panel);
  find(panel, '[data-row="result"] .cell-box').replaceChildren(resultNode(state, act.choose));
  if (held) focusChosen(panel);
  find(panel, '[data-row="one-entry"] .cell-box').replaceChildren(entryNode(state));
}
