// The map of a cell's median run as a picture, with the line between its two sides.

import { isOnLine } from "../../live/kit/colors.js";
import { joinSegments, levelLine } from "../../live/kit/contours.js";
import { contextOf, element, svgElement } from "../../live/kit/elements.js";
import { box, stroke } from "./svg.js";

/** @typedef {import("./types.js").CellMap} CellMap */
/** @typedef {import("./types.js").Ink} Ink */

const ZERO = 128; // the byte of a value in the middle
/** @type {Map<string, string>} */
const painted = new Map();
const MOST_PAINTED = 300;

/** @param {string} text in base64 */
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** @param {CellMap} map @param {Ink} ink */
function pixelsOf({ side, values, area, sure }, { colors, lined }) {
  const pixels = new Int32Array(side * side);
  if (values) {
    const codes = bytesOf(values);
    for (let k = 0; k < codes.length; k++) {
      const shades = lined && isOnLine(Math.floor(k / side), k % side) ? colors.tile.lined : colors.tile.plain;
      pixels[k] = shades[codes[k]];
    }
  } else {
    const classes = bytesOf(area || ""), certainty = bytesOf(sure || "");
    for (let k = 0; k < classes.length; k++) {
      pixels[k] = colors.classSure[classes[k] % colors.classSure.length][certainty[k]];
    }
  }
  return pixels;
}

/** The map as an image's address; those of a theme are painted once. @param {CellMap} map @param {Ink} ink */
function imageOf(map, ink) {
  const key = [ink.colors.bg, ink.lined, map.values || `${map.area} ${map.sure}`].join(" ");
  let image = painted.get(key);
  if (!image) {
    const { side } = map, canvas = element("canvas", { "width": side, "height": side });
    contextOf(canvas).putImageData(
      new ImageData(new Uint8ClampedArray(pixelsOf(map, ink).buffer), side, side), 0, 0);
    image = canvas.toDataURL();
    if (painted.size >= MOST_PAINTED) painted.clear();
    painted.set(key, image);
  }
  return image;
}

/**
 * The line where the output is in the middle, as a path.
 * @param {CellMap} map
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
function boundaryOf({ side, values }, x, y, size) {
  if (!values) return "";
  const codes = bytesOf(values), unit = size / side;
  /** @type {number[]} */
  const ends = [];
  levelLine(side, (at) => (codes[at] ? codes[at] - ZERO : NaN), (...segment) => ends.push(...segment));
  let d = "";
  /** @param {string} letter @param {number} a @param {number} b */
  const go = (letter, a, b) => { d += `${letter}${(x + a * unit).toFixed(1)},${(y + b * unit).toFixed(1)}`; };
  joinSegments({ moveTo: (a, b) => go("M", a, b), lineTo: (a, b) => go("L", a, b) }, ends);
  return d;
}

/**
 * @param {CellMap} map
 * @param {number} x
 * @param {number} y
 * @param {number} size px
 * @param {Ink} ink
 */
export function mapParts(map, x, y, size, ink) {
  const line = boundaryOf(map, x, y, size);
  const image = svgElement("image", {
    x, y, "width": size, "height": size, "preserveAspectRatio": "none", "href": imageOf(map, ink),
  });
  /** @type {Node[]} */
  const parts = [image, box(x, y, size, size, { "fill": "none", "stroke": "var(--ink2)" })];
  if (line) {
    const halo = { "stroke": "var(--bg)", "stroke-width": 4, "stroke-linejoin": "round" };
    parts.splice(1, 0, stroke(line, halo), stroke(line, { "stroke": "var(--ink)", "stroke-width": 1.8 }));
  }
  return parts;
}
