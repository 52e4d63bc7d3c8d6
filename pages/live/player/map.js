// Draws the big map: what the network says about every place of the plane, with the data points on it.

const DOMAIN = 6, MAP_SCALE = 32000;

function makeMap(axesCanvas, plotCanvas) {
  let size = 0, left = 0, plot = null, points = null, raster = null, small = null;
  const px = (x) => ((x + DOMAIN) / (2 * DOMAIN)) * size, py = (y) => ((DOMAIN - y) / (2 * DOMAIN)) * size;

  function drawAxes(colors, width) {
    const ctx = sizeCanvas(axesCanvas, width, size + 26);
    ctx.clearRect(0, 0, width, size + 26);
    ctx.strokeStyle = colors.ink2;
    ctx.fillStyle = colors.ink2;
    ctx.lineWidth = 1;
    ctx.font = `14px ${colors.font}`;
    for (const t of [-6, -3, 0, 3, 6]) {
      const x = left + px(t), y = 1 + py(t);
      ctx.beginPath();
      ctx.moveTo(x, size + 1);
      ctx.lineTo(x, size + 6);
      ctx.moveTo(left, y);
      ctx.lineTo(left - 5, y);
      ctx.stroke();
      ctx.textAlign = "center";
      ctx.fillText(fixed(t, 0), x, size + 20);
      ctx.textAlign = "right";
      ctx.fillText(fixed(t, 0), left - 8, Math.min(size, Math.max(12, y + 5)));
    }
    const name = (text, x, y) => {
      ctx.fillStyle = colors.ink;
      ctx.textAlign = "left";
      ctx.font = `650 15px ${colors.font}`;
      ctx.fillText("x", x, y);
      ctx.font = `650 11px ${colors.font}`;
      ctx.fillText(text, x + 8, y + 4);
    };
    name("1", left + px(1.5) - 7, size + 19);
    name("2", left - 22, 1 + py(1.5) + 5);
  }

  function drawPoints(state) {
    const { header, colors, points: data } = state, count = data.length / 3;
    points = document.createElement("canvas");
    const ctx = sizeCanvas(points, size, size);
    for (let n = state.showTest ? count - 1 : header.dataset.train - 1; n >= 0; n--) {
      const x = px(data[3 * n]), y = py(data[3 * n + 1]), target = data[3 * n + 2], train = n < header.dataset.train;
      if (header.dataset.kind === "regression") {
        const color = cssColor(colors.diverging((target - header.output.center) / header.output.scale));
        const disc = (radius, fill) => {
          ctx.fillStyle = fill;
          ctx.beginPath();
          ctx.arc(x, y, radius, 0, 7);
          ctx.fill();
        };
        disc(5.2, colors.bg);
        disc(4.4, colors.ink);
        disc(3.4, color);
        if (!train) disc(1.7, colors.bg);
        continue;
      }
      const palette = target % 10, mark = new Path2D(markPath(palette, x, y, train ? 3.7 : 3.5));
      ctx.fillStyle = train ? colors.marks[palette] : colors.bg;
      ctx.strokeStyle = train ? colors.bg : colors.marks[palette];
      ctx.lineWidth = train ? 1.3 : 2;
      ctx.fill(mark);
      ctx.stroke(mark);
    }
  }

  // The raster of the outputs, or of the neuron in focus; returns what its zero line is drawn from.
  function paintRaster(state) {
    const { header, colors, net, frame, focus } = state, n = header.map, cells = n * n, pixels = raster.pixels;
    const hidden = focus && focus.i === undefined && focus.l < net.last;
    if (hidden) {
      const side = header.tile, start = (net.layers[focus.l - 1].tile + focus.j) * side * side;
      const tile = frame.tiles.subarray(start, start + side * side);
      for (let k = 0; k < tile.length; k++) {
        const q = state.discretize && tile[k] ? (tile[k] < 128 ? 1 : 255) : tile[k];
        small.pixels[k] = colors.tile[q];
      }
      small.show();
      return { canvas: small.canvas, n: side, valueAt: (k) => (tile[k] ? tile[k] - 128 : NaN) };
    }
    raster.one = focus && focus.i === undefined && net.outputs > 1 ? focus.j : -1;
    const maps = frame.maps;
    if (net.outputs === 1 || (raster.one >= 0 && !net.softmax)) {
      const from = Math.max(0, raster.one) * cells;
      const shades = !state.discretize ? colors.map : header.dataset.kind === "regression" ? colors.mapBands : colors.mapSigns;
      for (let k = 0; k < cells; k++) pixels[k] = shades[(maps[from + k] + 32768) >> 7];
      raster.show();
      return { canvas: raster.canvas, n, valueAt: (k) => (maps[from + k] === -32768 ? NaN : maps[from + k]) };
    }
    if (raster.one >= 0) {
      const shades = colors.classTile[raster.one], from = raster.one * cells;
      for (let k = 0; k < cells; k++) {
        const v = maps[from + k];
        pixels[k] = v === -32768 ? colors.missing : shades[128 + Math.round((127 * (state.discretize ? (v > 0 ? MAP_SCALE : -MAP_SCALE) : v)) / MAP_SCALE)];
      }
      raster.show();
      return { canvas: raster.canvas, n, valueAt: (k) => maps[from + k] };
    }
    const K = net.outputs, winner = raster.winner, base = 2 / K - 1;
    for (let k = 0; k < cells; k++) {
      let best = 0, most = maps[k];
      for (let c = 1; c < K; c++) if (maps[c * cells + k] > most) most = maps[(best = c) * cells + k];
      winner[k] = best;
      const sure = state.discretize ? 1 : (most / MAP_SCALE - base) / (1 - base);
      pixels[k] = most === -32768 ? colors.missing : raster.sure[best][Math.max(0, Math.min(SURE, (sure * SURE) | 0))];
    }
    raster.show();
    return { canvas: raster.canvas, n, classes: true };
  }

  function traceBoundaries(path, state, source) {
    const unit = size / source.n;
    let ends = [];
    const segment = (x1, y1, x2, y2) => ends.push(x1 * unit, y1 * unit, x2 * unit, y2 * unit);
    if (!source.classes) {
      levelLine(source.n, source.valueAt, segment);
      return joinSegments(path, ends);
    }
    const { maps } = state.frame, K = state.net.outputs, n = source.n, cells = n * n, winner = raster.winner;
    const lead = (k) => (at) => { // by how much class k is ahead of the best other one
      let other = -40000;
      for (let c = 0; c < K; c++) if (c !== k && maps[c * cells + at] > other) other = maps[c * cells + at];
      return maps[k * cells + at] - other || -1;
    };
    for (let k = 0; k < K; k++, ends = []) {
      levelLine(n, lead(k), segment, (at) => {
        const a = winner[at], b = winner[at + 1], d = winner[at + n], e = winner[at + n + 1];
        return (a === b && b === d && d === e) || (a !== k && b !== k && d !== k && e !== k);
      });
      joinSegments(path, ends);
    }
  }

  return {
    get size() { return size; },
    layout(state, width, narrow) {
      left = 30;
      size = Math.floor(width - left - (narrow ? 8 : 68));
      plotCanvas.style.left = left + "px";
      plot = sizeCanvas(plotCanvas, size, size, true);
      drawAxes(state.colors, width);
      const n = state.header.map;
      raster = Object.assign(makeRaster(n, n), { winner: new Uint8Array(n * n), one: -1 });
      raster.sure = Array.from({ length: state.net.outputs }, (_, k) => state.colors.classSure[k % 10]);
      small = makeRaster(state.header.tile, state.header.tile);
      drawPoints(state);
    },
    redrawPoints: drawPoints,
    draw(state) {
      if (!plot) return;
      const { colors, focus } = state, neuron = focus && focus.i === undefined;
      const source = paintRaster(state);
      plot.drawImage(source.canvas, 0, 0, size, size);
      const path = new Path2D();
      traceBoundaries(path, state, source);
      plot.lineCap = plot.lineJoin = "round";
      plot.strokeStyle = colors.bg;
      plot.lineWidth = 4.5;
      plot.stroke(path);
      plot.strokeStyle = colors.ink;
      plot.lineWidth = 2;
      plot.stroke(path);
      plot.lineCap = "butt";
      plot.drawImage(points, 0, 0, size, size);
      if (focus && state.header.probe) this.drawProbe(colors, state.header.probe.point);
      plot.strokeStyle = neuron ? colors.accent : colors.ink;
      plot.lineWidth = neuron ? 6 : 2; // half of it lies outside the canvas
      plot.strokeRect(0, 0, size, size);
    },
    drawProbe(colors, [x, y]) {
      for (const [color, extra] of [[colors.bg, 3], [colors.accent, 0]]) {
        plot.strokeStyle = color;
        plot.lineWidth = 3 + extra;
        plot.beginPath();
        plot.moveTo(px(x) - 12, py(y));
        plot.lineTo(px(x) + 12, py(y));
        plot.moveTo(px(x), py(y) - 12);
        plot.lineTo(px(x), py(y) + 12);
        plot.stroke();
        plot.lineWidth = 2.5 + extra;
        plot.beginPath();
        plot.arc(px(x), py(y), 7, 0, 7);
        plot.stroke();
      }
    },
  };
}

