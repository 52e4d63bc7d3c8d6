// Sends what is changed in the diagram: widths, activations, inputs, and single weights and biases.

function makeEdits(state, requests) {
  let wishes = null;

  // A change starts from the newest wish, so that quick clicks add up.
  function edit(name, change) {
    const { header, net } = state;
    wishes = wishes || {
      widths: net.dims.slice(1, -1), activations: header.layers.slice(0, -1).map((layer) => layer.activation),
      features: net.inputs.map((input) => input.name),
    };
    const wish = change(wishes[name].slice());
    if (!wish) return;
    wishes[name] = wish;
    requests.wish({ kind: "edit", change: { [name]: wish } });
  }

  return {
    width: (l, by) => edit("widths", (widths) => {
      widths[l - 1] = Math.max(1, Math.min(state.header.max_width, widths[l - 1] + by));
      return widths;
    }),
    activation: (l, name) => edit("activations", (names) => {
      names[l - 1] = name;
      return names;
    }),
    feature: (name) => edit("features", (on) => {
      const all = state.header.inputs.map((input) => input.name).filter((n) => on.includes(n) !== (n === name));
      return all.length ? all : null;
    }),
    set: (focus, value) => requests.wish({ kind: "set", ...requestPlace(focus), value }),
    freeze: (focus, on) => requests.wish({ kind: "freeze", ...requestPlace(focus), on }),
    undo() {
      if (state.header && state.header.undo > 0) requests.wish({ kind: "undo" });
    },
    answered() { if (!requests.waits("edit")) wishes = null; },
  };
}
