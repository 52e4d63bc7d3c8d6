// Lets pointer, taps and keys reach every neuron, link, bias and point; nothing can be done by the mouse alone.

function listenForFocus(find, state, focus, diagram, map, inspector) {
  const root = find(".sheet").closest(".player"), sheet = find(".sheet"), over = find(".over"), network = find(".network"), plot = find(".plot");
  state.walk = null; // the link or bias that the arrow keys have reached, of the neuron that has the keyboard

  const neuronOf = (node) => node && node.classList && node.classList.contains("neuron") ? { kind: "neuron", l: +node.dataset.layer, j: +node.dataset.index } : null;
  const parameter = ({ l, j }, i) => {
    const fan = state.net.dims[l - 1];
    return { kind: i === fan ? "bias" : "link", l, i, j };
  };
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  function under(event) {
    const { place } = diagram, box = sheet.getBoundingClientRect(), touch = event.pointerType === "touch";
    const x = event.clientX - box.left, y = event.clientY - box.top;
    const bias = state.net.hasBias && biasUnder(place, x, y, touch ? 5 : 1);
    if (bias) return parameter(bias, state.net.dims[bias.l - 1]);
    const neuron = neuronOf(event.target);
    if (neuron) return neuron;
    return event.target === network || event.target === over || event.target === sheet ? linkUnder(place, x, y, touch ? 14 : 6) : null;
  }

  function hold(target, typing) {
    if (!isParameter(target)) return focus.hold(same(target, state.held) ? null : target);
    focus.hold(target);
    if (typing) inspector.type();
  }

  sheet.onpointermove = (event) => {
    if (!state.frame || event.pointerType === "touch") return;
    state.byKey = false;
    focus.hover(under(event));
  };
  sheet.onpointerleave = (event) => { if (event.pointerType !== "touch") focus.hover(null); };
  sheet.onclick = (event) => {
    if (!state.frame || event.detail === 0) return; // 0: by keyboard
    const target = under(event);
    state.walk = null;
    if (target) hold(target, event.pointerType !== "touch");
    else focus.hold(null);
  };

  over.addEventListener("focusin", (event) => {
    const neuron = neuronOf(event.target);
    if (!neuron || !event.target.matches(":focus-visible")) return;
    if (state.walk && !(state.walk.l === neuron.l && state.walk.j === neuron.j)) state.walk = null;
    state.byKey = true;
    focus.hover(state.walk || neuron);
  });
  over.addEventListener("focusout", (event) => {
    if (!neuronOf(event.target)) return;
    if (!(event.relatedTarget && find(".inspector").contains(event.relatedTarget))) state.walk = null;
    focus.hover(null);
  });
  over.addEventListener("keydown", (event) => {
    const neuron = neuronOf(event.target), by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!neuron || !state.frame || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      if (state.walk) hold(state.walk, true);
      else focus.hover((state.walk = parameter(neuron, 0)));
    } else if (event.key === "Escape" && state.walk) {
      state.walk = null;
      focus.hold(null);
      focus.hover(neuron);
    } else if (by && state.walk) {
      const count = state.net.dims[neuron.l - 1] + (state.net.hasBias ? 1 : 0);
      focus.hover((state.walk = parameter(neuron, (state.walk.i + by + count) % count)));
    } else if (by) {
      const other = over.querySelector(`.neuron[data-layer="${neuron.l}"][data-index="${neuron.j + by}"]`);
      if (other) other.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
    inspector.say(state);
  });

  plot.onpointermove = (event) => { if (state.frame && event.pointerType !== "touch") focus.hover(map.pointAt(state, event.offsetX, event.offsetY, 9)); };
  plot.onpointerleave = (event) => { if (event.pointerType !== "touch") focus.hover(null); };
  plot.onclick = (event) => {
    const point = state.frame && map.pointAt(state, event.offsetX, event.offsetY, event.pointerType === "touch" ? 18 : 9);
    if (point) hold(point);
    else if (state.held && state.held.kind === "point") focus.hold(null);
  };
  plot.onblur = () => focus.hover(null);
  plot.onkeydown = (event) => {
    const way = { "[": "left", "]": "right", ArrowUp: "up", ArrowDown: "down" }[event.key], now = state.focus && state.focus.kind === "point" ? state.focus.n : null;
    if (!way || !state.frame) return;
    event.preventDefault();
    event.stopPropagation();
    focus.hover(pointBeside(state, now, way));
    inspector.say(state);
  };

  root.addEventListener("keydown", (event) => { // what nothing nearer has used
    if (event.key !== "Escape" || !state.focus) return;
    focus.hold(null);
    focus.hover(null);
  });
}
