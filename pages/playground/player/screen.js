// Lays out and draws all parts of the player, and writes the words around them.

import { takeTheme } from "../../live/kit/colors.js";
import { find } from "../../live/kit/elements.js";
import { epochExtent } from "../../live/kit/ticks.js";
import { unitMarks } from "./diagnosis-words.js";
import { lookAtDigit } from "./digit-state.js";
import { hintText, mapTitle } from "./headings.js";
import { fillLegend } from "./legend.js";
import { besideMap } from "./map.js";
import { drawMapPicture } from "./map-picture.js";
import { drawPicture } from "./picture.js";
import { picturesIn, recordedPicture } from "./picture-files.js";
import { download } from "./picture-words.js";
import { hasTestPoints } from "./points.js";
import { ONE_COLUMN, SIDE_BY_SIDE } from "./sizes.js";
import { isShown } from "./state.js";

/** @typedef {import("./picture-words.js").Drawn} Drawn */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").State} State */
/** @typedef {ReturnType<typeof makeScreen>} Screen */

/**
 * What is laid out and drawn.
 * @typedef {object} Parts
 * @property {ReturnType<typeof import("./diagram.js").makeDiagram>} diagram
 * @property {ReturnType<typeof import("./map.js").makeMap>} map
 * @property {ReturnType<typeof import("./curve.js").makeCurve>} curve
 * @property {ReturnType<typeof import("./timeline.js").makeTimeline>} timeline
 * @property {import("./inspector.js").Inspector} inspector
 * @property {import("./readouts.js").Readouts} readouts
 * @property {import("./controls.js").Controls} controls
 * @property {import("./digit-panel.js").DigitPanel} digit
 * @property {ReturnType<typeof import("./probe-strip.js").makeProbeStrip>} strip
 * @property {ReturnType<typeof import("./slice-panel.js").makeSlicePanel>} slice
 * @property {ReturnType<typeof import("./inside-panel.js").makeInsidePanel>} inside
 */

const PAGE = '[data-testid="stMain"]'; // the part of Streamlit's page that scrolls
const SLIDE = 1028; // px of a picture that is saved from a narrower player
const SMALL_STAGE = 500; // px of width of the diagram, below which its parts are smaller
const LEAST_CURVE = 124; // px of height that the loss curve keeps where the window is low
const LEAST_SLICED_CURVE = 106; // px below a map with sliders
const BELOW_MAP = 26; // px of height that its axis takes
const FIRST_EPOCHS = 150; // on the epoch axis of a run whose frames are whole epochs, times the epochs of a frame

/**
 * The end of the epoch axis.
 * @param {Pick<Shown["header"], "unit" | "speed">} header
 * @param {number} epochs so far
 */
export const axisExtent = ({ unit, speed }, epochs) =>
  epochExtent(Math.max(unit === "mini-batch" ? 0 : FIRST_EPOCHS * speed, epochs));

/** @param {HTMLElement} root */
export const isSmall = (root) => root.clientWidth < ONE_COLUMN;

/** @param {HTMLElement} root */
const isNarrow = (root) => root.clientWidth < SIDE_BY_SIDE;

/**
 * Draws all parts, if something has come.
 * @param {State} state
 * @param {Parts} parts
 */
function drawPlayer(state, parts) {
  const { diagram, map, digit, curve, timeline, inspector, readouts, controls, strip, slice, inside } = parts;
  state.dirty = false;
  if (!isShown(state)) return false;
  const { history, before } = state, last = history.epoch[history.count - 1];
  state.extent = axisExtent(state.header, Math.max(last, before?.epoch.at(-1) ?? 0));
  lookAtDigit(state);
  diagram.draw(state);
  controls.mark(unitMarks(state, state.shown));
  if (state.digit) digit.draw(state);
  else map.draw(state);
  curve.draw(state);
  timeline.draw(state);
  inspector.draw(state);
  strip.draw(state);
  slice.draw(state);
  inside.draw(state);
  readouts.draw(state);
  return true;
}

/**
 * Sizes the map's box; side by side with others it leaves the curve its height.
 * @param {HTMLElement} root
 * @param {HTMLElement} box
 * @param {number} beside px of width that its axis and its legend take
 */
function sizeMapBox(root, box, beside) {
  const slice = find(root, ".slice").offsetHeight, least = slice ? LEAST_SLICED_CURVE : LEAST_CURVE;
  const below = root.dataset.inside === "open" && !isNarrow(root) ? 0 : least; // the curve stands beside it then
  const around = find(root, ".map-head").offsetHeight + BELOW_MAP + slice;
  const tallest = find(root, ".right").clientHeight - below - around;
  box.style.width = "";
  if (!isSmall(root)) box.style.width = Math.min(box.clientWidth, tallest + beside) + "px";
  box.style.setProperty("--size", box.clientWidth - beside + "px");
}

