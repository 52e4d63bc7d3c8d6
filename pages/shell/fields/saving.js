// Says so where a file that is saved may not come: a frame around the page can forbid downloads, and tells nobody.

import { element } from "../../live/kit/elements.js";

/** @typedef {"allows" | "forbids" | "unknown"} Framing */
/** @typedef {{ contains: (rule: string) => boolean, length: number }} Rules of a sandbox */

const PICTURE = "Press the picture long, or with the right button, to copy or save it.";
const OTHER = "Open this page in a tab of its own to save the file.";
const TITLES = {
  forbids: "The page around this one doesn't allow downloads.",
  unknown: "If no file has come, the page around this one doesn't allow downloads.",
};

/**
 * What is known of the frame that a page stands in; a page from elsewhere doesn't tell.
 * @param {{ parent: unknown, frameElement: { sandbox?: Rules } | null }} page
 * @returns {Framing}
 */
export function framingOf(page) {
  if (page.parent === page) return "allows";
  const rules = page.frameElement?.sandbox;
  if (!rules) return "unknown";
  return !rules.length || rules.contains("allow-downloads") ? "allows" : "forbids";
}

/** @param {Framing} framing @param {HTMLAnchorElement} link of the file */
async function explain(framing, { href, download }) {
  if (framing === "allows") return;
  const file = await (await fetch(href)).blob(), isPicture = file.type.startsWith("image/");
  const shown = URL.createObjectURL(file);
  const close = element("button", { type: "button" }, "Close");
  const dialog = element("dialog", { "class": "saving-dialog", "role": "dialog", "aria-label": "Saving" },
    element("p", {}, `${TITLES[framing]} ${isPicture ? PICTURE : OTHER}`),
    ...(isPicture ? [element("img", { src: shown, alt: download })] : []), close);
  close.onclick = () => dialog.close();
  dialog.onclose = () => {
    dialog.remove();
    URL.revokeObjectURL(shown);
  };
  document.body.append(dialog);
  dialog.showModal();
}

/** Begins to listen for files that are saved; returns how to stop. */
export function explainFramedSaves() {
  const framing = framingOf(/** @type {any} */ (window));
  /** @param {Event} event */
  function onClick(event) {
    const link = event.target instanceof Element ? event.target.closest("a[download]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.stopPropagation(); // a popover would take it for a press beside it, and close
    explain(framing, link);
    if (framing === "forbids") event.preventDefault();
  }
  addEventListener("click", onClick, true);
  return () => removeEventListener("click", onClick, true);
}
