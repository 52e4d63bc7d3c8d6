// Keeps what has come of the steps: their contents and the sums of their entries, all of one stamp.

import { FIRST_ENTRY } from "./order.js";

/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Content} Content */
/** @typedef {import("./types.js").Sums} Sums */
/** @typedef {ReturnType<typeof makeContents>} Contents */

export function makeContents() {
  /** @type {Map<string, Content>} */
  const contents = new Map();
  /** @type {Map<string, Sums>} */
  const sums = new Map();
  let stamp = "";

  return {
    get stamp() { return stamp; },

    /** Adds what a header brings; under another stamp all else is out of date. @param {Header} header */
    take(header) {
      if (header.stamp !== stamp) {
        contents.clear();
        sums.clear();
        stamp = header.stamp;
      }
      for (const [key, content] of Object.entries(header.contents)) {
        if (!contents.has(key)) contents.set(key, content); // the same stamp, the same content
      }
      for (const [key, some] of Object.entries(header.entries)) sums.set(key, { ...sums.get(key), ...some });
    },

    keys: () => [...contents.keys()],

    /** @param {string} key */
    has: (key) => contents.has(key),

    /** @param {string} key */
    of: (key) => contents.get(key),

    /** The sums of a step's entries that have come. @param {string} key @returns {Sums} */
    sumsOf: (key) => sums.get(key) || {},

    /** The entries of a step that are gone through one by one. @param {string} key */
    entriesOf: (key) => contents.get(key)?.result.walk || [FIRST_ENTRY],
  };
}
