// What the buttons, the sliders and the keys of the drawing do.

import { findAs } from "../../../live/kit/elements.js";
import { isUsedBy } from "../../../live/kit/keys.js";
import { isOff } from "../../../live/kit/lesson.js";
import { cloud, pointAt } from "./brush.js";
import {
  cleared, columnsOf, nameRefusal, useRefusal, withClass, withName, withoutNear, withPoints,
} from "./drawing.js";
import { actOf, ARROWS, movedCross } from "./keys.js";
import { className, placeText, pointsText } from "./words.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {(name: "use", value: unknown) => void} Trigger */
/** @typedef {Record<string, () => void>} Acts */

/** Chooses a class. @param {View} view @param {number} kind */
function choose(view, kind) {
  const { brush, history } = view;
  if (kind >= history.present.classes.length) return;
  Object.assign(brush, { kind, erases: false });
  view.say(`The brush draws ${className(history.present.classes[kind])}.`);
  view.follow();
}

/**
 * The acts of keys that are pressed on the plane.
 * @param {View} view
 * @returns {Acts}
 */
function actsOnPlane(view) {
  const { brush, history, limits } = view;
  /** @param {string} act */
  function move(act) {
    view.cross = movedCross(view.cross, act, limits.domain);
    view.say(placeText(view.cross));
    view.follow();
  }
  /** @param {import("./types.js").Point[]} points */
  const add = (points) => view.take(withPoints(history.present, points, limits.most));
  return {
    ...Object.fromEntries(ARROWS.map((act) => [act, () => move(act)])),
    place: () => add([pointAt(view.cross, brush.kind)]),
    spray: () => add(cloud(view.cross, brush, limits.domain, Math.random)),
    erase: () => view.take(withoutNear(history.present, view.cross, brush.width / 2)),
  };
}

/**
 * The acts of buttons, by their names, and of keys that are pressed anywhere in the drawing.
 * @param {View} view
 * @param {HTMLElement} root
 * @param {() => Trigger} trigger
 * @returns {Acts}
 */
function actsAnywhere(view, root, trigger) {
  const { brush, history, limits } = view;
  /** @param {boolean} numbers */
  function turnSide(numbers) {
    findAs(root, ".numbers", HTMLElement).hidden = !numbers;
    findAs(root, ".tools", HTMLElement).hidden = numbers;
    findAs(root, "[data-action=show-numbers]", HTMLElement).setAttribute("aria-pressed", String(numbers));
    findAs(root, "[data-action=show-brush]", HTMLElement).setAttribute("aria-pressed", String(!numbers));
  }
  function eraser() {
    brush.erases = !brush.erases;
    view.say(brush.erases ? "The brush erases." : `The brush draws ${className(history.present.classes[brush.kind])}.`);
    view.follow();
  }
  function addClass() {
    if (history.present.classes.length >= limits.classes) return;
    view.take(withClass(history.present), `A class more: ${history.present.classes.length + 1} classes.`);
    choose(view, history.present.classes.length - 1);
  }
  function startFrom() {
    const { start } = view.data;
    if (!start) return;
    const points = start.points.map(([x1, x2, kind]) => ({ x1, x2, kind }));
    view.take({ points, classes: start.classes }, `${pointsText(points.length)} of ${start.label}.`);
  }
  function use() {
    const refusal = useRefusal(history.present);
    view.refuse(refusal);
    if (!refusal) trigger()("use", { request: Date.now(), ...columnsOf(history.present) });
  }
  return {
    eraser, use, "use-drawing": use, "add-class": addClass, "start-from": startFrom,
    "undo": () => view.step("undo"),
    "undo-drawing": () => view.step("undo"),
    "redo": () => view.step("redo"),
    "redo-drawing": () => view.step("redo"),
    "clear-drawing": () => view.take(cleared(history.present), "All points erased."),
    "show-brush": () => turnSide(false),
    "show-numbers": () => turnSide(true),
    "add-point": () => view.take(withPoints(history.present, [pointAt(view.cross, brush.kind)], limits.most)),
    ...Object.fromEntries(Array.from({ length: limits.classes }, (_, k) => [`class ${k}`, () => choose(view, k)])),
  };
}

/** @param {View} view @param {HTMLElement} root */
function listenForFields(view, root) {
  const { brush, history, limits } = view;
  for (const [role, field] of /** @type {["brush-width" | "density", "width" | "density"][]} */ (
    [["brush-width", "width"], ["density", "density"]])) {
    const slider = findAs(root, `[data-role=${role}]`, HTMLInputElement);
    slider.addEventListener("input", () => {
      brush[field] = Number(slider.value);
      view.follow();
    });
  }
  const name = findAs(root, "[data-role=class-name]", HTMLInputElement);
  name.addEventListener("change", () => {
    const wanted = name.value.trim(), { kind } = brush;
    const refusal = nameRefusal(history.present, kind, wanted, limits.longest);
    view.refuse(refusal);
    name.setAttribute("aria-invalid", String(Boolean(refusal)));
    if (!refusal && wanted !== history.present.classes[kind]) {
      view.take(withName(history.present, kind, wanted), `The class is called ${wanted}.`);
    }
  });
}

/**
 * @param {View} view
 * @param {HTMLElement} root
 * @param {() => Trigger} trigger
 */
export function listenForActs(view, root, trigger) {
  const anywhere = actsAnywhere(view, root, trigger), onPlane = actsOnPlane(view);
  root.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-action]") : null;
    if (!(button instanceof HTMLElement)) return;
    const { action = "", class: kind } = button.dataset, act = anywhere[action === "class" ? `class ${kind}` : action];
    act?.();
  });
  root.addEventListener("keydown", (event) => {
    const { target } = event, act = actOf(event), plane = target === view.plane.node;
    if (!(target instanceof Element) || !act || (!plane && isUsedBy(target, event.key))) return;
    const does = anywhere[act] || (plane ? onPlane[act] : undefined);
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isOff(act)) does();
  });
  listenForFields(view, root);
}
