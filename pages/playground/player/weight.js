// Shows one weight or bias with its gradient, and lets it be typed, frozen and taken back; nothing moves while that is done.

function makeWeightCard(state, focus, held, small, act) {
  const { net } = state, l = focus.l, bias = focus.kind === "bias";
  const symbol = bias ? variable("b", String(focus.j + 1), String(l))
    : variable("w", net.dims[l - 1] > 9 || net.dims[l] > 9 ? `${focus.i + 1},${focus.j + 1}` : `${focus.i + 1}${focus.j + 1}`, String(l));
  const place = (layer, k) => layer === 0 ? symbolNode(net.inputs[k].label)
    : `${layer === net.last ? "output" : (small ? "H " : "hidden ") + layer}${small ? " no. " : ", neuron "}${k + 1}`;
  const where = element("span", {}, ...(bias ? [place(l, focus.j)] : [place(l - 1, focus.i), " → ", place(l, focus.j)]));
  const frozenSign = element("span", { class: "frozen" });
  const title = element("div", { class: "title" }, bias ? "Bias" : "Weight", symbol, where, frozenSign);
  const letter = bias ? "b" : "w", fact = (name, content) => element("div", {}, element("span", {}, name), content);
  const value = element("b", {}), gradient = element("b", {}), step = element("b", {});
  const input = element("input", { type: "number", step: "0.1", "data-role": "weight-value", autocomplete: "off", enterkeyhint: "done", "aria-label": (bias ? "Bias" : "Weight") + ": type a value, Enter applies, Escape cancels" });
  const facts = element("div", { class: "facts" }, fact(bias ? "Bias" : "Weight", held ? input : value), fact(`Gradient ∂L/∂${letter}`, gradient), fact(`−η ∂L/∂${letter}`, step));
  const freeze = element("button", { type: "button", class: "switch", "data-action": "freeze", "aria-pressed": "false" }, "Freeze", element("i"));
  const foot = element("div", { class: "foot" });
  if (held) foot.append(freeze, element("span", {}, small ? "Enter applies" : "Enter applies, Esc cancels"));
  let written = null, dirty = false;

  const number = () => state.frame.theta[net.parameterAt(focus)];
  const restore = () => {
    dirty = false;
    written = null;
  };
  freeze.onclick = () => act.freeze(focus, freeze.getAttribute("aria-pressed") !== "true");
  input.oninput = () => {
    dirty = true;
    act.pause();
  };
  input.onfocus = () => act.typing(true);
  input.onblur = () => {
    act.typing(false);
    if (dirty) restore();
  };
  input.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    const typed = event.key === "Enter" && dirty, wish = input.valueAsNumber; // NaN if it is no number
    restore();
    act.leave(event.key === "Escape");
    if (typed && Number.isFinite(wish)) act.set(focus, wish);
    else if (typed) act.refuse(`A ${bias ? "bias" : "weight"} must be a number, for example −0.5. What was typed is none, so it stays ${signed(number(), 4)}.`);
  };

  return {
    nodes: [title, facts, foot],
    type() {
      if (!held) return;
      input.focus({ preventScroll: true });
      input.select();
    },
    draw() {
      const now = number(), known = inspectionOf(state), slope = known && known.gradient[net.parameterAt(focus)];
      const kind = now < 0 ? "negative" : "positive";
      if (value.textContent !== signed(now, 4)) [value.textContent, value.className] = [signed(now, 4), kind];
      if (!dirty && written !== now) {
        written = now;
        input.className = kind;
        input.value = Number.isFinite(now) ? now.toFixed(4) : "";
        input.setAttribute("value", input.value);
        if (state.typing) input.select();
      }
      for (const [node, amount] of [[gradient, slope], [step, known && -state.frame.learning_rate * slope]]) {
        const [text, power] = known ? significant(amount) : ["–", null];
        if (node.dataset.text !== text + power) {
          node.dataset.text = text + power;
          node.replaceChildren(text, ...(power === null ? [] : [element("sup", {}, minus(String(power)))]));
        }
      }
      const frozen = (state.header.frozen || []).includes(net.parameterAt(focus));
      freeze.setAttribute("aria-pressed", frozen);
      if (frozenSign.textContent !== (frozen ? "frozen" : "")) frozenSign.textContent = frozen ? "frozen" : "";
      if (!held) {
        const points = state.header.dataset.train;
        const text = known ? `Over all ${points} training points. ` : state.playing ? "Pause for the gradient. " : "";
        const hint = text + (state.walk ? "↑ ↓ choose, Enter edits, Esc leaves." : "Click to edit.");
        if (foot.textContent !== hint) foot.textContent = hint;
      }
    },
    spoken: () => `${title.textContent}: ${signed(number(), 4)}`,
  };
}
