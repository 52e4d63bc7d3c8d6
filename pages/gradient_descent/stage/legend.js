// What the arrows and lines of the drawings mean, on the page and in saved pictures.

import { richText } from "./text.js";
import { NORM } from "./wording.js";

/** @typedef {import("./types.js").Header} Header */
/** @typedef {{ sign: string, color: string, text: string }} Key color: the name of a custom property */

export const SIGN_WIDTH = 26; // px

/** A stroke along y. @param {number} x @param {number} y @param {number} length @param {number} width */
const stroke = (x, y, length, width) => `M${x} ${y - width / 2}h${length}v${width}h${-length}Z`;

/** @param {number} x @param {number} y */
const head = (x, y) => `M${x + SIGN_WIDTH} ${y}l-9-4.5v9Z`;

/** Signs as paths that begin at x, y. @type {Record<string, (x: number, y: number) => string>} */
const SIGNS = {
  "bold arrow": (x, y) => stroke(x, y, 18, 3) + head(x, y),
  "arrow": (x, y) => stroke(x, y, 18, 1.6) + head(x, y),
  "line": (x, y) => stroke(x, y, SIGN_WIDTH, 3),
  "dashes": (x, y) => [0, 10, 20].map((at) => stroke(x + at, y, 6, 3)).join(""),
};

/** What the arrows mean. @param {Pick<Header, "gradient" | "ascent" | "dimension">} header @returns {Key[]} */
export function arrowKeys({ gradient, ascent, dimension }) {
  const text = gradient ? `next step ${ascent ? "+" : "−"}η∇*f*` : "next step";
  /** @type {Key} */
  const next = { sign: "bold arrow", color: "accent", text };
  return dimension === 2 ? [next, { sign: "arrow", color: "ink2", text: ascent ? "∇*f*" : "−∇*f*" }] : [next];
}

/** What the curves mean. @param {Pick<Header, "height">} header @returns {Key[]} */
export const curveKeys = ({ height }) =>
  [{ sign: "line", color: "train", text: height }, { sign: "dashes", color: "test", text: NORM }];

/** A key's sign as a path. @param {Key} key @param {number} x @param {number} y */
export const signPath = ({ sign }, x, y) => SIGNS[sign](x, y);

/** @param {Key} key */
function keyHtml(key) {
  const path = `<path d="${signPath(key, 0, 5)}" fill="var(--${key.color})"/>`;
  const sign = `<svg width="${SIGN_WIDTH}" height="10" aria-hidden="true">${path}</svg>`;
  return `<span>${sign}<span>${richText(key.text)}</span></span>`;
}

/** Keys as HTML. @param {Key[]} keys */
export const keysHtml = (keys) => keys.map(keyHtml).join("");
