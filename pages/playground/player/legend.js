// Fills the legend of the map: what its colours and the points' shapes mean.

function fillLegend(box, state, narrow) {
  const { header, net, mapped } = state, { kind, classes, labels } = header.dataset;
  const hidden = mapped && mapped.l < net.last;
  const oneClass = mapped && !hidden && net.softmax, byClass = net.softmax && !mapped;
  const rows = [], tested = hasTestPoints(state);
  const gradient = (turn, stops) => `linear-gradient(${turn},${stops.join(",")})`;
  const classShade = (k, share) => `color-mix(in srgb, var(--area-${k}) ${Math.round(100 * share)}%, var(--zero))`;
  if (!byClass) {
    const { center, scale } = hidden ? { center: 0, scale: 1 } : oneClass ? { center: 0.5, scale: 0.5 } : header.output;
    const text = (t) => (center === 0 && t > 0 ? "+" : "") + shortNumber(center + scale * t);
    const stops = oneClass ? [1, 0.77, 0.53, 0.3, 0.06].map((s) => classShade(mapped.j, s)) : [4, 3, 2, 1, 0].map((k) => `var(--div-${k})`);
    const bar = element("div", { class: "bar" });
    bar.style.background = gradient(narrow ? "to left" : "to bottom", stops);
    const ticks = [1, 0.5, 0, -0.5, -1].map((t) => element("span", {}, text(t)));
    rows.push(element("div", { class: "scale" }, bar, element("div", { class: "ticks" }, ...ticks)));
  }
  const markIcon = (k, open) => element("svg:svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" },
    element("svg:path", { d: markPath(k, 7, 7, open ? 4.6 : 5), class: open ? "open" : "filled", style: `--mark:var(--mark-${k})` }));
  if (kind !== "regression") {
    const list = element("div", { class: "classes" }, element("span", { class: "caption" }, narrow ? "" : tested ? "train test" : "train"));
    for (let k = 0; k < classes; k++) {
      const row = element("div", { class: "class" });
      if (byClass) {
        const swatch = element("i");
        swatch.style.background = gradient("to right", [0.12, 0.96].map((s) => classShade(k, s)));
        row.append(swatch);
      }
      row.append(markIcon(k, false), ...(tested ? [markIcon(k, true)] : []), labels[k]);
      list.append(row);
    }
    rows.push(list);
    if (byClass) rows.push(element("span", { class: "caption" }, "pale: unsure"));
  } else {
    const dot = (open) => element("i", { class: open ? "dot open" : "dot" });
    rows.push(element("div", { class: "classes" }, element("div", { class: "class" }, dot(false), "train"), element("div", { class: "class" }, dot(true), "test")));
  }
  if (header.unit === "mini-batch") {
    const ring = element("svg:svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" }, element("svg:circle", { cx: 8, cy: 8, r: 6.5, class: "ring" }));
    rows.push(element("div", { class: "class", title: "In the mini-batch of this step" }, ring, narrow ? "mini-batch" : "batch"));
  }
  if (narrow && tested && kind !== "regression") rows.push(element("span", { class: "caption" }, "filled train, open test"));
  box.replaceChildren(...rows);
}
