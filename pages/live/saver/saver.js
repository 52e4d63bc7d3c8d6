// Saves a file that the server has made, once, and tells the server that it is here.

import { chartFiles } from "./chart-files.js";
import { saveFile } from "../kit/download.js";
import { drawnPictures } from "../kit/pictures.js";
import { withFiles } from "./zip.js";

/**
 * A file that the server has made.
 * @typedef {object} MadeFile
 * @property {string} id
 * @property {string} name
 * @property {string} type
 * @property {string} base64
 * @property {WantedPictures} [pictures] for a zip
 */

/**
 * The pictures that a zip is to have, which the browser draws.
 * @typedef {object} WantedPictures
 * @property {string} folder where in the zip they go
 * @property {string[]} figures of the page's view
 * @property {string[]} formats of these
 * @property {string[]} charts keys of the page's charts
 * @property {string[]} chart_formats of those
 * @property {string} made how the charts were made, as each says it
 */

/** @type {Set<string>} */
const saved = new Set(); // Streamlit calls render again for what it has handed over before

/** @param {Uint8Array<ArrayBuffer>} zip @param {WantedPictures} wanted */
async function withPictures(zip, { folder, figures, formats, charts, chart_formats: chartFormats, made }) {
  const pictures = [...await drawnPictures({ figures, formats }), ...await chartFiles(charts, chartFormats, made)];
  const read = pictures.map(async ({ name, blob }) => ({
    name: folder + name, bytes: new Uint8Array(await blob.arrayBuffer()),
  }));
  return withFiles(zip, await Promise.all(read));
}

/** @param {MadeFile} file */
function saveMade({ name, type, base64, pictures }) {
  const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
  const save = (/** @type {Uint8Array<ArrayBuffer>} */ content) => saveFile(new Blob([content], { type }), name);
  if (pictures) withPictures(bytes, pictures).then(save, () => save(bytes)); // it is of use without them, too
  else save(bytes);
}

/** @param {{ data: MadeFile, setTriggerValue: (name: "saved", id: string) => void }} message */
export function render({ data, setTriggerValue }) {
  if (!saved.has(data.id)) {
    saved.add(data.id);
    saveMade(data);
  }
  setTriggerValue("saved", data.id);
}
