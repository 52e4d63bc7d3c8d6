// Reads the theme's colours once and makes the look-up tables that turn numbers into pixels.

import { contextOf, element } from "./elements.js";

/** @typedef {number[]} RGB red, green and blue, 0 … 255 */
/** @typedef {{ background?: string, colors: Colors | null }} Themed what takes up a theme */
/** @typedef {{ plain: Int32Array, lined: Int32Array }} Shades tables of pixels; lined: for those on a hatching line */

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
 * @property {string} bad
 * @property {string} train
 * @property {string} test
 * @property {RGB[]} areas the colour of each class's area
 * @property {string[]} marks the colour of each class's points
 * @property {(value: number) => RGB} diverging the colour of −1 … 1
 * @property {Shades} map pixels of 512 values from −1 to 1 (a 16-bit number >> 7); the first is "not a number"
 * @property {Shades} mapSigns the same with two colours, one for each sign
 * @property {Shades} mapBands the same with five
 * @property {Shades} tile pixels of 256 values from −1 to 1; the first is "not a number"
 * @property {Shades[]} classTile the same for the probability of each class, which has no sign
 * @property {Int32Array[]} classSure pixels of each class by certainty, 0 … SURE
 * @property {number} missing the pixel of "not a number"
 */

/** Steps of certainty in a class's colour. */
export const SURE = 64;

const PAPER_COLOR = "#ffffff";

/** The custom properties that are used as they are. */
const PLAIN = /** @type {const} */ ([
  "bg", "field", "line", "ink", "ink2", "ink3", "accent", "pos", "neg", "bad", "train", "test",
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

/** The light of a colour's red, green or blue, 0 … 1; sRGB. @param {number} value 0 … 255 */
const linearLight = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);

/** The light of a colour, 0 … 1, as WCAG defines it. @param {RGB} rgb */
export function luminance(rgb) {
  const [r, g, b] = rgb.map(linearLight);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

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
 * The value of a custom property; a colour of the system, as forced colours have it, in numbers, because a canvas and
 * a saved picture know no system.
 * @param {CSSStyleDeclaration} style of the element that has the property
 * @param {string} name
 */
export function propertyOf(style, name) {
  const value = style.getPropertyValue(name).trim();
  if (!/^(Canvas|Highlight|Link|color-mix)/.test(value)) return value;
  const probe = element("i", { style: `forced-color-adjust:none;color:${value}` });
  document.head.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return cssColor(rgbOf(color));
}

const LINES = 6; // rows from one line of the hatching to the next

/** Whether a pixel lies on a line of the hatching. @param {number} row @param {number} column */
export const isOnLine = (row, column) => (row + column) % LINES === 0;

/**
 * The theme's colours, read from the custom properties of an element.
 * @param {Element} root
 * @param {number} classes how many the theme has colours for
 * @returns {Colors}
 */
function readColors(root, classes) {
  const style = getComputedStyle(root);
  /** @param {string} name */
  const value = (name) => propertyOf(style, "--" + name);
  const plain = Object.fromEntries(PLAIN.map((name) => [name, value(name)]));
  const each = Array.from({ length: classes }, (_, k) => k);
  const stops = [0, 1, 2, 3, 4].map((k) => rgbOf(value("div-" + k)));
  const zero = rgbOf(value("zero")), missing = rgbOf(plain.line), areas = each.map((k) => rgbOf(value("area-" + k)));
  /** @param {number} v */
  const diverging = (v) => divergingColor(stops, v);
  const line = rgbOf(plain.ink), hatch = parseFloat(value("hatch")) / 100;
  /** Negative values are hatched: without colours they look like positive ones. @param {(v: number) => RGB} shade */
  const lined = (shade) => (/** @type {number} */ v) => mixed(shade(v), line, v < 0 ? hatch : 0);
  /** @param {(v: number) => RGB} shade */
  const mapTable = (shade) => table(512, (k) => (k === 0 ? missing : shade((k - 255.5) / 250)));
  /** @param {(v: number) => RGB} shade */
  const tileTable = (shade) => table(256, (k) => (k === 0 ? missing : shade((k - 128) / 127)));
  /** @param {(shade: (v: number) => RGB) => Int32Array} tableOf @param {(v: number) => RGB} shade @returns {Shades} */
  const signed = (tableOf, shade) => ({ plain: tableOf(shade), lined: tableOf(lined(shade)) });
  /** @param {RGB} area @returns {Shades} */
  function unsigned(area) {
    const pixels = table(256, (q) => (q === 0 ? missing : likely(area, q)));
    return { plain: pixels, lined: pixels };
  }
  /** @param {RGB} area @param {number} q */
  const likely = (area, q) => mixed(zero, area, 0.06 + 0.94 * Math.max(0, ((q - 128) / 127 + 1) / 2));
  return {
    .../** @type {Record<typeof PLAIN[number], string>} */ (plain),
    font: style.fontFamily,
    areas,
    marks: each.map((k) => value("mark-" + k)),
    diverging,
    map: signed(mapTable, diverging),
    mapSigns: signed(mapTable, (v) => diverging(v < 0 ? -1 : 1)),
    mapBands: signed(mapTable, (v) => diverging(Math.round(Math.max(-1, Math.min(1, v)) * 2) / 2)),
    tile: signed(tileTable, diverging),
    classTile: areas.map(unsigned),
    classSure: areas.map((area) => table(SURE + 1, (s) => mixed(zero, area, 0.12 + (0.84 * s) / SURE))),
    missing: pixel(missing),
  };
}

/** Whether the reader's system asks for something. @param {string} feature of a media query */
const isWished = (feature) => matchMedia(`(${feature})`).matches;

/**
 * Takes up the page's theme, in forced colours the one that goes with the system's ground, or the light one to print;
 * says whether it is another one than before.
 * @param {HTMLElement} root
 * @param {Themed} state
 * @param {number} classes how many the theme has colours for
 */
export function takeTheme(root, state, classes) {
  const name = isWished("forced-colors: active") ? "--bg" : "--st-background-color";
  const printing = root.hasAttribute("data-printing");
  const ground = printing ? PAPER_COLOR : propertyOf(getComputedStyle(root), name);
  const background = ground + isWished("prefers-contrast: more");
  if (background === state.background && state.colors) return false;
  state.background = background;
  root.dataset.theme = ground && luminance(rgbOf(ground)) < 0.35 ? "dark" : "light";
  state.colors = readColors(root, classes);
  return true;
}
