// One kept run as a card: its map, its name, what it differs in, its losses, and what can be done with it.

import { element } from "../../../live/kit/elements.js";
import { epochText, lossText, metricText } from "../../../live/kit/format.js";
import { differing } from "../../../live/kit/kept-runs.js";

/** @typedef {import("../../../live/kit/kept-runs.js").Card} Card */
/** @typedef {import("./shelf.js").Sides} Sides */

/**
 * @typedef {object} Acts
 * @property {(side: "A" | "B", id: string) => void} put
 * @property {(id: string, name: string) => void} name
 * @property {(id: string) => void} open
 * @property {(id: string) => void} remove
 */

const MOST_DIFFERENCES = 4;
const LONGEST_NAME = 60;

/** Losses and score, in one line. @param {Card} card */
export function resultText({ epoch, test_loss: test, train_loss: train, score, score_unit: unit }) {
  const loss = test === null ? `train ${lossText(train ?? NaN)}` : `test ${lossText(test)}`;
  const reached = score === null ? "" : ` · ${metricText(score, unit)}${unit ? " " + unit : ""}`;
  return `epoch ${epochText(epoch)} · ${loss}${reached}`;
}

/** What it differs in, cut short in words. @param {Card} card @param {Card[]} cards */
export function differenceText(card, cards) {
  const all = differing(card, cards);
  if (!all.length) return "";
  const more = all.length - MOST_DIFFERENCES;
  return all.slice(0, MOST_DIFFERENCES).join(" · ") + (more > 0 ? ` · and ${more} more` : "");
}

/** @param {"A" | "B"} side @param {string} id @param {string} name @param {Sides} sides @param {Acts} acts */
function sideButton(side, id, name, sides, acts) {
  const node = element("button", {
    "type": "button", "class": "side", "data-side": side, "data-key": `${side} ${id}`,
    "aria-pressed": sides[side] === id, "aria-label": `${name} as ${side}`,
  }, side);
  node.onclick = () => acts.put(side, id);
  return node;
}

/** @param {string} id @param {Card} card @param {Acts} acts */
function nameField(id, { name }, acts) {
  const field = element("input", {
    "aria-label": "Name of this run", "maxlength": LONGEST_NAME, "value": name, "data-key": `name ${id}`, "title": name,
  });
  field.onchange = () => acts.name(id, field.value);
  return field;
}

/** @param {string} id @param {Card} card @param {Acts} acts */
function ownButtons(id, { name }, acts) {
  const open = element("button", {
    "type": "button", "data-action": "open-kept", "aria-label": `Open ${name}`,
  }, "Open");
  const remove = element("button", {
    "type": "button", "class": "remove", "data-action": "remove-kept", "aria-label": `Remove ${name}`,
  }, "Remove");
  open.onclick = () => acts.open(id);
  remove.onclick = () => acts.remove(id);
  return [open, remove];
}

/**
 * @param {{ id: string, card: Card, picture: string }} kept
 * @param {Sides} sides
 * @param {Card[]} cards of all
 * @param {Acts} acts
 */
export function cardNode({ id, card, picture }, sides, cards, acts) {
  const isNow = id === "now", name = isNow ? "This run" : card.name;
  const side = sides.A === id ? "A" : sides.B === id ? "B" : "";
  const map = picture ? element("img", { src: picture, alt: "" }) : element("div", { class: "none" });
  const differs = differenceText(card, cards);
  const facts = element("div", { class: "facts" },
    isNow ? element("b", {}, name) : nameField(id, card, acts),
    element("p", {}, resultText(card)),
    ...(differs ? [element("p", {}, differs)] : []));
  const buttons = /** @type {("A" | "B")[]} */ (["A", "B"]).map((one) => sideButton(one, id, name, sides, acts));
  const acting = element("div", { class: "acts" }, ...buttons, ...(isNow ? [] : ownButtons(id, card, acts)));
  return element("li", { class: "card", ...(side ? { "data-side": side } : {}) }, map, facts, acting);
}
