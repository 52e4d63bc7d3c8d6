// Keeps what is in focus: the neuron, link, bias or point under the pointer or keyboard, or held by a click; asks the server what stands behind it.

const INSPECT_AFTER = 60; // ms of rest

const isParameter = (focus) => !!focus && (focus.kind === "link" || focus.kind === "bias");
const requestPlace = ({ l, i, j }) => ({ l: l - 1, i, j }); // the server counts layers of weights from 0
const inspectionOf = (state) => (state.inspected && state.inspected.frame === state.frame.frame ? state.inspected : null);
const inspectedNeuron = (state, { l, j }) => (inspectionOf(state) || { neurons: {} }).neurons[[l - 1, j]];

function makeFocus(state, requests, changed) {
  let hovered = null, timer = 0, shown = "";

  function update() {
    const { held, typing } = state, focus = typing ? held : hovered || held;
    const neuron = (f) => (f && f.kind === "neuron" ? f : null);
    const now = JSON.stringify([focus, held]);
    if (now === shown) return;
    shown = now;
    Object.assign(state, { focus, mapped: neuron(focus) || neuron(held) });
    changed();
  }

  // What must be asked: a hidden neuron's whole map, or gradient, outputs and losses; only while the picture stands still.
  function missing() {
    const { focus, mapped, net, playing, seek } = state;
    if (!focus || playing || seek !== null || requests.waits("inspect")) return null;
    const known = inspectionOf(state), hidden = mapped && mapped.l < net.last && !inspectedNeuron(state, mapped);
    if (!hidden && (known || focus.kind === "neuron")) return null;
    return { kind: "inspect", neuron: hidden ? [mapped.l - 1, mapped.j] : null };
  }

  return {
    hover(focus) {
      hovered = focus;
      update();
    },
    hold(focus) {
      state.held = focus;
      update();
    },
    type(on) { // while a weight is typed the pointer changes nothing
      state.typing = on;
      update();
    },
    forget() {
      hovered = null;
      Object.assign(state, { held: null, typing: false, inspected: null });
      update();
    },
    ask() {
      if (timer || !missing()) return;
      timer = setTimeout(() => {
        timer = 0;
        const request = state.frame && missing();
        if (request) requests.wish(request);
      }, INSPECT_AFTER);
    },
    receive(header, blocks) {
      if (header.inspected === undefined) return;
      let known = state.inspected;
      if (!known || known.frame !== header.inspected) known = state.inspected = { frame: header.inspected, neurons: {} };
      Object.assign(known, { gradient: blocks.gradient, outputs: blocks.outputs, losses: blocks.losses });
      if (header.neuron) known.neurons[header.neuron] = blocks.neuron;
    },
  };
}
