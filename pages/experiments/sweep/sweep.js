// The picture of a sweep: how far it is, its cells in one of three views, and the selected cell.

import { takeTheme } from "../../live/kit/colors.js";
import { element, find, focused, svgElement } from "../../live/kit/elements.js";
import { readPayload } from "../../live/kit/protocol.js";
import { tabStore } from "../../live/kit/storage.js";
import { wakeServer } from "../../live/kit/wake.js";
import { keepWatch } from "../../live/kit/watch.js";
import { drawBar, letPress } from "./bar.js";
import { letChoose } from "./choosing.js";
import { chosenParts } from "./chosen-cell.js";
import { drawHeatmap, heatmapKey } from "./heatmap.js";
import { putOnShelf } from "./keeping.js";
import { drawMultiples, multiplesKey } from "./multiples.js";
import { unlessPressed } from "./pressing.js";
import { PAPER_WIDTH_OF_SWEEP, saveHtml, savePng, saveSvg, svgText } from "./saved-sweep.js";
import { drawStrips, stripsKey } from "./strips.js";
import { placeOf } from "./words.js";

/** @typedef {import("../../live/mount.js").View} View */
/** @typedef {import("./types.js").Sweep} Sweep */
/**
 * What is shown.
 * @typedef {object} Shown
 * @property {HTMLElement} root
 * @property {number} classes how many there are at most
 * @property {Sweep} data
 * @property {string} view
 * @property {string} sent the view that the server knows of
 * @property {string} chosen the place of the selected cell
 * @property {import("../../live/kit/colors.js").Themed} themed
 * @property {View["trigger"]} tell
 * @property {number} kept the number of the run that was put on the shelf last
 * @property {number} moved when the sweep went on last, in ms
 */

const MULTIPLES = { draw: drawMultiples, key: multiplesKey };
/** @type {Map<string, typeof MULTIPLES>} */
const VIEWS_OF_SWEEP = new Map([
  ["multiples", MULTIPLES],
  ["heatmap", { draw: drawHeatmap, key: heatmapKey }],
  ["strips", { draw: drawStrips, key: stripsKey }],
]);

/** @param {Shown} shown */
const chosenCell = ({ data, chosen }) => data.cells.find((cell) => placeOf(cell) === chosen);

/**
 * The present view at a width, with what its signs mean; null before the theme is known.
 * @param {Shown} shown
 * @param {number} width
 * @param {string} chosen
 */
function drawnAt({ data, view, themed: { colors } }, width, chosen) {
  const { draw, key } = VIEWS_OF_SWEEP.get(view) || MULTIPLES, lined = matchMedia("(forced-colors: active)").matches;
  return colors && width ? { ...draw(data, width, { colors, chosen, lined }), ...key(data) } : null;
}

/**
 * Lets a grid that is wider than its place be scrolled by keys too.
 * @param {HTMLElement} grid
 * @param {boolean} wide
 */
function letScroll(grid, wide) {
  const attributes = { "role": "region", "tabindex": "0", "aria-label": "All cells" };
  for (const [name, value] of Object.entries(attributes)) {
    if (wide) grid.setAttribute(name, value);
    else grid.removeAttribute(name);
  }
}

/** @param {Shown} shown */
function drawGrid(shown) {
  const { root, chosen } = shown, grid = find(root, ".grid"), drawn = drawnAt(shown, grid.clientWidth, chosen);
  if (!drawn) return;
  const { width, height, parts, title, keys, note } = drawn, at = focused(root);
  const hadFocus = at !== grid && grid.contains(at);
  grid.replaceChildren(svgElement("svg", {
    width, height, "viewBox": `0 0 ${width} ${height}`, "role": "radiogroup", "aria-label": title,
  }, ...parts));
  letScroll(grid, width > grid.clientWidth);
  const cell = grid.querySelector(`[data-place="${chosen}"]`);
  if (hadFocus && cell instanceof SVGElement) cell.focus({ preventScroll: true });
  find(root, ".title").textContent = title;
  find(root, ".keys").replaceChildren(...keys.map(({ swatch, text }) => element("span", {},
    ...(swatch.length ? [svgElement("svg", { "width": 30, "height": 16, "aria-hidden": true }, ...swatch)] : []),
    text)));
  find(root, ".note").textContent = note;
}

