// Takes a file that is dropped anywhere on the page, and hands it to the server.

import { find } from "../../../live/kit/elements.js";

/** @typedef {{ name: string, size: number, bytes: string | null }} Dropped bytes: in base64; null where not read */
/** @typedef {{ most: number, endings: string[] }} Given most bytes of a file, and how the name of one ends */

const UPLOADER = '[data-testid="stFileUploaderDropzone"]'; // which takes what is dropped on it itself
const CHUNK = 0x8000; // bytes that are written at once

/** Whether a drag brings files that nobody below the pointer takes. @param {DragEvent} event */
function isOurs({ dataTransfer, target }) {
  const taken = target instanceof Element && target.closest(UPLOADER);
  return !taken && Boolean(dataTransfer?.types.includes("Files"));
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let written = "";
  for (let k = 0; k < bytes.length; k += CHUNK) written += String.fromCharCode(...bytes.subarray(k, k + CHUNK));
  return btoa(written);
}

/**
 * What the server is told of a file; it is read if it may be one that can be opened.
 * @param {Pick<File, "name" | "size" | "arrayBuffer">} file
 * @param {Given} given
 * @returns {Promise<Dropped>}
 */
export async function told(file, { most, endings }) {
  const { name, size } = file, lowered = name.toLowerCase();
  const mayBe = size <= most && endings.some((ending) => lowered.endsWith(ending));
  return { name: name.slice(-200), size, bytes: mayBe ? base64(new Uint8Array(await file.arrayBuffer())) : null };
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
export function render({ data, parentElement: host, setTriggerValue }) {
  listening.get(host)?.(); // Streamlit calls this again with each run of the page
  const stop = listenForFiles(find(host, ".drop"), async (file) => setTriggerValue("dropped", await told(file, data)));
  listening.set(host, stop);
  return stop;
}
