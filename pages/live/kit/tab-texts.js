// Keeps one long text for a tab in the browser's database, such as a table: it is there after a reload. Where there is
// no database, as in some private windows, it is kept as long as the page lives.

import { tabStore } from "./storage.js";

/** @typedef {ReturnType<typeof makeTabTexts>} TabTexts */
/** @typedef {{ tab: string, name: string, text: string, at: number }} Entry */

const DATABASE = "backprop", STORE = "texts";
const MOST = 4; // tabs of which the texts stay
const LONGEST_STAY = 86_400_000; // ms after which a text goes that its tab has left behind

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const resultOf = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

/** The store of all tabs' texts. @param {IDBFactory} factory @param {IDBTransactionMode} mode */
async function openStore(factory, mode) {
  const opening = factory.open(DATABASE, 1);
  opening.onupgradeneeded = () => { opening.result.createObjectStore(STORE, { keyPath: "tab" }); };
  return (await resultOf(opening)).transaction(STORE, mode).objectStore(STORE);
}

/**
 * Which tabs' texts go when one is written: of tabs that are long gone, and all but the newest.
 * @param {Pick<Entry, "tab" | "at">[]} entries
 * @param {number} now
 */
export function outdatedTabs(entries, now) {
  const newest = [...entries].sort((a, b) => b.at - a.at);
  return newest.filter(({ at }, k) => k >= MOST || now - at > LONGEST_STAY).map(({ tab }) => tab);
}

/**
 * @param {() => IDBFactory | undefined} factory may throw, where a frame is forbidden to ask
 * @param {import("./storage.js").Store} store of the tab, which knows what the tab is called
 */
export function makeTabTexts(factory = () => globalThis.indexedDB, store = tabStore) {
  const tab = store.read("tab") || Math.random().toString(36).slice(2);
  store.write("tab", tab);
  let known = "", text = /** @type {string | null} */ (null); // as far as this page has met it

  /**
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(texts: IDBObjectStore) => Promise<T>} act
   * @returns {Promise<T | null>} null where there is no database
   */
  async function inStore(mode, act) {
    try {
      const given = factory();
      return given ? await act(await openStore(given, mode)) : null;
    } catch {
      return null;
    }
  }

  return {
    /** What is known of a text without waiting. @param {string} name */
    at: (name) => (name === known ? text : null),

    /** A text of this name that this tab has written, or null. @param {string} name */
    async read(name) {
      if (name === known) return text;
      const entry = await inStore("readonly", (texts) => resultOf(/** @type {IDBRequest<Entry>} */ (texts.get(tab))));
      if (entry?.name !== name) return null;
      [known, text] = [name, entry.text];
      return text;
    },

    /** @param {string} name @param {string | null} written null for one that there is not */
    async write(name, written) {
      [known, text] = [name, written];
      store.write("tab-text", name);
      await inStore("readwrite", async (texts) => {
        if (written !== null) texts.put({ tab, name, text: written, at: Date.now() });
        const entries = await resultOf(/** @type {IDBRequest<Entry[]>} */ (texts.getAll()));
        for (const old of outdatedTabs(entries, Date.now())) texts.delete(old);
      });
    },

    /** Whether a text of this name needn't be written again. @param {string} name */
    knows: (name) => name === known,

    /** Gives up what this tab has written. */
    forget() {
      if (!store.read("tab-text")) return;
      [known, text] = ["", null];
      store.write("tab-text", "");
      void inStore("readwrite", (texts) => resultOf(texts.delete(tab)));
    },
  };
}
