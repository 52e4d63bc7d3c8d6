// Builds the real buttons over the diagram: inputs, layer headers, and one button a neuron.

function buildControls(box, state, place, act) {
  const { header, net } = state, nodes = [];
  const button = (attributes, ...children) => element("button", { type: "button", ...attributes }, ...children);
  const icon = (path) => element("svg:svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, element("svg:path", { d: path }));
  const measure = (text) => {
    box.ink = box.ink || document.createElement("canvas").getContext("2d");
    box.ink.font = `14px ${state.colors.font}`;
    return box.ink.measureText(text).width;
  };
  const short = place.tight || place.narrow;

  function head(l, title, ...children) {
    const shift = place.narrow ? 0 : l === 0 ? -12 : l === net.last ? 8 : 0;
    const node = element("div", { class: "head" }, element("b", {}, title), ...children);
    node.style.left = place.x[l] + (place.tight ? 0 : shift) + "px";
    nodes.push(node);
    return node;
  }
  const note = (text) => element("div", { class: "row" }, text);

  function activation(l) {
    const name = header.layers[l - 1].activation;
    const { label, short: brief } = header.activations.find((a) => a.name === name) || { label: name, short: name };
    const room = place.pitch - 6;
    const text = measure(label) + (place.tight ? 0 : 14) <= room ? label : brief;
    if (l === net.last) return element("div", { class: "act", title: label }, text);
    const select = element("select", { "data-role": "activation", "data-key": "activation" + l, title: label, "aria-label": `Activation of hidden layer ${l}` });
    for (const a of header.activations) select.append(element("option", { value: a.name }, a.label));
    select.value = name;
    select.onchange = () => act.activation(l, select.value);
    return element("div", { class: "act" }, text, ...(place.tight ? [] : [icon("m6 9 6 6 6-6")]), select);
  }

  header.inputs.forEach((feature, row) => {
    const node = button({ class: "input", "data-role": "input", "data-name": feature.name, "data-key": feature.name, "aria-pressed": feature.on, "aria-label": feature.label }, symbolNode(feature.label));
    const side = Math.max(24, place.size[0]), lone = feature.on && net.inputs.length === 1;
    node.title = lone ? "The last input stays on" : feature.on ? "Take this input out" : "Add this input";
    Object.assign(node.style, { left: place.x[0] + "px", top: place.featureY(row) + "px", width: side + "px", height: side + "px" });
    node.onclick = () => act.feature(feature.name);
    nodes.push(node);
  });
  head(0, "Inputs", note(short ? `${net.inputs.length}/${header.inputs.length}` : `${net.inputs.length} of ${header.inputs.length}`));

  for (let l = 1; l < net.last; l++) {
    const width = net.dims[l];
    const more = button({ "data-action": "add-neuron", "data-key": "more" + l, title: "One neuron more", "aria-label": `One neuron more in hidden layer ${l}` }, place.tight ? icon("m5 15 7-7 7 7") : "+");
    const fewer = button({ "data-action": "remove-neuron", "data-key": "fewer" + l, title: "One neuron fewer", "aria-label": `One neuron fewer in hidden layer ${l}` }, place.tight ? icon("m5 9 7 7 7-7") : "−");
    more.disabled = width >= header.max_width;
    fewer.disabled = width <= 1;
    more.onclick = () => act.width(l, +1);
    fewer.onclick = () => act.width(l, -1);
    const count = element("span", { class: "width" }, String(width));
    const row = place.tight ? element("div", { class: "spin" }, count, more, fewer) : element("div", { class: "row" }, fewer, count, more);
    const node = head(l, (short ? "H " : "Hidden ") + l, row, element("div", {}, activation(l)));
    Object.assign(node.dataset, { role: "layer", layer: l, width });
  }
  const outputs = net.outputs === 1 ? (short ? "1" : "1 neuron") : net.softmax && !short ? `${net.outputs} classes` : String(net.outputs);
  head(net.last, "Output", note(outputs), activation(net.last));

  for (let l = 1; l < net.dims.length; l++) {
    for (let j = 0; j < net.dims[l]; j++) {
      const node = button({ class: "neuron", "data-role": "neuron", "data-layer": l, "data-index": j, "data-key": `neuron${l},${j}`, tabindex: j ? -1 : 0,
        "aria-label": `${l === net.last ? "Output" : "Hidden " + l}, neuron ${j + 1}` });
      Object.assign(node.style, { left: place.x[l] + "px", top: place.y[l][j] + "px", width: place.size[l] + "px", height: place.size[l] + "px" });
      nodes.push(node);
    }
  }
  const root = box.getRootNode(), key = root.activeElement && root.activeElement.dataset.key;
  box.replaceChildren(...nodes);
  const again = key && box.querySelector(`[data-key="${key}"]`);
  if (again) again.focus({ preventScroll: true });
}
