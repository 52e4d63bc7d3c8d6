// Saves a file that the server has made, once, and tells the server that it is here.

import { saveFile } from "./kit/download.js";

/** @typedef {{ id: string, name: string, type: string, base64: string }} MadeFile */

/** @type {Set<string>} */
const saved = new Set(); // Streamlit calls render again for what it has handed over before

/** @param {{ data: MadeFile, setTriggerValue: (name: "saved", id: string) => void }} message */
export function render({ data: { id, name, type, base64 }, setTriggerValue }) {
  if (!saved.has(id)) {
    saved.add(id);
    saveFile(new Blob([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], { type }), name);
  }
  setTriggerValue("saved", id);
}
