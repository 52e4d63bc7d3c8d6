// Reads the theme's colours once and makes the look-up tables that turn numbers into pixels.

import { contextOf } from "./elements.js";

/** @typedef {number[]} RGB red, green and blue, 0 … 255 */
/** @typedef {{ background?: string, colors: Colors | null }} Themed what takes up a theme */

/**
 * What a view draws with: colours as CSS text, tables of pixels, and functions from a number to a colour.
 * @typedef {object} Colors
 * @property {string} font
 * @property {string} bg
 * @property {string} field
 * @property {string} line
 * @property {string} ink
 * @property {string} ink2
 * @property {string} ink3
 * @property {string} accent
 * @property {string} pos
 * @property {string} neg
 * @property {string} train
 * @property {string} test
 * @property {RGB[]} areas the colour of each class's area
 * @property {string[]} marks the colour of each class's points
 * @property {(value: number) => RGB} diverging the colour of −1 … 1
 * @property {Int32Array} map pixels of 512 values from −1 to 1 (a 16-bit number >> 7); the first is "not a number"
 * @property {Int32Array} mapSigns the same with two colours, one for each sign
 * @property {Int32Array} mapBands the same with five
 * @property {Int32Array} tile pixels of 256 values from −1 to 1; the first is "not a number"
 * @property {Int32Array[]} classTile the same for the probability of each class
 * @property {Int32Array[]} classSure pixels of each class by certainty, 0 … SURE
 * @property {number} missing the pixel of "not a number"
 */

/** Steps of certainty in a class's colour. */
export const SURE = 64;

/** The custom properties that are used as they are. */
const PLAIN = /** @type {const} */ ([
  "bg", "field", "line", "ink", "ink2", "ink3", "accent", "pos", "neg", "train", "test",
]);

/** @type {CanvasRenderingContext2D | null} */
let ink = null;

/** Any CSS colour as numbers. @param {string} color @returns {RGB} */
export function rgbOf(color) {
  ink = ink || contextOf(document.createElement("canvas"), { willReadFrequently: true });
  ink.fillStyle = "#000";
  ink.fillStyle = color;
  ink.clearRect(0, 0, 1, 1);
  ink.fillRect(0, 0, 1, 1);
  return [...ink.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

/** A colour between two. @param {RGB} a @param {RGB} b @param {number} share of b @returns {RGB} */
export const mixed = (a, b, share) => a.map((value, k) => value + (b[k] - value) * share);

/** @param {RGB} rgb */
export const cssColor = (rgb) => `rgb(${rgb.map(Math.round).join(",")})`;

/** A colour as a pixel of a raster, opaque. @param {RGB} rgb */
export const pixel = (rgb) =>
  (255 << 24) | (Math.round(rgb[2]) << 16) | (Math.round(rgb[1]) << 8) | Math.round(rgb[0]);

/** How light a colour looks, 0 … 1. @param {RGB} rgb */
export const luminance = (rgb) => (0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]) / 255;

/**
 * The colour of a value from −1 to 1 between five equidistant ones; what lies outside gets the colour of the end.
 * @param {RGB[]} stops
 * @param {number} value
 */
export function divergingColor(stops, value) {
  const place = (Math.max(-1, Math.min(1, value)) + 1) * 2, k = Math.min(3, Math.floor(place));
  return mixed(stops[k], stops[k + 1], place - k);
}

/**
 * @param {number} length
 * @param {(k: number) => RGB} colorAt
 */
const table = (length, colorAt) => Int32Array.from({ length }, (_, k) => pixel(colorAt(k)));

/**
 * The theme's colours, read from the custom properties of an element.
 * @param {Element} root
 * @param {number} classes how many the theme has colours for
 * @returns {Colors}
 */
function readColors(root, classes) {
  const style = getComputedStyle(root);
  /** @param {string} name */
  const value = (name) => style.getPropertyValue("--" + name).trim();
  const plain = Object.fromEntries(PLAIN.map((name) => [name, value(name)]));
  const each = Array.from({ length: classes }, (_, k) => k);
  const stops = [0, 1, 2, 3, 4].map((k) => rgbOf(value("div-" + k)));
  const zero = rgbOf(value("zero")), missing = rgbOf(plain.line), areas = each.map((k) => rgbOf(value("area-" + k)));
  /** @param {number} v */
  const diverging = (v) => divergingColor(stops, v);
  /** @param {(v: number) => RGB} shade */
  const mapTable = (shade) => table(512, (k) => (k === 0 ? missing : shade((k - 255.5) / 250)));
  /** @param {RGB} area @param {number} q */
  const likely = (area, q) => mixed(zero, area, 0.06 + 0.94 * Math.max(0, ((q - 128) / 127 + 1) / 2));
  return {
    .../** @type {Record<typeof PLAIN[number], string>} */ (plain),
    font: style.fontFamily,
    areas,
    marks: each.map((k) => value("mark-" + k)),
    diverging,
    map: mapTable(diverging),
    mapSigns: mapTable((v) => diverging(v < 0 ? -1 : 1)),
    mapBands: mapTable((v) => diverging(Math.round(Math.max(-1, Math.min(1, v)) * 2) / 2)),
    tile: table(256, (q) => (q === 0 ? missing : diverging((q - 128) / 127))),
    classTile: areas.map((area) => table(256, (q) => (q === 0 ? missing : likely(area, q)))),
    classSure: areas.map((area) => table(SURE + 1, (s) => mixed(zero, area, 0.12 + (0.84 * s) / SURE))),
    missing: pixel(missing),
  };
}

/**
 * Takes up the page's theme; says whether it is another one than before.
 * @param {HTMLElement} root
 * @param {Themed} state
 * @param {number} classes how many the theme has colours for
 */
export function takeTheme(root, state, classes) {
  const background = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  if (background === state.background && state.colors) return false;
  state.background = background;
  root.dataset.theme = background && luminance(rgbOf(background)) < 0.35 ? "dark" : "light";
  state.colors = readColors(root, classes);
  return true;
}
