// The points as a table in which each number can be changed: some at a time, as there may be thousands.

import { element, find, findAs } from "../../../live/kit/elements.js";
import { isInside, withoutPoint, withPointAt } from "./drawing.js";
import { className, coordinateText, readCoordinate } from "./words.js";

/** @typedef {import("./types.js").Drawing} Drawing */
/** @typedef {import("./types.js").Limits} Limits */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {(next: Drawing, sentence: string) => void} Take takes another drawing, and what is said of it */

export const ROWS = 10;

/** The first row of the page on which an index lies. @param {number} at */
export const pageOf = (at) => Math.max(0, Math.floor(at / ROWS) * ROWS);

/** Which points a page shows, in words. @param {number} first @param {number} count of all */
export function pageText(first, count) {
  if (!count) return "no points";
  return `${first + 1} to ${Math.min(count, first + ROWS)} of ${count}`;
}

function makeRow() {
  const field = () => element("input", { type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false" });
  const head = element("th", { scope: "row" }), x1 = field(), x2 = field(), kind = element("select");
  const remove = element("button", { type: "button" }, "×");
  const cells = [x1, x2, kind, remove].map((part) => element("td", {}, part));
  return { node: element("tr", {}, head, ...cells), head, x1, x2, kind, remove };
}

/**
 * Fills a list of classes, if they are others than before.
 * @param {HTMLSelectElement} list
 * @param {readonly string[]} classes
 */
function showClasses(list, classes) {
  if ([...list.options].map((option) => option.text).join("\n") === classes.join("\n")) return;
  list.replaceChildren(...classes.map((name, k) => element("option", { value: k }, name)));
}

/**
 * Shows a coordinate, unless something else is being typed.
 * @param {HTMLInputElement} field
 * @param {number} value
 * @param {string} label
 */
function showNumber(field, value, label) {
  field.setAttribute("aria-label", label);
  if (field.matches("[aria-invalid=true]:focus")) return;
  field.value = coordinateText(value);
  field.setAttribute("aria-invalid", "false");
}

/**
 * @param {HTMLElement} root
 * @param {Limits} limits
 * @param {Take} take
 * @param {(sentence: string) => void} refuse shows why what was typed is no coordinate, or takes that away
 */
export function makePointsTable(root, limits, take, refuse) {
  const rows = Array.from({ length: ROWS }, makeRow);
  /** @type {Drawing} */
  let drawing = { points: [], classes: [] };
  let first = 0;
  const earlier = findAs(root, "[data-action=earlier-points]", HTMLButtonElement);
  const later = findAs(root, "[data-action=later-points]", HTMLButtonElement);

  /** @param {number} at @param {Partial<Point>} change @param {string} what */
  function set(at, change, what) {
    refuse("");
    take(withPointAt(drawing, at, { ...drawing.points[at], ...change }), `Point ${at + 1}: ${what}.`);
  }
  /** @param {number} k @param {"x1" | "x2"} axis @param {HTMLInputElement} field */
  function typed(k, axis, field) {
    const value = readCoordinate(field.value), old = drawing.points[first + k][axis];
    const name = axis === "x1" ? "x₁" : "x₂", range = `from −${limits.domain} to ${limits.domain}`;
    const wrong = !isInside(value, limits.domain);
    field.setAttribute("aria-invalid", String(wrong));
    if (wrong) refuse(`${name} must be a number ${range}. Got ${field.value || "nothing"}.`);
    else if (value === old) refuse("");
    else set(first + k, { [axis]: value }, `${name} is ${coordinateText(value)}`);
    if (!wrong) field.value = coordinateText(value);
  }
  /** Turns to the page on which an index lies; it is shown with the next drawing. @param {number} at */
  function turnTo(at) { first = pageOf(at); }
  /** @param {number} by rows */
  function turn(by) {
    turnTo(first + by);
    show(drawing);
  }
  /** @param {Drawing} shown */
  function show(shown) {
    drawing = shown;
    const { points, classes } = drawing;
    first = Math.min(first, pageOf(points.length - 1));
    rows.forEach(({ node, head, x1, x2, kind, remove }, k) => {
      const point = points[first + k], number = first + k + 1;
      node.hidden = !point;
      if (!point) return;
      head.textContent = String(number);
      showClasses(kind, classes);
      showNumber(x1, point.x1, `x₁ of point ${number}`);
      showNumber(x2, point.x2, `x₂ of point ${number}`);
      kind.value = String(point.kind);
      kind.setAttribute("aria-label", `Class of point ${number}`);
      remove.setAttribute("aria-label", `Delete point ${number}`);
    });
    find(root, "caption").textContent = `Points ${pageText(first, points.length)}`;
    find(root, "[data-show=page]").textContent = pageText(first, points.length);
    earlier.disabled = first === 0;
    later.disabled = first + ROWS >= points.length;
  }

  rows.forEach(({ x1, x2, kind, remove }, k) => {
    x1.addEventListener("change", () => typed(k, "x1", x1));
    x2.addEventListener("change", () => typed(k, "x2", x2));
    kind.addEventListener("change", () =>
      set(first + k, { kind: Number(kind.value) }, className(drawing.classes[Number(kind.value)])));
    remove.addEventListener("click", () => {
      refuse("");
      take(withoutPoint(drawing, first + k), `Point ${first + k + 1} deleted.`);
    });
  });
  find(root, "tbody").append(...rows.map(({ node }) => node));
  earlier.addEventListener("click", () => turn(-ROWS));
  later.addEventListener("click", () => turn(ROWS));

  return { show, turnTo };
}
