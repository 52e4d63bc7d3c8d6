// Draws the network with what is known so far: values in the neurons, δ beside them, the links at work lit.

const TONE_COLORS = ["accent", "tone1", "tone2", "tone3", "tone4", "tone5"];

function makeDiagram(svg) {
  const linkWidth = (w) => Math.min(9, 0.8 + 2.1 * Math.abs(w)), linkOpacity = (w) => Math.min(1, 0.34 + 0.42 * Math.abs(w));
  const text = (x, y, content, more = "") => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="middle" ${more}>${content}</text>`;

  // What the steps up to now have made known.
  function knownAt(header, at) {
    const known = new Set();
    for (let k = 0; k <= at; k++) known.add(header.steps[k].key);
    return known;
  }

  function draw(state) {
    const { header, at, entry, colors } = state, content = state.content, { dims, weights, a, z, delta } = header.diagram;
    const width = svg.clientWidth, height = svg.clientHeight, last = dims.length - 1, place = content.place;
    if (!width) return;
    const known = knownAt(header, at), key = header.steps[at].key, isWeights = /W\d+$/.test(key);
    const backward = header.steps[at].phase === "backward";
    const edge = width < 420 ? 34 : 44, top = 34, bottom = 48;
    const X = (l) => edge + ((width - 2 * edge) * l) / last, pitch = (n) => Math.min(76, (height - top - bottom) / Math.max(n, 2.2));
    const Y = (l, i) => top + (height - top - bottom) / 2 + (i - (dims[l] - 1) / 2) * pitch(dims[l]);
    const layerPitch = (width - 2 * edge) / last;
    const radius = (l) => Math.max(7, Math.min(21, 0.42 * pitch(dims[l]), 0.3 * layerPitch));
    const sample = isWeights || !a[0][entry[0]] ? 0 : entry[0];
    const of = (rows) => rows && (rows[sample] || rows[0]);
    const toneOf = (l) => (place.neurons[l] === undefined ? null : place.neurons[l]);
    const numbered = (value, digits) => (value && Math.abs(value) < 0.5 * 10 ** -digits ? minus(value.toExponential(0)) : fixed(value === null ? NaN : value, digits));
    const single = isWeights ? { from: entry[0], to: entry[1] } : { unit: entry[1] };
    const byNeuron = header.by === "neuron";
    let links = "", marks = "", labels = "";

    for (let l = 1; l <= last; l++) {
      const lit = place.links === l, paths = [];
      weights[l - 1].forEach((row, i) => row.forEach((w, j) => paths.push({ w, i, j })));
      paths.sort((p, q) => Math.abs(p.w) - Math.abs(q.w));
      const x1 = X(l - 1) + radius(l - 1), x2 = X(l) - radius(l), middle = (x1 + x2) / 2;
      const d = ({ i, j }) => `M${x1.toFixed(1)},${Y(l - 1, i).toFixed(1)}C${middle.toFixed(1)},${Y(l - 1, i).toFixed(1)} ${middle.toFixed(1)},${Y(l, j).toFixed(1)} ${x2.toFixed(1)},${Y(l, j).toFixed(1)}`;
      // Of the links at work the chosen entry's stand out.
      const layer = header.content_layer, chosen = ({ i, j }) => (isWeights ? i === single.from && j === single.to : l === layer ? j === single.unit : i === single.unit);
      let group = "";
      for (const p of paths) {
        const on = lit && (!byNeuron || chosen(p)), width = linkWidth(p.w);
        if (lit && isWeights && chosen(p)) group += `<path d="${d(p)}" stroke="var(--accent)" stroke-width="${(width + 8).toFixed(1)}" opacity=".3"/>`;
        const dash = p.w < 0 ? ` stroke-dasharray="${(3 + 1.5 * width).toFixed(1)} ${(2.5 + 0.9 * width).toFixed(1)}"` : "";
        group += `<path d="${d(p)}" stroke="var(--${p.w < 0 ? "neg" : "pos"})" stroke-width="${width.toFixed(2)}" opacity="${(on ? Math.max(0.75, linkOpacity(p.w)) : lit ? 0.3 : 0.14).toFixed(2)}"${dash}/>`;
      }
      links += `<g data-links="${l}" fill="none">${group}</g>`;
    }
    for (let l = 0; l <= last; l++) {
      const r = radius(l), tone = toneOf(l), values = of(a[l]), sums = of(z[l]), errors = of(delta[l]), tall = pitch(dims[l]) >= 2 * r + 30;
      const hasA = l === 0 || known.has("a" + l), hasZ = l > 0 && known.has("z" + l), hasDelta = l > 0 && known.has("delta" + l);
      const name = l === 0 ? "Input" : l === last ? "Output" : layerPitch < 84 ? "H" + l : "Hidden " + l;
      labels += text(X(l), 18, name, `class="layer${tone === 0 ? " now" : ""}"`);
      let group = "";
      for (let i = 0; i < dims[l]; i++) {
        const x = X(l), y = Y(l, i), value = hasA ? values[i] : hasZ ? sums[i] : null;
        const dim = tone === null, chosen = tone === 0 && !isWeights && i === entry[1];
        const muted = byNeuron && tone === 0 && !isWeights && !chosen;
        const spread = l === 0 || !hasA ? Math.max(1, ...((hasA ? values : sums) || [1]).map((v) => Math.abs(v || 0))) : 1;
        const rgb = value === null ? null : colors.diverging(value / spread);
        const lit = !dim && rgb;
        if (tone !== null) group += `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${(r + 5).toFixed(1)}" fill="none" stroke="var(--${TONE_COLORS[tone]})" stroke-width="${chosen ? 5 : 3}" opacity="${muted ? 0.35 : 1}"${["", "", ' stroke-dasharray="7 4"', ' stroke-dasharray="2 4"'][tone] || ""}/>`;
        group += `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}" fill="${lit ? cssColor(rgb) : "var(--field)"}" stroke="var(--ink)" stroke-width="1.4" opacity="${dim ? 0.6 : 1}"/>`;
        const digits = Math.abs(value || 0) >= 9.995 || (r < 17 && value < 0) ? 1 : 2, size = r < 16 ? 13 : 14;
        if (r >= 13.5) group += text(x, y + 5, value === null ? "·" : fixed(value, digits), `class="value" font-size="${digits === 2 && value < 0 && r < 20 ? 13 : size}" fill="${lit ? inkOn(rgb) : "var(--ink2)"}"`);
        group += `<title>${l === 0 ? "x" : hasA ? "a" : hasZ ? "z" : ""}${value === null ? "" : " = " + numbered(value, header.digits)}${hasDelta ? `, δ = ${numbered(errors[i], header.digits)}` : ""}</title>`;
        if (hasDelta && !tall && tone !== null && layerPitch >= 104 && pitch(dims[l]) >= 16) {
          const left = l === last, dx = (r + 9) * (left ? -1 : 1);
          labels += text(x + dx, y + 5, numbered(errors[i], Math.min(4, header.digits)), `class="error" style="text-anchor:${left ? "end" : "start"}" fill="var(--${TONE_COLORS[tone]})"`);
        }
        if (l === last && !hasDelta && tone !== null && header.diagram.y && known.has("L") && tall) {
          const target = of(header.diagram.y);
          labels += text(x, y + r + 22, `y = ${+target[i].toFixed(4)}`, 'class="error" fill="var(--ink2)"');
        }
        if (hasDelta && tall && layerPitch >= 86) {
          const below = i >= dims[l] / 2 || dims[l] === 1, dy = below ? r + 24 : -(r + 12);
          const tint = toneOf(l) === null ? "var(--ink2)" : `var(--${TONE_COLORS[toneOf(l)]})`;
          labels += text(Math.max(52, Math.min(width - 48, x)), y + dy, `δ = ${numbered(errors[i], Math.min(4, header.digits))}`, `class="error" fill="${tint}"`);
        }
      }
      marks += `<g data-layer="${l}">${group}</g>`;
    }
    if (backward && last > 0) {
      const from = Math.min(last, Math.max(1, header.content_layer || last)), x1 = X(from), x2 = X(from - 1), y = height - 10, middle = (x1 + x2) / 2;
      const half = Math.min(36, (x1 - x2) / 2 - 8);
      labels += `<path d="M${middle + half},${y}H${middle - half + 6}" stroke="var(--accent)" stroke-width="3"/><path d="M${middle - half},${y}l11,-6v12z" fill="var(--accent)" stroke="none"/>` + text(Math.max(58, Math.min(width - 58, middle)), y - 10, "error flows back", 'class="flow"');
    }
    svg.innerHTML = links + marks + labels;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    return { sample, right: backward && (X(Math.min(last, Math.max(1, header.content_layer || last))) + X(Math.min(last, Math.max(1, header.content_layer || last)) - 1)) / 2 < width / 2 };
  }

  return { draw };
}
