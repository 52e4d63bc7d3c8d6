// Brings the charts of the page into files: a drawing, or its pixels.

import { svgElement } from "../kit/elements.js";
import { pixelFile, svgFile } from "../kit/recording.js";

/** @typedef {import("../kit/pictures.js").Picture} Picture */

const SHARPNESS = 3; // pixels of a picture per px
const PATIENCE = 8000, PAUSE = 100; // ms that a chart has to come, and between two looks
const OF_THE_POINTER = ".hoverlayer, .zoomlayer, .draglayer";

/** A text without its spaces, which lines end with. @param {string | null} text */
const unspaced = (text) => (text || "").replace(/\s/g, "");

/**
 * Waits for the chart that says how it was made; Streamlit may show an older one beside it for a while.
 * @param {string} key
 * @param {string} made
 * @returns {Promise<Element | null>} null if it doesn't come
 */
async function chartOf(key, made) {
  const wanted = unspaced(made);
  for (let waited = 0; waited < PATIENCE; waited += PAUSE) {
    const charts = [...document.querySelectorAll(`.st-key-${CSS.escape(key)} .js-plotly-plot`)];
    const chart = charts.find((one) => unspaced(one.textContent).includes(wanted));
    if (chart) return chart;
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
  }
  return null;
}

/** A chart's drawing. @param {Element} chart @param {string} made */
function drawingOf(chart, made) {
  const layers = [...chart.querySelectorAll(".main-svg")], title = chart.querySelector(".gtitle")?.textContent || "";
  const [width, height] = ["width", "height"].map((name) => Number(layers[0].getAttribute(name)));
  const parts = layers.map((layer) => svgElement("g", {}, ...[...layer.children].map((part) => part.cloneNode(true))));
  for (const part of parts) part.querySelectorAll(OF_THE_POINTER).forEach((one) => one.remove());
  const ground = svgElement("rect", { width, height, fill: getComputedStyle(layers[0]).backgroundColor });
  return svgFile([ground, ...parts], { width, height, sharpness: 1, title, made });
}

/**
 * The files of one chart; a text that says so where the page doesn't show it.
 * @param {string} key
 * @param {string[]} formats
 * @param {string} made
 * @returns {Promise<Picture[]>}
 */
async function filesOf(key, formats, made) {
  const chart = await chartOf(key, made);
  if (!chart) {
    const missing = `The page did not show the figure ${key} as this zip was made, so it is not here.\n`;
    return [{ name: `${key}-missing.txt`, blob: new Blob([missing]) }];
  }
  const drawing = await drawingOf(chart, made), pixels = formats.includes("png") && await pixelFile(drawing, SHARPNESS);
  const drawn = formats.includes("svg") ? [{ name: `${key}.svg`, blob: new Blob([drawing]) }] : [];
  return pixels ? [...drawn, { name: `${key}.png`, blob: pixels }] : drawn;
}

/**
 * Charts of the page as files, those for which it has a place.
 * @param {string[]} keys
 * @param {string[]} formats "png", "svg"
 * @param {string} made how they were made, as each says it
 */
export async function chartFiles(keys, formats, made) {
  if (!formats.length) return [];
  return (await Promise.all(keys.map((key) => filesOf(key, formats, made)))).flat();
}
