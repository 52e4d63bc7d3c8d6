// What a user does in a field, in order: all that the server hasn't answered yet goes with every message.

const REPEAT_AFTER = 2000; // ms without an answer
const MOST_WAITING = 200; // steps are dropped beyond; a key held down makes 30 a second

/** @typedef {string | number | null} Act a text as it was typed, a number of steps, or null: the text is given up */
/** @typedef {{ client: string, first: number, acts: Act[] }} Message first is the number of the first act */
/** @typedef {ReturnType<typeof makeActs>} Acts */

/**
 * A message that is lost, repeated or overtaken does no harm: the server does each act once, by its number.
 * @param {(message: Message) => void} send
 */
export function makeActs(send) {
  const client = Math.random().toString(36).slice(2, 10);
  /** @type {Act[]} */
  const waiting = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let first = 1, sent = 0;

  function post() {
    clearTimeout(timer);
    timer = setTimeout(post, REPEAT_AFTER);
    sent = waiting.length;
    send({ client, first, acts: [...waiting] });
  }
  function flush() { if (sent < waiting.length) post(); }

  return {
    get wait() { return waiting.length > 0; },

    /** A step waits for the answer to what is under way: each message runs the page. @param {Act} act */
    ask(act) {
      if (typeof act === "number" && waiting.length >= MOST_WAITING) return;
      waiting.push(act);
      if (typeof act !== "number" || !sent) post();
    },

    /** Sends what waits, so that nothing that is pressed elsewhere overtakes it. */
    flush,

    /** Takes note of what the server has done. @param {[client: string, act: number]} last */
    answered([whose, number]) {
      const done = whose === client ? number - first + 1 : 0;
      if (done <= 0) return;
      waiting.splice(0, done);
      first += done;
      sent = Math.max(0, sent - done);
      if (!waiting.length) clearTimeout(timer);
      else if (!sent) post();
    },

    /** Repeats nothing any more. */
    stop() { clearTimeout(timer); },
  };
}