// The legend beside (narrow: below) the map: what its colours and the points' shapes mean.
function fillLegend(box, state, narrow) {
  const { header, net, focus } = state, { kind, classes, labels } = header.dataset;
  const neuron = focus && focus.i === undefined, hidden = neuron && focus.l < net.last;
  const oneClass = neuron && !hidden && net.softmax, byClass = net.softmax && !neuron;
  const rows = [];
  const gradient = (turn, stops) => `linear-gradient(${turn},${stops.join(",")})`;
  const classShade = (k, share) => `color-mix(in srgb, var(--area-${k % 10}) ${Math.round(100 * share)}%, var(--zero))`;
  if (!byClass) {
    const { center, scale } = hidden ? { center: 0, scale: 1 } : oneClass ? { center: 0.5, scale: 0.5 } : header.output;
    const text = (t) => (center === 0 && t > 0 ? "+" : "") + shortNumber(center + scale * t);
    const stops = oneClass ? [1, 0.77, 0.53, 0.3, 0.06].map((s) => classShade(focus.j, s)) : [4, 3, 2, 1, 0].map((k) => `var(--div-${k})`);
    const bar = element("div", { class: "bar" });
    bar.style.background = gradient(narrow ? "to left" : "to bottom", stops);
    const ticks = [1, 0.5, 0, -0.5, -1].map((t) => element("span", {}, text(t)));
    rows.push(element("div", { class: "scale" }, bar, element("div", { class: "ticks" }, ...ticks)));
  }
  const markIcon = (k, open) => element("svg:svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" },
    element("svg:path", { d: markPath(k % 10, 7, 7, open ? 4.6 : 5), class: open ? "open" : "filled", style: `--mark:var(--mark-${k % 10})` }));
  if (kind !== "regression") {
    const list = element("div", { class: "classes" }, element("span", { class: "caption" }, narrow ? "" : "train test"));
    for (let k = 0; k < classes; k++) {
      const row = element("div", { class: "class" });
      if (byClass) {
        const swatch = element("i");
        swatch.style.background = gradient("to right", [0.12, 0.96].map((s) => classShade(k, s)));
        row.append(swatch);
      }
      row.append(markIcon(k, false), markIcon(k, true), labels[k] ?? String(k));
      list.append(row);
    }
    rows.push(list);
    if (byClass) rows.push(element("span", { class: "caption" }, "pale: unsure"));
  } else {
    const dot = (open) => element("i", { class: open ? "dot open" : "dot" });
    rows.push(element("div", { class: "classes" }, element("div", { class: "class" }, dot(false), "train"), element("div", { class: "class" }, dot(true), "test")));
  }
  if (narrow && kind !== "regression") rows.push(element("span", { class: "caption" }, "filled train, open test"));
  box.replaceChildren(...rows);
}
