// Shows the numbers of what is in focus; it formats what the server computed, and computes nothing.

const span = (kind, ...children) => element("span", { class: kind }, ...children);
const variable = (name, low, high) => { // w₁, a with its layer above and its number below
  const node = span("var", element("i", {}, name));
  if (high) node.append(element("sup", {}, `[${high}]`));
  if (low) node.append(element("sub", {}, low));
  return node;
};
const weightText = (value, text) => span(value < 0 ? "negative" : "positive", text);
const bracketed = (value, digits) => (value < 0 ? `(${fixed(value, digits)})` : fixed(value, digits));

function makeInspector(box, act) {
  const detail = box.querySelector(".detail"), spoken = box.querySelector(".spoken"), ink = document.createElement("canvas").getContext("2d");
  const isSmall = () => box.clientWidth < 420;
  let shownText = "", card = null, wantsTyping = false;

  // w₁·a₁ + w₂·a₂ + … + b with numbers, in the longest form that fits into the room; also with the longest usual
  // numbers, so that the form stays while they change.
  function sum(weights, bias, values, names, room) {
    const forms = [[4, weights.length], [2, weights.length], [2, 4], [2, 3], [2, 2], [2, 1]].filter(([, terms]) => terms <= weights.length);
    let best = null;
    for (const [digits, terms] of forms) {
      const parts = [];
      let text = "z = ", longest = text, total = 0;
      const add = (value, factor, node) => {
        const sign = value < 0 ? (parts.length ? " −\u00a0" : "−") : parts.length ? " +\u00a0" : "";
        const number = sign + fixed(Math.abs(value), digits);
        text += number + (factor || "");
        longest += " − " + (0).toFixed(digits) + (factor && values ? "·(−0.00)" : factor || "");
        parts.push(weightText(value, number), node || factor || "");
      };
      weights.slice(0, terms).forEach((w, i) => {
        const factor = values ? "·" + bracketed(values[i], 2) : "·" + names[i].textContent;
        if (values) total += +w.toFixed(digits) * +values[i].toFixed(2);
        add(w, factor, values ? null : span("", "·", names[i]));
      });
      const whole = terms === weights.length;
      if (!whole) {
        text += " + … ";
        longest += " + … ";
        parts.push(" + …");
      }
      if (bias !== null) add(bias);
      total += bias === null ? 0 : +bias.toFixed(digits);
      best = { parts, total, whole };
      if (Math.max(...[text, longest].map((form) => ink.measureText(form + " = −0.0000").width)) <= room) break;
    }
    return best;
  }

  function neuron(state, { l, j }) {
    const { net, header, frame } = state, n = net.dims[l - 1], small = isSmall();
    const weights = Array.from({ length: n }, (_, i) => frame.theta[net.weightAt(l, i, j)]);
    const bias = net.hasBias ? frame.theta[net.biasAt(l, j)] : null;
    const names = weights.map((_, i) => (l === 1 ? symbolNode(net.inputs[i].label, "i") : variable("a", String(i + 1), String(l - 1))));
    const probe = frame.probe && header.probe, tile = net.layers[l - 1].tile + j;
    const values = !probe ? null : l === 1 ? net.inputs.map((input) => header.probe.inputs[input.row])
      : weights.map((_, i) => frame.probe[2 * (net.layers[l - 2].tile + i) + 1]);
    const option = header.activations.find((a) => a.name === net.layers[l - 1].activation);
    const name = option ? option.label : net.layers[l - 1].activation;
    const room = box.clientWidth - 28;
    ink.font = `${small ? 15 : 18}px KaTeX_Main, "Source Serif 4", serif`;
    const z = () => variable("z"), a = () => variable("a"), eq = (...parts) => element("div", { class: "eq" }, ...parts);
    const title = element("div", { class: "title" }, `${l === net.last ? "Output" : "Hidden " + l} · neuron ${j + 1}`);
    if (probe) title.append(span("", `${small ? "at" : "numbers at the probe"} ✛ (${header.probe.point.map((v) => fixed(v, 2)).join(", ")})`));
    if (state.byKey) title.append(element("kbd", {}, "Enter: its links"));
    const formula = eq(z(), " = ");
    if (n * 62 + 60 > room || n > 4) formula.append("Σ ", variable("w", "i"), variable(l === 1 ? "x" : "a", "i", l === 1 ? "" : String(l - 1)));
    else names.forEach((symbol, i) => formula.append(i ? " + " : "", variable("w", String(i + 1)), symbol.cloneNode(true)));
    if (bias !== null) formula.append(" + ", variable("b"));
    if (!small) formula.append("\u2003", a(), ` = ${name}(`, z(), ")");
    const { parts, total, whole } = sum(weights, bias, values, names, small ? 1.8 * room : room), numbers = eq(z(), " = ", ...parts);
    if (!probe) return [title, formula, numbers];
    const [zValue, aValue] = [frame.probe[2 * tile], frame.probe[2 * tile + 1]];
    const exact = whole && fixed(total, 4) === fixed(zValue, 4);
    numbers.append(exact ? " = " : " ≈ ", element("b", {}, fixed(zValue, 4)));
    const argument = net.softmax && l === net.last ? [` = ${name}(`, z(), ")", element("sub", {}, String(j + 1))] : [` = ${name}(${fixed(zValue, 4)})`];
    return [title, formula, numbers, eq(a(), ...argument, " = ", element("b", {}, fixed(aValue, 4)))];
  }

  function point(state, { n }) {
    const { header, net, points, colors } = state, { kind, train, labels } = header.dataset, known = inspectionOf(state);
    const [x1, x2, target] = points.subarray(3 * n, 3 * n + 3), K = net.outputs;
    const more = (state.beyond.length * 3) / points.length, many = more > 0; // coordinates that the map does not have
    const outputs = known && [...known.outputs.subarray(K * n, K * n + K)];
    const title = element("div", { class: "title" }, n < train ? `Training point ${n + 1}` : `Test point ${n - train + 1}`);
    const regression = kind === "regression", label = (k) => labels[k];
    const facts = element("div", { class: many ? "facts point many" : "facts point" });
    const fact = (name, ...content) => facts.append(element("div", {}, element("span", {}, ...name), element("b", {}, ...content)));
    const input = (value, k) => fact([symbolNode("x" + "₁₂₃₄₅"[k], "i")], many ? shortNumber(value) : fixed(value, 2));
    [x1, x2, ...state.beyond.subarray(more * n, more * (n + 1))].forEach(input);
    if (regression) fact(["Target"], signed(target, 3));
    else fact(["Class"], element("svg:svg", { width: 16, height: 16, viewBox: "0 0 14 14", "aria-hidden": "true" },
      element("svg:path", { d: markPath(target, 7, 7, 5), class: "filled", style: `--mark:${colors.marks[target]}` })), " " + label(target));
    fact([K > 1 ? "Predicted" : "Output"], !outputs ? "–" : K === 1 ? signed(outputs[0], 4) : label(outputs.indexOf(Math.max(...outputs))));
    fact(["Loss"], known ? lossText(known.losses[n]) : "–");
    const share = (k) => (outputs ? outputs[k].toFixed(K > 6 ? 2 : 3) : "–");
    const all = K === 1 ? (state.playing ? "Pause for output and loss." : "The loss of this point alone.")
      : (net.softmax ? "Probabilities  " : "Outputs  ") + Array.from({ length: K }, (_, k) => `${label(k)}: ${share(k)}`).join("  ") + (many ? "   This point lies off the slice." : "");
    if (act.small()) state.aside = title.textContent + ": " + [...facts.children].map((node) => [...node.children].map((part) => part.textContent.trim()).join(" ")).join(", ");
    return [title, facts, element("div", { class: "foot" }, all)];
  }

  return {
    type() { wantsTyping = true; },
    say(state) { // after a key, for those who hear the page
      requestAnimationFrame(() => { spoken.textContent = card ? card.spoken() : detail.innerText; });
    },
    draw(state) {
      const { focus, header } = state, held = isParameter(focus) && JSON.stringify(state.held) === JSON.stringify(focus);
      box.classList.toggle("hot", !!focus);
      box.classList.toggle("undoable", header.undo > 0 && (!focus || held));
      state.aside = "";
      if (!focus) {
        [shownText, card] = ["", null];
        return;
      }
      box.classList.toggle("small", isSmall());
      if (isParameter(focus)) {
        const key = JSON.stringify([focus, held, isSmall(), header.run]);
        if (shownText !== key || !card) {
          [shownText, card] = [key, makeWeightCard(state, focus, held, isSmall(), act)];
          detail.replaceChildren(...card.nodes);
        }
        card.draw();
        if (wantsTyping) card.type();
        wantsTyping = false;
        return;
      }
      card = null;
      wantsTyping = false;
      const nodes = focus.kind === "neuron" ? neuron(state, focus) : point(state, focus);
      const text = nodes.map((node) => node.textContent).join("|");
      if (text === shownText) return;
      shownText = text;
      detail.replaceChildren(...nodes);
    },
  };
}
