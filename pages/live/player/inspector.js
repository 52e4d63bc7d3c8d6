// Shows the numbers of the neuron or link under the pointer; it formats what the server computed, and computes nothing.

function makeInspector(box) {
  const detail = box.querySelector(".detail"), ink = document.createElement("canvas").getContext("2d");
  let shownText = "";

  const span = (kind, ...children) => element("span", { class: kind }, ...children);
  const variable = (name, low, high) => { // w₁, a with its layer above and its number below
    const node = span("var", element("i", {}, name));
    if (high) node.append(element("sup", {}, `[${high}]`));
    if (low) node.append(element("sub", {}, low));
    return node;
  };
  const weight = (value, text) => span(value < 0 ? "negative" : "positive", text);
  const bracketed = (value, digits) => (value < 0 ? `(${fixed(value, digits)})` : fixed(value, digits));
  const place = (net, l, j) => (l === 0 ? net.inputs[j].label : `${l === net.last ? "output" : "hidden " + l}, neuron ${j + 1}`);

  // w₁·a₁ + w₂·a₂ + … + b with numbers, in the longest form that fits into the room.
  function sum(weights, bias, values, names, room) {
    const forms = [[4, weights.length], [2, weights.length], [2, 4], [2, 3], [2, 2], [2, 1]].filter(([, terms]) => terms <= weights.length);
    let best = null;
    for (const [digits, terms] of forms) {
      const parts = [];
      let text = "z = ", total = 0;
      const add = (value, factor, node) => {
        const sign = value < 0 ? (parts.length ? " − " : "−") : parts.length ? " + " : "";
        const number = sign + fixed(Math.abs(value), digits);
        text += number + (factor || "");
        parts.push(weight(value, number), node || factor || "");
      };
      weights.slice(0, terms).forEach((w, i) => {
        const factor = values ? "·" + bracketed(values[i], 2) : "·" + names[i].textContent;
        if (values) total += +w.toFixed(digits) * +values[i].toFixed(2);
        add(w, factor, values ? null : span("", "·", names[i]));
      });
      const whole = terms === weights.length;
      if (!whole) {
        text += " + … ";
        parts.push(" + …");
      }
      if (bias !== null) add(bias);
      total += bias === null ? 0 : +bias.toFixed(digits);
      best = { parts, total, whole };
      if (ink.measureText(text + " = −00.0000").width <= room) break;
    }
    return best;
  }

  function neuron(state, { l, j }) {
    const { net, header, frame } = state, n = net.dims[l - 1], small = box.clientWidth < 420;
    const weights = Array.from({ length: n }, (_, i) => frame.theta[net.weightAt(l, i, j)]);
    const bias = header.bias ? frame.theta[net.biasAt(l, j)] : null;
    const names = weights.map((_, i) => (l === 1 ? symbolNode(net.inputs[i].label, "i") : variable("a", String(i + 1), String(l - 1))));
    const probe = frame.probe && header.probe, tile = net.layers[l - 1].tile + j;
    const values = !probe ? null : l === 1 ? net.inputs.map((input) => header.probe.inputs[input.row])
      : weights.map((_, i) => frame.probe[2 * (net.layers[l - 2].tile + i) + 1]);
    const option = header.activations.find((a) => a.name === net.layers[l - 1].activation);
    const name = option ? option.label : net.layers[l - 1].activation;
    const room = box.clientWidth - 28;
    box.classList.toggle("small", small);
    ink.font = `${small ? 15 : 18}px KaTeX_Main, "Source Serif 4", serif`;
    const z = () => variable("z"), a = () => variable("a"), eq = (...parts) => element("div", { class: "eq" }, ...parts);
    const title = element("div", { class: "title" }, `${l === net.last ? "Output" : "Hidden " + l} · neuron ${j + 1}`);
    if (probe) title.append(span("", `${small ? "at" : "numbers at the probe"} ✛ (${header.probe.point.map((v) => fixed(v, 2)).join(", ")})`));
    const formula = eq(z(), " = ");
    if (n * 62 + 60 > room || n > 4) formula.append("Σ ", variable("w", "i"), variable(l === 1 ? "x" : "a", "i", l === 1 ? "" : String(l - 1)));
    else names.forEach((symbol, i) => formula.append(i ? " + " : "", variable("w", String(i + 1)), symbol.cloneNode(true)));
    if (bias !== null) formula.append(" + ", variable("b"));
    if (!small) formula.append("\u2003", a(), ` = ${name}(`, z(), ")");
    const { parts, total, whole } = sum(weights, bias, values, names, room), numbers = eq(z(), " = ", ...parts);
    if (!probe) return [title, formula, numbers];
    const [zValue, aValue] = [frame.probe[2 * tile], frame.probe[2 * tile + 1]];
    const exact = whole && fixed(total, 4) === fixed(zValue, 4);
    numbers.append(exact ? " = " : " ≈ ", element("b", {}, fixed(zValue, 4)));
    const argument = net.softmax && l === net.last ? [` = ${name}(`, z(), ")", element("sub", {}, String(j + 1))] : [` = ${name}(${fixed(zValue, 4)})`];
    return [title, formula, numbers, eq(a(), ...argument, " = ", element("b", {}, fixed(aValue, 4)))];
  }

  function link(state, { l, i, j }) {
    const { net, frame } = state, value = frame.theta[net.weightAt(l, i, j)];
    const title = element("div", { class: "title" }, "Weight ", variable("w", net.dims[l - 1] > 9 || net.dims[l] > 9 ? `${i + 1},${j + 1}` : `${i + 1}${j + 1}`, String(l)),
      span("", `${place(net, l - 1, i)} → ${place(net, l, j)}`));
    const facts = [["Weight", signed(value, 4), value < 0 ? "negative" : "positive"]]; // gradient and step come here
    return [title, element("div", { class: "facts" }, ...facts.map(([label, text, kind]) =>
      element("div", {}, element("span", {}, label), element("b", { class: kind }, text))))];
  }

  return {
    draw(state) {
      const { focus } = state;
      box.classList.toggle("hot", !!focus);
      if (!focus) {
        shownText = "";
        return;
      }
      const nodes = focus.i === undefined ? neuron(state, focus) : link(state, focus);
      const text = nodes.map((node) => node.textContent).join("|");
      if (text === shownText) return;
      shownText = text;
      detail.replaceChildren(...nodes);
    },
  };
}
