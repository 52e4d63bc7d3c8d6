// Saves what is shown as a picture or a page of its own, with the line that says how it was made.

import { propertyOf } from "../../live/kit/colors.js";
import { contextOf, element, svgElement } from "../../live/kit/elements.js";
import { saveFile } from "../../live/kit/download.js";
import { label, widthOf } from "./svg.js";
import { spokenOf } from "./words.js";

/** @typedef {import("./types.js").Picture} Picture */
/** @typedef {import("./types.js").Sweep} Sweep */

export const PAPER_WIDTH_OF_SWEEP = 1100; // px
const SHARPNESS = 2, LINE = 18, FONT = '"Source Sans", "Source Sans 3", system-ui, "Liberation Sans", sans-serif';

/** Words in lines of a width. @param {string} text @param {number} width */
function linesOf(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (widthOf(longer, 13) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/**
 * The picture as an SVG file's text: its colours are those of the theme, in numbers.
 * @param {HTMLElement} root
 * @param {Picture} picture
 * @param {{ title: string, note: string }} key
 * @param {Sweep} sweep
 */
export function svgText(root, picture, { title, note }, { provenance }) {
  const { width, height, parts } = picture, below = [...linesOf(note, width - 20), ...linesOf(provenance, width - 20)];
  const all = height + 34 + 16 + LINE * below.length;
  const svg = svgElement("svg", {
    "xmlns": "http://www.w3.org/2000/svg", width, "height": all, "viewBox": `0 0 ${width} ${all}`,
    "font-family": FONT,
  },
    svgElement("rect", { width, "height": all, "fill": "var(--bg)" }),
    label(10, 24, title, { size: 18, bold: true, fill: "ink" }),
    svgElement("g", { "transform": "translate(0,34)" }, ...parts),
    ...below.map((line, k) => label(10, height + 34 + 16 + LINE * k, line, { size: 13 })));
  for (const cell of svg.querySelectorAll("[role]")) {
    for (const name of ["role", "tabindex", "aria-checked"]) cell.removeAttribute(name);
  }
  const style = getComputedStyle(root);
  return new XMLSerializer().serializeToString(svg)
    .replace(/var\(--([\w-]+)\)/g, (_, name) => propertyOf(style, "--" + name) || "none");
}

/** @param {string} text of an SVG file */
export const saveSvg = (text) => saveFile(new Blob([text], { type: "image/svg+xml" }), "sweep.svg");

/** @param {string} text of an SVG file */
export async function savePng(text) {
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await image.decode();
  const canvas = element("canvas", { "width": image.width * SHARPNESS, "height": image.height * SHARPNESS });
  contextOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => { if (blob) saveFile(blob, "sweep.png"); });
}

/**
 * A page that needs no network: the picture, and each cell in words.
 * @param {string} text of an SVG file
 * @param {string} title
 * @param {Sweep} sweep
 */
export function saveHtml(text, title, sweep) {
  const page = document.implementation.createHTMLDocument(`${title} · Backprop Playground`);
  page.documentElement.lang = "en-GB";
  const list = page.createElement("ul");
  for (const cell of sweep.cells) {
    const item = page.createElement("li");
    item.textContent = spokenOf(sweep, cell);
    list.append(item);
  }
  const picture = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  picture.style.maxWidth = "100%";
  picture.style.height = "auto";
  page.body.append(page.adoptNode(picture), list);
  page.body.style.cssText = `max-width:${PAPER_WIDTH_OF_SWEEP}px;margin:16px auto;font:16px/1.5 ${FONT}`;
  const coded = page.createElement("meta");
  coded.setAttribute("charset", "utf-8");
  page.head.prepend(coded);
  const whole = "<!doctype html>" + page.documentElement.outerHTML;
  saveFile(new Blob([whole], { type: "text/html" }), "sweep.html");
}
