// Takes the messages of one of a page's small parts, such as a number field. Their code comes once with the page.

/** @typedef {{ show: (data: any, trigger: any) => void, leave: () => void }} Part */
/** @typedef {HTMLElement & { content?: Part }} Host */
/** @typedef {{ data: unknown, parentElement: Host, setTriggerValue: unknown }} Message */

/** @param {string} name @returns {(message: Message) => () => void} */
export const part = (name) => (message) => {
  /** @type {Record<string, any>} */
  const page = globalThis;
  (page["backprop-parts"] ||= []).push([name, message]); // an array, until the code has come
  const { parentElement: host } = message;
  return () => host.isConnected || host.content?.leave();
};
