// Copies the link to what is shown.

import { copyFromField } from "../../live/kit/copying.js";

/** @typedef {import("./types.js").Header} Header */

const KEPT = ["hide", "lock", "only"]; // parameters by which a teacher has set up the page
const COPIED = "Link copied: it opens this run at this frame.";

/**
 * The whole address of a link; what the page was set up with stays.
 * @param {string} link the query string
 * @param {{ origin: string, pathname: string, search: string }} page
 */
export function addressOf(link, { origin, pathname, search }) {
  const query = new URLSearchParams(search);
  const kept = KEPT.filter((name) => query.has(name)).map((name) => [name, query.get(name) || ""]);
  const parts = [link, new URLSearchParams(kept).toString()].filter(Boolean);
  return origin + pathname + (parts.length ? "?" + parts.join("&") : "");
}

/**
 * Copies a text that is still on its way; the clipboard is asked for at once, while the press counts.
 * @param {Promise<string>} text
 * @returns {Promise<boolean>} whether it is copied
 */
async function copy(text) {
  const { clipboard } = navigator;
  try {
    const blob = text.then((ready) => new Blob([ready], { type: "text/plain" }));
    await clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return copyFromField(await text);
  }
}

/**
 * @param {Pick<import("../../live/kit/requests.js").Requests, "wish">} requests
 * @param {(message: string) => void} say
 */
export function makeLinkCopier(requests, say) {
  /** @type {((link: string) => void) | null} */
  let come = null;
  return {
    async press() {
      /** @type {Promise<string>} */
      const link = new Promise((resolve) => { come = resolve; });
      requests.wish({ kind: "link" });
      const text = link.then((query) => addressOf(query, location));
      say((await copy(text)) ? COPIED : `Copy this link: ${await text}`);
    },

    /** @param {Pick<Header, "link">} header */
    take({ link }) {
      if (link === undefined) return;
      come?.(link);
      come = null;
    },
  };
}