/** @param {Shown} shown */
function drawChosen(shown) {
  const box = find(shown.root, ".chosen"), at = focused(shown.root), next = element("div");
  next.append(...chosenParts(shown.data, chosenCell(shown)));
  if (next.innerHTML === box.innerHTML) return; // what is scrolled or pointed at stays
  const role = at && box.contains(at) ? `[data-role="${at.dataset.role}"]` : "", seed = at?.dataset.seed;
  box.replaceChildren(...next.childNodes);
  if (!role) return;
  const again = box.querySelector(seed ? `${role}[data-seed="${seed}"]` : role);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/** @param {Shown} shown */
function drawAll(shown) {
  drawBar(shown.root, shown.data, shown.view);
  drawGrid(shown);
  drawChosen(shown);
}

/** @param {Shown} shown @param {string} action */
async function saveShown(shown, action) {
  if (action === "save-csv") return shown.tell("csv", String(Date.now()));
  const drawn = drawnAt(shown, PAPER_WIDTH_OF_SWEEP, "");
  if (!drawn) return undefined;
  const text = svgText(shown.root, drawn, drawn, shown.data);
  if (action === "save-svg") saveSvg(text);
  if (action === "save-png") await savePng(text);
  if (action === "save-html") saveHtml(text, drawn.title, shown.data);
  return undefined;
}

/** Lets the picture be pressed. @param {Shown} shown */
function listen(shown) {
  const { root } = shown;
  /** @param {string} place */
  const choose = (place) => {
    shown.chosen = place;
    drawAll(shown);
  };
  letChoose(find(root, ".grid"), () => shown.data, choose, () => root.querySelector("a")?.focus());
  letPress(root, (view) => {
    if (view === shown.view) return;
    shown.view = view;
    drawAll(shown);
    shown.tell("view", view);
  }, (action) => saveShown(shown, action));
  find(root, ".chosen").onclick = ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    find(root, ".said").textContent = "The run is made ready to be kept …";
    shown.tell("keep", { place: shown.chosen, seed: Number(button.dataset.seed) });
  };
}

/** Puts the run that was made ready on the shelf. @param {Shown} shown */
function takeRun(shown) {
  const { kept } = shown.data, { number, run, refusal } = kept;
  if (number === shown.kept || !(run || refusal)) return;
  shown.kept = number;
  find(shown.root, ".said").textContent = putOnShelf(tabStore, kept, Math.random().toString(36).slice(2));
  shown.tell("taken", number);
}

/** Takes in what the server sends. @param {Shown} shown @param {Sweep} data */
function takeSweep(shown, data) {
  const { state, done } = shown.data ?? {};
  if (data.state !== state || data.done !== done) shown.moved = performance.now();
  if (data.view !== shown.sent) shown.view = shown.sent = data.view;
  shown.data = data;
  if (!chosenCell(shown)) shown.chosen = placeOf(data.cells[0]);
  takeTheme(shown.root, shown.themed, shown.classes);
}

/**
 * Puts the picture of a sweep into an element.
 * @param {HTMLElement} host
 * @param {{ html: string, shapes: string[] }} given
 * @returns {View}
 */
export function start(host, { html, shapes }) {
  host.innerHTML = html;
  const root = find(host, ".sweep"), grid = find(root, ".grid");
  /** @type {Uint8Array | null} */
  let taken = null;
  let end = () => {};
  const shown = /** @type {Shown} */ ({
    root, classes: shapes.length, view: "", sent: "", chosen: "", themed: { colors: null }, kept: 0, moved: 0,
    tell: (name, value) => view.trigger(name, value),
  });
  const draw = unlessPressed(root, () => drawAll(shown));
  function look() {
    if (!shown.data) return;
    if (shown.data.state === "running") wakeServer(performance.now() - shown.moved);
    if (takeTheme(root, shown.themed, shown.classes)) drawAll(shown);
  }
  /** @type {View} */
  const view = {
    trigger: () => {},
    receive(bytes) {
      if (bytes === taken) return;
      taken = bytes;
      takeSweep(shown, /** @type {Sweep} */ (/** @type {unknown} */ (readPayload(bytes).header)));
      draw();
      takeRun(shown);
    },
    wake() { end = keepWatch(root, () => { if (shown.data) drawGrid(shown); }, look, grid); },
    rest() { end(); },
  };
  listen(shown);
  view.wake();
  return view;
}
