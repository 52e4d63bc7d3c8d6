// Takes a file that is dropped anywhere on the page, and hands it to the server.

import { find } from "../../../live/kit/elements.js";

/** @typedef {{ name: string, size: number, text: string | null }} Dropped text: null where the file is too long */
/** @typedef {{ most: number }} Given most characters of a file */

const UPLOADER = '[data-testid="stFileUploaderDropzone"]'; // which takes what is dropped on it itself
const ENDING = ".json";

/** Whether a drag brings files that nobody below the pointer takes. @param {DragEvent} event */
function isOurs({ dataTransfer, target }) {
  const taken = target instanceof Element && target.closest(UPLOADER);
  return !taken && Boolean(dataTransfer?.types.includes("Files"));
}

/**
 * What the server is told of a file; it is read if it may be a run.
 * @param {Pick<File, "name" | "size" | "text">} file
 * @param {number} most
 * @returns {Promise<Dropped>}
 */
export async function told(file, most) {
  const { name, size } = file, mayBe = name.toLowerCase().endsWith(ENDING) && size <= most;
  return { name: name.slice(0, 200), size, text: mayBe ? await file.text() : null };
}

/**
 * Listens until the returned function is called.
 * @param {HTMLElement} sign shown while a file is over the page
 * @param {(file: File) => void} dropped
 */
function listenForFiles(sign, dropped) {
  /** @param {DragEvent} event */
  function over(event) {
    sign.hidden = !isOurs(event);
    if (!sign.hidden) event.preventDefault(); // so that the drop comes
  }
  /** @param {DragEvent} event */
  function leave(event) {
    if (!event.relatedTarget) sign.hidden = true;
  }
  /** @param {DragEvent} event */
  function drop(event) {
    sign.hidden = true;
    if (!isOurs(event)) return;
    event.preventDefault(); // the browser would leave the page and show the file
    const file = event.dataTransfer?.files[0];
    if (file) dropped(file);
  }
  const stop = new AbortController(), until = { signal: stop.signal };
  document.addEventListener("dragover", over, until);
  document.addEventListener("dragleave", leave, until);
  document.addEventListener("drop", drop, until);
  return () => stop.abort();
}

/** @type {WeakMap<Node, () => void>} */
const listening = new WeakMap();

/**
 * @param {{ data: Given, parentElement: HTMLElement | ShadowRoot,
 *   setTriggerValue: (name: "dropped", value: Dropped) => void }} message
 */
export function render({ data: { most }, parentElement: host, setTriggerValue }) {
  listening.get(host)?.(); // Streamlit calls this again with each run of the page
  const stop = listenForFiles(find(host, ".drop"), async (file) => setTriggerValue("dropped", await told(file, most)));
  listening.set(host, stop);
  return stop;
}
