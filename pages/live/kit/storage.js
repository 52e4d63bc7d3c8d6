// Keeps values for a tab through reloads; where storage is forbidden or full, as long as the page lives.

const PREFIX = "backprop-";

const OF_PAGE = "backprop-of-page";
/** @type {Record<string, any>} */
const everywhere = globalThis; // what one view writes another may read, and each has a copy of this code
/** @type {Map<string, string>} */
const ofPage = everywhere[OF_PAGE] ??= new Map();

/** @typedef {{ read: (name: string) => any, write: (name: string, value: unknown) => void }} Store */

/** @returns {Storage | null} */
function sessionStore() {
  try {
    return globalThis.sessionStorage || null;
  } catch {
    return null; // in a sandboxed frame even asking for it is forbidden
  }
}

/** @type {Store} */
export const tabStore = {
  /** What was written under a name, or null. */
  read(name) {
    try {
      return JSON.parse(ofPage.get(name) ?? sessionStore()?.getItem(PREFIX + name) ?? "null");
    } catch {
      return null;
    }
  },

  write(name, value) {
    const text = JSON.stringify(value), store = sessionStore();
    try {
      if (!store) throw new TypeError("There is no storage.");
      store.setItem(PREFIX + name, text);
      ofPage.delete(name);
    } catch {
      ofPage.set(name, text);
    }
  },
};