/**
 * Writes the texts that change with the focus and the width.
 * @param {HTMLElement} root
 * @param {Shown} state
 * @param {Parts} parts
 */
function writeHeadings(root, state, { readouts }) {
  const { header } = state, small = isSmall(root);
  const title = mapTitle(state, isNarrow(root) || root.dataset.inside === "open");
  readouts.write("map-title", title);
  find(root, ".map-names h2").title = title; // a long name is cut
  readouts.write("hint", hintText(small, root.dataset.inside === "open", header));
  find(root, '[data-action="test-data"]').hidden = !hasTestPoints(state);
  find(root, ".frozen-key").hidden = !header.frozen.length;
  fillLegend(find(root, ".map-legend"), state, small);
}

/**
 * Tells whether the controls may be built anew: a button that is being pressed stays until its click has come,
 * whatever arrives in between.
 * @param {HTMLElement} over
 * @param {() => void} rebuild called once the button has been released, if the controls are out of date then
 */
function makePressGuard(over, rebuild) {
  let pressed = false, outdated = false;
  function release() {
    pressed = false;
    if (outdated) setTimeout(rebuild);
    outdated = false;
  }
  over.addEventListener("pointerdown", () => { pressed = true; });
  return {
    isFree() {
      outdated = outdated || pressed;
      return !pressed;
    },

    /** Listens for the release; returns how to stop. */
    listen() {
      const types = ["pointerup", "pointercancel"];
      for (const type of types) window.addEventListener(type, release);
      return () => { for (const type of types) window.removeEventListener(type, release); };
    },
  };
}

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Parts} parts
 * @param {() => void} drawn called after each drawing
 */
export function makeScreen(root, state, parts, drawn) {
  const { diagram, map, curve, timeline, controls } = parts, guard = makePressGuard(find(root, ".over"), layout);
  const stage = find(root, ".stage"), sheet = find(root, ".sheet"), mapBox = find(root, ".map");
  const curveBox = find(root, ".curve");

  function draw() {
    if (drawPlayer(state, parts)) drawn();
  }

  function describe() {
    if (isShown(state)) writeHeadings(root, state, parts);
  }

  function layout() {
    if (!root.clientWidth || !isShown(state)) return;
    parts.inside.layout(state);
    diagram.layout(state, stage.clientWidth, stage.clientHeight, stage.clientWidth < SMALL_STAGE);
    const { place } = diagram;
    if (!place) return;
    sheet.style.width = place.width + "px";
    if (guard.isFree()) controls.build(state, place);
    parts.slice.layout(state);
    parts.digit.layout(state, isSmall(root));
    if (!state.net.picture) {
      sizeMapBox(root, mapBox, besideMap(state.header));
      map.layout(state, mapBox.clientWidth, isSmall(root));
    }
    curve.layout(curveBox.clientWidth, curveBox.clientHeight);
    timeline.layout(isSmall(root));
    describe();
    draw();
  }

  /**
   * Draws pictures; a slide is wide: the player is laid out so for as long as it takes, unseen.
   * @template T
   * @param {(shown: Shown) => T[]} make
   */
  function whileWide(make) {
    if (!isShown(state)) return [];
    const widened = isNarrow(root), page = document.querySelector(PAGE), scrolled = page?.scrollTop || 0;
    if (widened) {
      root.style.width = SLIDE + "px";
      layout();
    } else draw();
    const pictures = make(state);
    if (!widened) return pictures;
    root.style.width = "";
    layout();
    if (page) page.scrollTop = scrolled; // where the browser has followed what moved meanwhile
    return pictures;
  }

  /** @param {Shown} shown @returns {Drawn[]} */
  const whole = (shown) => (diagram.place ? [drawPicture(root, shown, diagram.place, parts)] : []);
  /** @param {Shown} shown @returns {Drawn[]} */
  const mapAlone = (shown) => (shown.net.picture ? [] : [drawMapPicture(root, shown)]);

  return {
    draw, describe, layout,
    listenForRelease: guard.listen,

    /** Takes up the page's theme; says whether it has changed while something was shown. */
    checkTheme() {
      const before = state.colors;
      if (!takeTheme(root, state, state.shapes.length)) return false;
      layout();
      return before !== null;
    },

    /** Saves a picture of the player. */
    save() { whileWide(whole).forEach(download); },

    /** Saves a picture of the map alone. */
    saveMap() { whileWide(mapAlone).forEach(download); },

    /** Pictures as files. @param {import("../../live/kit/pictures.js").Wanted} wanted */
    async pictures({ figures, formats }) {
      const makers = Object.entries({ player: whole, map: mapAlone }).filter(([name]) => figures.includes(name));
      const recorded = whileWide((shown) => makers.map(([, make]) => recordedPicture(() => make(shown), shown)));
      return (await Promise.all(recorded.map((one) => picturesIn(formats, one)))).flat();
    },
  };
}
