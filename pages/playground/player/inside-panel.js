// The panel of the inside views: which of them is open, what can be chosen there, and what is drawn.

import { sizeCanvas } from "../../live/kit/canvas.js";
import { find, findAs, focused, handFocusOn } from "../../live/kit/elements.js";
import { isOff, lesson } from "../../live/kit/lesson.js";
import { writeTable } from "../../live/kit/tables.js";
import { openedOf } from "./inside-state.js";
import { INSIDE_ACTION, layerButtons, makeTabs } from "./inside-tabs.js";
import { INSIDE_VIEWS } from "./inside-views.js";
import { ONE_COLUMN, SIDE_BY_SIDE } from "./sizes.js";

/** @typedef {import("./inside-state.js").InsideKeeper} InsideKeeper */
/** @typedef {import("./types.js").Shown} Shown */

const SAY_WITHIN = 300; // ms of rest, after which the table is written
const FEW_LAYERS = 4; // whose whole names have room

/**
 * Hides a part, or shows it; one that has the focus hands it on.
 * @param {HTMLElement} root
 * @param {HTMLElement} part
 * @param {boolean} isThere
 */
function showPart(root, part, isThere) {
  const had = focused(root);
  if (!isThere && had && part.contains(had)) handFocusOn(had, root);
  part.hidden = !isThere;
}

/**
 * Writes an open view's numbers as a table, once it rests.
 * @param {HTMLTableElement} table
 * @param {HTMLElement} canvas
 */
function makeDescriber(table, canvas) {
  let described = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {Shown} state */
  return (state) => {
    const { view, layer, batch } = openedOf(state), { run, generation } = state.header;
    const of = [view, layer, batch, run, generation, state.shown, state.frame.looked].join();
    if (state.playing || of === described) return;
    described = of;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { caption, heads, rows } = INSIDE_VIEWS[view].table(state);
      writeTable(table, caption, heads, rows);
      canvas.setAttribute("aria-label", caption);
    }, SAY_WITHIN);
  };
}

/**
 * The bar: tabs, layers, switch and the button that closes.
 * @param {HTMLElement} root
 * @param {HTMLElement} box
 * @param {InsideKeeper} keeper
 */
function makeBar(root, box, keeper) {
  const panel = find(box, ".inside-panel"), layers = find(box, ".inside-layers");
  const batch = find(box, '[data-action="inside-batch"]'), close = find(box, '[data-action="inside-close"]');
  let opened = { view: "", layer: 0, batch: false }, built = "";
  const tabs = makeTabs(find(box, ".inside-tabs"), keeper, () => opened.view !== "");

  function shut() {
    const tab = box.querySelector('[aria-selected="true"]');
    keeper.open({ view: "" });
    if (tab instanceof HTMLElement) tab.focus({ preventScroll: true });
  }
  batch.onclick = () => keeper.open({ batch: !opened.batch });
  close.onclick = shut;
  box.onkeydown = (event) => {
    if (event.key !== "Escape" || !opened.view || isOff(INSIDE_ACTION)) return;
    event.preventDefault();
    event.stopPropagation();
    shut();
  };

  /** @param {Shown} state */
  function showLayers(state) {
    const short = state.net.layers.length > FEW_LAYERS || root.clientWidth < ONE_COLUMN;
    const of = [state.header.run, state.net.dims, short].join(), had = focused(root);
    if (of !== built) {
      if (had && layers.contains(had)) handFocusOn(had, root);
      layers.replaceChildren(...layerButtons(state, keeper, short));
      built = of;
    }
    for (const button of layers.children) {
      button.setAttribute("aria-pressed", String(Number(button.getAttribute("data-layer")) === opened.layer));
    }
  }

  /** Shows which view is open, and the choices that it has. @param {Shown} state */
  return (state) => {
    const { inside_views: views } = state.header, { view } = (opened = openedOf(state));
    tabs.build(views);
    tabs.show(view);
    showLayers(state);
    batch.setAttribute("aria-pressed", String(opened.batch));
    showPart(root, layers, views.some(({ name, by_layer: has }) => name === view && has));
    showPart(root, batch, view === "weights");
    showPart(root, close, view !== "");
    showPart(root, panel, view !== "");
    panel.setAttribute("aria-labelledby", `inside-tab-${view || views[0].name}`);
    box.dataset.view = view;
  };
}

/**
 * @param {HTMLElement} root
 * @param {InsideKeeper} keeper
 */
export function makeInsidePanel(root, keeper) {
  const box = find(root, ".inside"), panel = find(box, ".inside-panel"), caption = find(box, ".inside-caption");
  const canvas = findAs(box, "canvas", HTMLCanvasElement), showBar = makeBar(root, box, keeper);
  const describe = makeDescriber(findAs(box, "table", HTMLTableElement), canvas);

  /** Draws the open view on a canvas. @param {HTMLCanvasElement} on @param {Shown} state @param {number} [sharpness] */
  function paint(on, state, sharpness) {
    const row = INSIDE_VIEWS[openedOf(state).view], width = panel.clientWidth;
    const stacked = root.clientWidth < SIDE_BY_SIDE;
    if (!row || !width) return;
    const given = Number.parseFloat(getComputedStyle(panel).getPropertyValue("--canvas"));
    const height = stacked ? row.height(state) : Math.max(given, row.least?.(state) ?? 0);
    const ctx = sizeCanvas(on, width, height, { sharpness });
    ctx.clearRect(0, 0, width, height);
    row.draw({ ctx, width, height, stacked, colors: state.colors }, state);
  }

  /** What is seen, in words; "" while all views are closed. @param {Shown} state */
  const said = (state) => INSIDE_VIEWS[openedOf(state).view]?.caption(state) ?? "";

  return {
    paint, said,

    /** Makes room for the open view. @param {Shown} state */
    layout(state) {
      const isHidden = lesson()?.hide.includes(INSIDE_ACTION);
      root.dataset.inside = isHidden ? "hidden" : openedOf(state).view ? "open" : "closed";
      showBar(state);
    },

    /** @param {Shown} state */
    draw(state) {
      showBar(state);
      const text = said(state);
      if (!text) return;
      if (caption.textContent !== text) caption.textContent = text;
      paint(canvas, state);
      describe(state);
    },
  };
}
