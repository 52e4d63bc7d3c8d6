// Saves a file that the server has made, once, and tells the server that it is here.

/** @typedef {{ id: string, name: string, type: string, text: string }} MadeFile */

const KEEP_ADDRESS = 60_000; // ms for which the browser may read the file
/** @type {Set<string>} */
const saved = new Set(); // Streamlit calls render again for what it has handed over before

/** @param {{ data: MadeFile, setTriggerValue: (name: "saved", id: string) => void }} message */
export function render({ data: { id, name, type, text }, setTriggerValue }) {
  if (!saved.has(id)) {
    saved.add(id);
    const link = document.createElement("a");
    Object.assign(link, { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), KEEP_ADDRESS);
  }
  setTriggerValue("saved", id);
}
