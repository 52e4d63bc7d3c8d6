// Shows what keeps the network from learning: its numbers, the reason, since when, and a button to try something.

import { element, svgElement } from "../../live/kit/elements.js";
import { epochText } from "../../live/kit/format.js";
import { isOff, lesson } from "../../live/kit/lesson.js";
import { diagnosesAt, evidenceAt } from "./diagnosis-state.js";
import { titleOf } from "./diagnosis-words.js";

/** @typedef {import("./diagnosis-state.js").Diagnosis} Diagnosis */
/** @typedef {import("./diagnosis-state.js").Evidence} Evidence */
/** @typedef {import("./types.js").Act} Act */
/** @typedef {import("./types.js").Shown} Shown */

const ILL_SIGN = "M7 1.2A5.8 5.8 0 1 0 7 12.8 5.8 5.8 0 1 0 7 1.2M3 11 11 3";

/** @param {Diagnosis["found"][number]} found @param {Act} act */
function jumpButton({ since, epoch }, act) {
  const label = `epoch ${epochText(epoch)}`, title = "Go to where it began";
  const node = element("button", { type: "button", class: "jump", "data-action": "jump", title }, label);
  node.disabled = isOff("scrub");
  node.onclick = () => act.jump(since);
  return node;
}

/** @param {(string | Node)[]} cells the first is the row's name */
const illRow = (...cells) => element("tr", {}, ...cells.map((cell, k) => element(k ? "td" : "th", {}, cell)));

/** @param {(string | Node)[]} cells */
const unitHeads = (...cells) => element("tr", { class: "heads" }, ...cells.map((cell) => element("td", {}, cell)));

/**
 * A row for each unit, layer by layer, with its number and since when.
 * @param {Diagnosis} diagnosis
 * @param {Evidence | null} evidence
 * @param {Act} act
 */
function unitRows({ kind, column, found }, evidence, act) {
  const facts = evidence?.facts[kind] ?? [], rows = [];
  let above = -1;
  for (const [k, one] of found.entries()) {
    const [l, j] = one.unit ?? [0, 0];
    if (l !== above) rows.push(unitHeads(`hidden ${l + 1}`, ...(above < 0 ? [column, "since"] : ["", ""])));
    above = l;
    rows.push(illRow(`neuron ${j + 1}`, facts[k]?.[1] ?? "…", jumpButton(one, act)));
  }
  return rows;
}

/** A row for each number. @param {Diagnosis} diagnosis @param {Evidence | null} evidence @param {Act} act */
function runRows({ kind, found }, evidence, act) {
  const facts = evidence?.facts[kind] ?? [];
  return [...facts.map(([name, number]) => illRow(name, number)), illRow("since", jumpButton(found[0], act))];
}

/** @param {Diagnosis} diagnosis @param {Act} act */
function tryButton({ kind, try: label, controls }, act) {
  const locked = controls.some(isOff), attributes = { type: "button", class: "try", "data-action": "try" };
  const node = element("button", attributes, `Try ${label}`);
  if (locked) Object.assign(node, { disabled: true, title: lesson()?.locked ?? "" });
  node.onclick = () => act.try(kind);
  return node;
}

/**
 * @param {Diagnosis} diagnosis
 * @param {Evidence | null} evidence
 * @param {string} place which of how many it is, if there are more
 * @param {Act} act
 */
function cardNode(diagnosis, evidence, place, act) {
  const { kind, mark, reason, found } = diagnosis, title = titleOf(diagnosis);
  const at = evidence ? `at epoch ${epochText(evidence.epoch)}` : "", told = [at, place].filter(Boolean).join(" · ");
  const sign = svgElement("svg", { viewBox: "0 0 14 14", "aria-hidden": true });
  sign.append(svgElement("path", { d: ILL_SIGN }));
  return element(
    "section",
    { "data-role": "diagnosis", "data-kind": kind, "data-frame": found[0].since, "aria-label": title },
    element("h3", {}, sign, element("span", {}, title), element("small", {}, told)),
    element("div", { class: "reason" }, reason),
    element("table", {}, ...(mark ? unitRows : runRows)(diagnosis, evidence, act)),
    tryButton(diagnosis, act),
  );
}

/**
 * @param {HTMLElement} box
 * @param {Act} act
 */
export function makeDiagnosisCard(box, act) {
  let drawn = "";
  return {
    /** Shows what holds at the shown frame. @param {Shown} state */
    draw(state) {
      const shown = diagnosesAt(state, state.shown).map((diagnosis) => {
        return { diagnosis, evidence: evidenceAt(state, diagnosis.kind, state.shown) };
      });
      const key = JSON.stringify(shown);
      if (key === drawn) return;
      drawn = key;
      const held = box.querySelector(":focus"), again = held?.getAttribute("data-action");
      const kind = held?.closest("section")?.dataset.kind;
      box.replaceChildren(...shown.map(({ diagnosis, evidence }, k) => {
        return cardNode(diagnosis, evidence, shown.length > 1 ? `${k + 1} of ${shown.length}` : "", act);
      }));
      if (!again) return;
      const counterpart = box.querySelector(`[data-kind="${kind}"] [data-action="${again}"]`);
      if (counterpart instanceof HTMLElement) counterpart.focus({ preventScroll: true });
      else act.view().focus({ preventScroll: true });
    },

    get shown() { return box.childElementCount > 0; },
  };
}
