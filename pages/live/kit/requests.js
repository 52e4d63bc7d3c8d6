// Keeps the requests to the server in order: at most one is under way, and it is repeated until its answer comes. None
// is sent while the page is being left.

import { isLeaving, listenForLinks } from "./leaving.js";

const REPEAT_AFTER = 1000; // ms without an answer
const SLOWEST = 50; // characters that go up in a ms: a long request is repeated later
const SILENT_AFTER = 2500; // ms after which a server that doesn't answer is said to be silent

/** Edits that are all carried out; of other requests of one kind only the newest counts. */
const ONE_BY_ONE = ["set", "freeze", "undo"];

/** @typedef {{ kind: string, change?: Record<string, unknown>, [field: string]: unknown }} Request */
/** @typedef {ReturnType<typeof makeRequests>} Requests */

/** What a request changes, if it is an edit. @param {Request} request */
const changed = ({ change = {} }) => Object.keys(change)[0];

/** How long the longest text of a record is. @param {unknown} record */
const longestIn = (record) =>
  Math.max(0, ...Object.values(Object(record)).map((value) => (typeof value === "string" ? value.length : 0)));

/**
 * @param {(name: "request", request: Request) => void} trigger sends a request
 * @param {() => Record<string, unknown>} stamp what goes with each: which run the view shows, and the like
 */
export function makeRequests(trigger, stamp) {
  const client = Math.random().toString(36).slice(2, 8);
  /** @type {Request[]} */
  const waiting = [];
  /** @type {(Request & { id: number }) | null} */
  let underWay = null;
  let id = 0, sentAt = 0, firstSentAt = 0, patience = REPEAT_AFTER;

  listenForLinks();

  /** @param {Request} request */
  function post(request) {
    sentAt = performance.now();
    trigger("request", request);
  }
  /** @param {Request} request */
  function send(request) {
    underWay = { ...request, client, id: ++id, ...stamp() };
    patience = REPEAT_AFTER + longestIn(request.record) / SLOWEST;
    post(underWay);
    firstSentAt = sentAt;
  }
  /** @param {(request: Request) => boolean} matches */
  function drop(matches) {
    const at = waiting.findIndex(matches);
    if (at >= 0) waiting.splice(at, 1);
  }

  return {
    get busy() { return underWay !== null; },

    /** For how many ms a silent server hasn't answered; 0 while it answers in time. */
    get silence() {
      const waited = underWay ? performance.now() - firstSentAt : 0;
      return waited > SILENT_AFTER ? waited : 0;
    },

    /** Asks as soon as it can; replaces an older request of this kind that still waits. @param {Request} request */
    wish(request) {
      if (!ONE_BY_ONE.includes(request.kind)) {
        drop((other) => other.kind === request.kind && changed(other) === changed(request));
      }
      waiting.push(request);
      this.next();
    },

    /**
     * Asks another session before all others; edits that the last one left without an answer come next.
     * @param {Request | null} request
     */
    beginAgain(request) {
      if (underWay && ONE_BY_ONE.includes(underWay.kind)) waiting.unshift(underWay);
      underWay = null;
      if (request) waiting.unshift(request);
      this.next();
    },

    /** Takes back a request that still waits. @param {string} kind */
    forget(kind) { drop((other) => other.kind === kind); },

    /** Whether a request of this kind waits or is under way. @param {string} kind */
    waits: (kind) => waiting.some((other) => other.kind === kind) || underWay?.kind === kind,

    /** Sends what waits, or else what `otherwise` asks for. @param {() => Request | null} [otherwise] */
    next(otherwise) {
      if (underWay || isLeaving()) return;
      const request = waiting.shift() || (otherwise && otherwise());
      if (request) send(request);
    },

    /**
     * The request that a payload answers, once; null for any other payload.
     * @param {{ client: string, answers: number }} header
     * @returns {Request | null}
     */
    answered(header) {
      if (!underWay || header.client !== client || header.answers < underWay.id) return null;
      const request = underWay;
      underWay = null;
      return request;
    },

    /** Sends again what has no answer yet, and what had to wait for a page that didn't come. */
    repeat() {
      if (!underWay) this.next();
      else if (performance.now() - sentAt > patience && !isLeaving()) post(underWay);
    },
  };
}
