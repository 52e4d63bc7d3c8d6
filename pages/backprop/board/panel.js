// Writes one step: title, formula, numbers, in between, result, one entry, and what else there is to say.

const EQUALS = '<mo form="infix">=</mo>', PLUS = '<mo form="infix">+</mo>';
const LEAST_SCALE = 0.78; // down to which a long formula shrinks before its line breaks

function makePanel(root, act) {
  const box = root.querySelector(".step");
  const pieces = (list) => list.map((piece) => `<math>${piece}</math>`).join("");
  const line = (list, kind = "") => mathNode("div", pieces(list), { class: "eqn " + kind });
  const row = (name, ...content) => element("div", { class: "line", "data-row": name.toLowerCase().replaceAll(" ", "-") }, element("label", {}, name), element("div", { class: "cell-box" }, ...content));

  const toggle = (name, on, action) => {
    const node = element("button", { type: "button", class: "switch", "aria-pressed": String(on), "data-action": action }, element("i"), name);
    node.onclick = () => act.toggle(action);
    return node;
  };

  function resultNode(state) {
    const { content, header, entry, colors } = state, { result } = content;
    const walk = result.walk, at = walk.findIndex(([i, j]) => i === entry[0] && j === entry[1]);
    const engine = (i, j) => (result.turned ? [j, i] : [i, j]);
    const cell = (i, j) => {
      const [p, q] = engine(i, j), chosen = p === entry[0] && q === entry[1];
      const order = walk.findIndex(([u, v]) => u === p && v === q);
      const hidden = header.by === "neuron" && order > at && at >= 0;
      return { class: chosen ? "chosen" : hidden ? "later" : "", text: hidden ? "?" : undefined, attributes: { "data-entry": `${p},${q}`, "aria-pressed": String(chosen) } };
    };
    const matrix = matrixNode(colors, result, { label: "result", cell, choose: (i, j) => act.choose(...engine(i, j)) });
    return element("div", { class: "eqn" }, mathNode("span", mathOf(result.symbol)), element("span", { class: "brackets tone-0", "data-term": content.key }, matrix));
  }

  function entryNode(state) {
    const sum = (state.entries || {})[state.entry.join(",")];
    if (!sum) return element("div", { class: "entry wait" }, "…");
    const more = sum.more ? [`${PLUS}<mtext>… ${sum.more} more</mtext>`] : [];
    const alone = sum.symbols.length === 1 && sum.numbers.length === 1 && !sum.symbols[0].includes("<mo>·</mo>");
    const first = [sum.left + EQUALS, ...sum.symbols, ...more], second = [...sum.numbers, ...more];
    const value = `${EQUALS}<mn class="outcome">${sum.value}</mn>`;
    if (alone) return element("div", { class: "entry" }, mathNode("div", pieces([...first, value]), { class: "eqn" }));
    second[0] = EQUALS + second[0];
    return element("div", { class: "entry" }, mathNode("div", pieces(first), { class: "eqn symbols" }), mathNode("div", pieces([...second, value]), { class: "eqn" }));
  }

  function sampleRow({ terms, more, total }) {
    const list = terms.map((term, k) => `${k ? PLUS : ""}<munder><mrow>${term}</mrow><mtext class="shape">sample ${k + 1}</mtext></munder>`);
    if (more) list.push(`${PLUS}<mtext class="words">… ${more} more</mtext>`);
    return row("Per sample", line([...list, `${EQUALS}${total}`], "samples"));
  }

  function alternativeNode(state) {
    const { alternative } = state.content, parts = [element("h3", {}, alternative.name)];
    parts.push(row("Formula", line(alternative.rows.formula, "formula")), row("Numbers", line(alternative.rows.numbers)));
    if (alternative.rows.between) parts.push(row("In between", line(alternative.rows.between)));
    if (alternative.jacobian) {
      const after = alternative.jacobian.more ? ` of sample 1; every sample has its own` : "";
      parts.push(row("Jacobian", matrixNode(state.colors, { ...alternative.jacobian, more: [0, 0] }, { label: "Jacobian" }), element("small", {}, `J${after}`)));
    }
    const same = element("span", { class: "same" }, alternative.verdict);
    parts.push(row("Result", element("div", { class: "eqn" }, matrixNode(state.colors, alternative.result, { label: "its result" }), same)));
    return element("div", { class: "alternative", "data-role": "alternative" }, ...parts);
  }

  function erratumNode(erratum) {
    const node = element("div", { class: "erratum", "data-role": "erratum" }, element("b", {}, "In the source: "), element("q", {}, erratum.printed), element("b", {}, " Right: "), element("q", {}, erratum.right), " " + erratum.why);
    if (erratum.numbers) node.append(element("span", { class: "two" }, element("span", {}, "as printed ", element("b", { "data-show": "printed" }, erratum.numbers[0])), element("span", {}, "right ", element("b", { "data-show": "right" }, erratum.numbers[1]))));
    return node;
  }

  // A line that is a little too long for the panel gets smaller letters; a longer one breaks.
  function fit() {
    for (const node of box.querySelectorAll(".eqn:not(.symbols)")) {
      node.style.removeProperty("--scale");
      const parts = [...node.children].filter((child) => !child.classList.contains("notation"));
      if (!parts.length || !node.clientWidth) continue;
      const widths = parts.map((part) => part.getBoundingClientRect().width), gaps = 6 * parts.length + 12;
      const all = widths.reduce((a, b) => a + b, 0) + gaps, widest = Math.max(...widths) + 4;
      const room = node.clientWidth, wanted = room / all >= LEAST_SCALE ? room / all : room / widest;
      if (wanted < 1) node.style.setProperty("--scale", Math.max(LEAST_SCALE, Math.floor(wanted * 50) / 50));
    }
  }

  return {
    draw(state) {
      const { content, header, at, options } = state, step = header.steps[at];
      const inPhase = at - header.steps.findIndex((other) => other.phase === step.phase) + 1;
      const title = element("h3", { class: "title" }, element("span", {}, step.phase === "loss" ? `Loss: ${header.loss_label}` : `${PHASES[step.phase]} ${inPhase}: ${step.title}`));
      if (content.meaning) title.append(mathNode("span", mathOf(content.meaning), { class: "meaning" }));
      const formula = [line(content.rows.formula, "formula")];
      if (options.both) {
        formula[0].append(element("small", { class: "notation" }, content.shown));
        const second = line(content.second.formula, "formula");
        second.append(element("small", { class: "notation" }, content.second.label));
        formula.push(second);
      }
      const lines = [title, row("Formula", ...formula), row("Numbers", line(content.rows.numbers))];
      if (content.rows.between) lines.push(row("In between", line(content.rows.between)));
      lines.push(row("Result", resultNode(state)), row("One entry", entryNode(state)));
      if (content.samples) lines.push(sampleRow(content.samples));
      const foot = element("div", { class: "foot" }, toggle("Both notations", options.both, "both-notations"));
      if (content.alternative) foot.append(toggle(content.alternative.name, options.alternative, "alternative"));
      lines.push(foot);
      if (content.alternative && options.alternative) lines.push(alternativeNode(state));
      if (content.note) lines.push(element("p", { class: "note" }, content.note));
      const [first, ...others] = content.errata.map(erratumNode);
      if (first) lines.push(first);
      if (others.length) lines.push(element("details", {}, element("summary", {}, others.length === 1 ? "One more slip of the source here" : `${others.length} more slips of the source here`), ...others));
      box.replaceChildren(...lines);
      fit();
    },
    fit,
    entry(state) { // only the chosen entry has changed
      const held = box.querySelector('[data-row="result"] .cell-box'), focused = held.contains(box.getRootNode().activeElement);
      held.replaceChildren(resultNode(state));
      if (focused) held.querySelector(".chosen")?.focus();
      box.querySelector('[data-row="one-entry"] .cell-box').replaceChildren(entryNode(state));
    },
  };
}
