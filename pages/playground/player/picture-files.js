// Brings a picture into the formats of files: pixels, a drawing, or a page that holds the drawing.

import { pageFile, svgFile, whileRecorded } from "../../live/kit/recording.js";
import { epochText } from "../../live/kit/format.js";
import { fileOf, madeOf, SHARPNESS } from "./picture-words.js";

/** @typedef {import("./picture-words.js").Drawn} Drawn */
/** @typedef {import("../../live/kit/pictures.js").Picture} Picture */
/** @typedef {import("./types.js").Shown} Shown */

/**
 * A picture with all that was drawn for it.
 * @typedef {object} RecordedPicture
 * @property {Drawn | undefined} drawn
 * @property {Element[]} nodes
 * @property {{ title: string, made: string, ground: string }} about
 */

/**
 * Draws a picture and keeps what is drawn.
 * @param {() => Drawn[]} draw
 * @param {Shown} shown
 * @returns {RecordedPicture}
 */
export function recordedPicture(draw, { header, net, frame, colors }) {
  const [[drawn], nodesOf] = whileRecorded(draw);
  const title = `${header.dataset.label} · ${net.dims.join("–")} · epoch ${epochText(frame.epoch)}`;
  const about = { title, made: madeOf(header), ground: colors.bg };
  return { drawn, nodes: drawn ? nodesOf(drawn.picture) : [], about };
}

/**
 * The files of a picture.
 * @param {string[]} formats the endings of their names
 * @param {RecordedPicture} recorded
 * @returns {Promise<Picture[]>}
 */
export async function picturesIn(formats, { drawn, nodes, about }) {
  if (!drawn) return [];
  const { picture: { width, height }, name } = drawn, files = formats.includes("png") ? await fileOf(drawn) : [];
  if (!formats.some((format) => format !== "png")) return files;
  const drawing = await svgFile(nodes, { ...about, width, height, sharpness: SHARPNESS });
  /** @param {string} ending @param {string} text @param {string} type */
  const file = (ending, text, type) => ({ name: name.replace(/png$/, ending), blob: new Blob([text], { type }) });
  if (formats.includes("svg")) files.push(file("svg", drawing, "image/svg+xml"));
  if (formats.includes("html")) files.push(file("html", pageFile(drawing, about.title, about.ground), "text/html"));
  return files;
}
