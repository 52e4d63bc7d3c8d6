// Keeps what is in focus: the neuron, link, bias or point under the pointer or keyboard, or held by a click; asks the
// server for the numbers behind it.

/** @typedef {import("../../live/kit/requests.js").Request} Request */
/** @typedef {import("../../live/kit/requests.js").Requests} Requests */
/** @typedef {import("./types.js").Blocks} Blocks */
/** @typedef {import("./types.js").Focus} Focus */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Inspection} Inspection */
/** @typedef {import("./types.js").NeuronFocus} NeuronFocus */
/** @typedef {import("./types.js").ParameterFocus} ParameterFocus */
/** @typedef {import("./types.js").State} State */

const INSPECT_EVERY = 60; // ms between two requests, at least

/**
 * @param {Focus | null} focus
 * @returns {focus is ParameterFocus}
 */
export const isParameter = (focus) => focus?.kind === "link" || focus?.kind === "bias";

/** A focus as text that tells it from all others. @param {Focus | null} focus */
export function focusKey(focus) {
  if (!focus) return "";
  if (focus.kind === "point") return `point ${focus.n}`;
  if (focus.kind === "neuron") return `neuron ${focus.l},${focus.j}`;
  return `${focus.kind} ${focus.l},${focus.i},${focus.j}`;
}

/** @param {Focus | null} a @param {Focus | null} b */
export const sameFocus = (a, b) => focusKey(a) === focusKey(b);

/**
 * What the server has told of the shown frame, if it has.
 * @param {Pick<State, "inspected"> & { frame: { frame: number } | null }} state
 * @returns {Inspection | null}
 */
export const inspectionOf = ({ inspected, frame }) =>
  (inspected && frame && inspected.frame === frame.frame ? inspected : null);

/**
 * What the choice of a request depends on.
 * @typedef {Parameters<typeof inspectionOf>[0] & Pick<State, "focus" | "playing" | "seek">} FocusState
 */

/**
 * The request for gradient, outputs and losses, which a neuron doesn't need. Null if nothing is missing, or while the
 * picture moves.
 * @param {FocusState} state
 * @returns {Request | null}
 */
export function inspectionRequest(state) {
  const { focus, frame, playing, seek } = state;
  if (!focus || focus.kind === "neuron" || !frame || playing || seek !== null) return null;
  return inspectionOf(state) ? null : { kind: "inspect" };
}

/**
 * Takes up what a payload tells of a frame beyond what is drawn.
 * @param {Pick<State, "inspected">} state
 * @param {Pick<Header, "inspected">} header
 * @param {Blocks} blocks
 */
export function takeInspection(state, { inspected }, { gradient, step, outputs, losses }) {
  if (inspected !== undefined) state.inspected = { frame: inspected, gradient, step, outputs, losses };
}

/**
 * The neuron whose map is shown: the one in focus, or else the one that is held.
 * @param {(Focus | null)[]} focuses
 */
const mappedNeuron = (...focuses) => focuses.find((focus) => focus?.kind === "neuron") || null;

/** @typedef {ReturnType<typeof makeFocus>} FocusKeeper */

/**
 * @param {State} state
 * @param {Pick<Requests, "wish" | "waits">} requests
 * @param {() => void} changed called when something else is in focus or held
 */
export function makeFocus(state, requests, changed) {
  /** @type {Focus | null} */
  let hovered = null;
  let told = "", asking = false;

  function update() {
    const { held, typing } = state, focus = typing ? held : hovered || held;
    const now = focusKey(focus) + " | " + focusKey(held);
    if (now === told) return;
    told = now;
    Object.assign(state, { focus, mapped: mappedNeuron(focus, held) });
    changed();
  }
  const request = () => (requests.waits("inspect") ? null : inspectionRequest(state));

  return {
    /** What lies under the pointer or has the keyboard. @param {Focus | null} focus */
    hover(focus) {
      hovered = focus;
      update();
    },

    /** What stays in focus when nothing is hovered over. @param {Focus | null} focus */
    hold(focus) {
      state.held = focus;
      update();
    },

    /** While a weight is typed the pointer changes nothing. @param {boolean} on */
    type(on) {
      state.typing = on;
      update();
    },

    forget() {
      hovered = null;
      Object.assign(state, { held: null, typing: false, inspected: null });
      update();
    },

    /** Asks the server for the numbers behind the focus, a moment later and not more often than that. */
    ask() {
      if (asking || !request()) return;
      asking = true;
      setTimeout(() => {
        asking = false;
        const wanted = request();
        if (wanted) requests.wish(wanted);
      }, INSPECT_EVERY);
    },
  };
}
