// The words of a saved picture, title and provenance, and its way to the browser as a file.

import { saveFile } from "../../live/kit/download.js";
import { epochText } from "../../live/kit/format.js";

/** @typedef {import("./types.js").Header} Header */
/** @typedef {{ picture: HTMLCanvasElement, name: string }} Drawn name: of its file */

export const SHARPNESS = 3; // pixels of a picture per CSS pixel
export const INDENT = 17; // px at the left of title and foot
export const FOOT_LINE = 18; // px from one line of the foot to the next

/**
 * One line of text, smaller where it would be too long.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {number} y
 * @param {number} weight
 * @param {number} size px
 * @param {number} room px
 * @param {string} font
 */
export function writeFitted(ctx, text, y, weight, size, room, font) {
  ctx.font = `${weight} ${size}px ${font}`;
  ctx.font = `${weight} ${Math.min(size, (size * room) / ctx.measureText(text).width)}px ${font}`;
  ctx.fillText(text, INDENT, y);
}

/**
 * The names of the activations, one for each layer, or one if they are all the same.
 * @param {Pick<Header, "layers" | "activations">} header
 */
export function activationNames({ layers, activations }) {
  /** @param {string} name */
  const labelOf = (name) => activations.find((known) => known.name === name)?.label ?? name;
  const names = layers.map(({ activation }) => labelOf(activation));
  return new Set(names).size > 1 ? names.join(", ") : names[0];
}

/**
 * Two lines: data set and network in bold, and what else the picture needs to be read.
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./types.js").Shown} state
 * @param {string} below the second line
 * @param {number} room px
 */
export function writeTitle(ctx, { header, net, colors: { ink, ink2, font } }, below, room) {
  ctx.fillStyle = ink;
  writeFitted(ctx, `${header.dataset.label} · ${net.dims.join("–")}`, 31, 650, 22, room, font);
  ctx.fillStyle = ink2;
  writeFitted(ctx, below, 54, 400, 15, room, font);
}

/**
 * A text in lines that fit into the room; a word that is longer has a line of its own.
 * @param {string} text
 * @param {number} room
 * @param {(text: string) => number} widthOf
 */
export function wrapped(text, room, widthOf) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1, longer = lines[last] ? lines[last] + " " + word : word;
    if (widthOf(longer) <= room) lines[last] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * The text that says how the picture was made; in smaller letters if it needs more than one line.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} made
 * @param {number} room px
 * @param {string} font
 * @returns {{ size: number, lines: string[] }} px of the letters
 */
export function provenanceLines(ctx, made, room, font) {
  /** @param {number} size */
  function linesOf(size) {
    ctx.font = `400 ${size}px ${font}`;
    return wrapped(made, room, (text) => ctx.measureText(text).width);
  }
  const large = linesOf(14);
  return large.length === 1 ? { size: 14, lines: large } : { size: 13, lines: linesOf(13) };
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {ReturnType<typeof provenanceLines>} made
 * @param {number} top px
 * @param {import("./types.js").Colors} colors
 */
export function writeProvenance(ctx, { size, lines }, top, { ink2, font }) {
  ctx.fillStyle = ink2;
  ctx.font = `400 ${size}px ${font}`;
  lines.forEach((line, k) => ctx.fillText(line, INDENT, top + 24 + FOOT_LINE * k));
}

/** How a picture was made, as far as it is known. @param {Header} header */
export const madeOf = ({ provenance }) => provenance || "Backprop Playground";

/** @param {HTMLCanvasElement} picture @returns {Promise<Blob | null>} */
const blobOf = (picture) => new Promise((resolve) => { picture.toBlob(resolve, "image/png"); });

/**
 * A picture as a file; none where the browser has no room for it.
 * @param {Drawn} drawn
 * @returns {Promise<import("../../live/kit/pictures.js").Picture[]>}
 */
export async function fileOf({ picture, name }) {
  const blob = await blobOf(picture);
  return blob ? [{ name, blob }] : [];
}

/** Hands a picture to the browser as a file. @param {Drawn} drawn */
export async function download(drawn) {
  for (const { blob, name } of await fileOf(drawn)) saveFile(blob, name);
}

/**
 * A saved picture's name: the data by what its control calls it, the widths, the epoch.
 * @param {{ label: string }} dataset
 * @param {readonly number[]} dims
 * @param {number} epoch
 * @param {string} [part] of the player, where it is not the whole one
 */
export function pictureName({ label }, dims, epoch, part) {
  const data = label.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `backprop-${data}-${dims.join("-")}-epoch-${epochText(epoch)}${part ? `-${part}` : ""}.png`;
}
