// Keeps values for a tab through reloads; where storage is forbidden or full, as long as the page lives.

const PREFIX = "backprop-";

/** @type {Map<string, string>} */
const ofPage = new Map();

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
      if (store) store.setItem(PREFIX + name, text);
      else ofPage.set(name, text);
    } catch {
      ofPage.set(name, text);
    }
  },
};
