// Draws the big map: what the network says about every place of the plane, with the data points on it.

const MAP_SCALE = 32000;

function makeMap(axesCanvas, plotCanvas) {
  let size = 0, left = 0, domain = 1, plot = null, points = null, raster = null, small = null;
  const px = (x) => ((x + domain) / (2 * domain)) * size, py = (y) => ((domain - y) / (2 * domain)) * size;

  function drawAxes(colors, width) {
    const ctx = sizeCanvas(axesCanvas, width, size + 26);
    ctx.clearRect(0, 0, width, size + 26);
    ctx.strokeStyle = colors.ink2;
    ctx.fillStyle = colors.ink2;
    ctx.lineWidth = 1;
    ctx.font = `14px ${colors.font}`;
    for (let t = -domain; t <= domain; t += 3) {
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

  // The raster of the outputs, or of the neuron in focus; returns what its zero line is drawn from.
  function paintRaster(state) {
    const { header, colors, net, frame, mapped } = state, n = header.map, cells = n * n, pixels = raster.pixels;
    if (mapped && mapped.l < net.last) {
      const fine = inspectedNeuron(state, mapped);
      if (fine) {
        const shades = state.discretize ? colors.mapSigns : colors.map;
        for (let k = 0; k < cells; k++) pixels[k] = shades[(fine[k] + 32768) >> 7];
        raster.show();
        return { canvas: raster.canvas, n, valueAt: (k) => (fine[k] === -32768 ? NaN : fine[k]) };
      }
      const side = header.tile, start = (net.layers[mapped.l - 1].tile + mapped.j) * side * side;
      const tile = frame.tiles.subarray(start, start + side * side);
      for (let k = 0; k < tile.length; k++) {
        const q = state.discretize && tile[k] ? (tile[k] < 128 ? 1 : 255) : tile[k];
        small.pixels[k] = colors.tile[q];
      }
      small.show();
      return { canvas: small.canvas, n: side, valueAt: (k) => (tile[k] ? tile[k] - 128 : NaN) };
    }
    raster.one = mapped && net.outputs > 1 ? mapped.j : -1;
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
      domain = state.header.dataset.domain;
      size = Math.floor(width - left - (narrow ? 8 : 68));
      plotCanvas.style.left = left + "px";
      plot = sizeCanvas(plotCanvas, size, size, true);
      drawAxes(state.colors, width);
      const n = state.header.map;
      raster = Object.assign(makeRaster(n, n), { winner: new Uint8Array(n * n), one: -1 });
      raster.sure = Array.from({ length: state.net.outputs }, (_, k) => state.colors.classSure[k]);
      small = makeRaster(state.header.tile, state.header.tile);
      this.redrawPoints(state);
    },
    redrawPoints(state) {
      points = document.createElement("canvas");
      drawPoints(sizeCanvas(points, size, size), state, px, py);
    },
    pointAt: (state, x, y, reach) =>
      pointUnder(state, (x / size) * 2 * domain - domain, domain - (y / size) * 2 * domain, (reach / size) * 2 * domain),
    draw(state) {
      if (!plot) return;
      const { colors, focus, frame, mapped } = state, placeOf = (n) => [px(state.points[3 * n]), py(state.points[3 * n + 1])];
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
      if (frame.lit) {
        const batch = [];
        frame.lit.forEach((on, n) => { if (on) batch.push(placeOf(n)); });
        ringPoints(plot, batch, 7.6, 2, colors.ink, colors.bg);
      }
      if (focus && focus.kind === "point") ringPoints(plot, [placeOf(focus.n)], 10, 3.4, colors.accent, colors.bg);
      else if (focus && state.header.probe) this.drawProbe(colors, state.header.probe.point);
      plot.strokeStyle = mapped ? colors.accent : colors.ink;
      plot.lineWidth = mapped ? 6 : 2; // half of it lies outside the canvas
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
