// Sends what is changed in the diagram: widths, activations, inputs, and single weights and biases.

/** @typedef {import("../../live/kit/requests.js").Requests} Requests */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Network} Network */
/** @typedef {import("./types.js").ParameterFocus} ParameterFocus */

/** @typedef {Pick<Header, "inputs" | "layers" | "max_width" | "undo">} EditHeader */
/** @typedef {{ header: EditHeader | null, net: Network | null }} EditState */
/** @typedef {{ widths: number[], activations: string[], features: string[] }} Design what edits change */

/** @param {Pick<EditHeader, "layers">} header @param {Pick<Network, "inputs">} net @returns {Design} */
export function designOf({ layers }, { inputs }) {
  const hidden = layers.slice(0, -1);
  return {
    widths: hidden.map((layer) => layer.width),
    activations: hidden.map((layer) => layer.activation),
    features: inputs.map((input) => input.name),
  };
}

/** @typedef {ReturnType<typeof makeEdits>} Edits */

/**
 * @param {EditState} state
 * @param {Pick<Requests, "wish" | "waits">} requests
 */
export function makeEdits(state, requests) {
  /** @type {Design | null} */
  let newest = null; // what was asked for, while the answer is on its way: quick clicks add up

  /**
   * @param {keyof Design} name
   * @param {(design: Design, header: EditHeader) => boolean} change says whether there is something to send
   */
  function edit(name, change) {
    const { header, net } = state;
    if (!header || !net) return;
    newest = newest || designOf(header, net);
    if (change(newest, header)) requests.wish({ kind: "edit", change: { [name]: [...newest[name]] } });
  }

  return {
    /** @param {number} l @param {1 | -1} by */
    width: (l, by) => edit("widths", ({ widths }, { max_width: most }) => {
      widths[l] = Math.max(1, Math.min(most, widths[l] + by));
      return true;
    }),

    /** @param {number} l @param {string} name */
    activation: (l, name) => edit("activations", ({ activations }) => {
      activations[l] = name;
      return true;
    }),

    /** Adds an input or takes it out; the last one stays. @param {string} name */
    feature: (name) => edit("features", (design, { inputs }) => {
      const on = inputs.map((input) => input.name).filter((n) => design.features.includes(n) !== (n === name));
      if (on.length) design.features = on;
      return on.length > 0;
    }),

    /**
     * @param {ParameterFocus} focus
     * @param {string | null} value as it was typed, if anything was
     * @param {1 | -1} [by] a step up or down from there
     */
    set: ({ l, i, j }, value, by) => requests.wish({ kind: "set", l, i, j, value, by: by ?? null }),

    /** @param {ParameterFocus} focus @param {boolean} on */
    freeze: ({ l, i, j }, on) => requests.wish({ kind: "freeze", l, i, j, on }),

    /** Takes what is suggested against a diagnosis. @param {string} kind */
    try: (kind) => requests.wish({ kind: "try", diagnosis: kind }),

    undo() {
      if (state.header && state.header.undo > 0) requests.wish({ kind: "undo" });
    },

    /** After an answer: once no edit is on its way, the header says how the network is. */
    answered() {
      if (!requests.waits("edit")) newest = null;
    },
  };
}
