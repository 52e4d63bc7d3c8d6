// Draws the network: input tiles, links by sign and size of their weight, neuron tiles with their biases.

const TIGHT = 80, MIN_PITCH = 44; // layer pitch in px: below the first the headers shrink, below the second the sheet scrolls
const BIN = 0.1, BINS = 40; // links of about equal |w| are drawn with one style
const ATLAS_COLUMNS = 16;
const linkWidth = (w) => Math.min(9, 0.8 + 2.1 * Math.abs(w));
const linkOpacity = (w) => Math.min(1, 0.34 + 0.42 * Math.abs(w));
const linkDash = (width) => [3 + 1.5 * width, 2.5 + 0.9 * width];

const LINK_STYLES = Array.from({ length: BINS }, (_, bin) => {
  const w = (bin + 0.5) * BIN, width = linkWidth(w);
  return { width, opacity: linkOpacity(w), dash: linkDash(width) };
});

// Places every neuron and link on a sheet of at least MIN_PITCH px a layer.
function placeNetwork(net, available, height, narrow, features) {
  const left = narrow ? 64 : 84, right = narrow ? 40 : 66;
  const gaps = net.last, width = Math.max(available, left + right + MIN_PITCH * gaps);
  const top = narrow ? 92 : 100, bottom = height - 8;
  const pitch = (width - left - right) / gaps, middle = (top + bottom) / 2;
  const x = net.dims.map((_, l) => left + pitch * l);
  const size = net.dims.map((n, l) =>
    Math.round(Math.max(16, Math.min(narrow ? 34 : 52, (0.8 * (bottom - top)) / Math.max(7, l ? n : features), 0.5 * pitch))));
  const rowsApart = (n, l) => Math.min((bottom - top) / n, l === 0 ? 999 : narrow ? 62 : 78);
  const rowY = (k, n, l) => middle + (k - (n - 1) / 2) * rowsApart(n, l);
  const featureY = (row) => rowY(row, features, 0);
  const y = net.dims.map((n, l) => Array.from({ length: n }, (_, j) => (l ? rowY(j, n, l) : featureY(net.inputs[j].row))));
  const links = [];
  for (let l = 1; l < net.dims.length; l++) {
    const n = net.dims[l - 1], x1 = x[l - 1] + size[l - 1] / 2 + 1, x2 = x[l] - size[l] / 2 - 1;
    const spread = Math.min(3.2, (1.3 * size[l]) / 2 / n); // links arrive side by side
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < net.dims[l]; j++) {
        const y1 = y[l - 1][i], y2 = y[l][j] + (n > 1 ? (i - (n - 1) / 2) * spread : 0);
        links.push({ l, i, j, at: net.weightAt(l, i, j), x1, y1, x2, y2 });
      }
    }
  }
  const next = new Int16Array(links.length), first = new Int16Array(2 * BINS);
  return { width, height, narrow, top, bottom, middle, pitch, x, y, size, links, featureY, next, first, tight: pitch < TIGHT };
}

function strokeLink(ctx, { x1, y1, x2, y2 }) {
  const middle = (x1 + x2) / 2;
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.bezierCurveTo(middle, y1, middle, y2, x2, y2);
  ctx.stroke();
}

// Thin links first, so that the thick ones lie on top; negative ones dashed.
function drawLinks(ctx, place, theta, colors, lit) {
  const { links, next, first } = place;
  first.fill(-1);
  for (let n = 0; n < links.length; n++) {
    const w = theta[links[n].at], bin = Math.min(BINS - 1, Math.floor(Math.abs(w) / BIN)) || 0;
    const slot = 2 * bin + (w < 0 ? 1 : 0);
    next[n] = first[slot];
    first[slot] = n;
  }
  for (let slot = 0; slot < first.length; slot++) {
    if (first[slot] < 0) continue;
    const style = LINK_STYLES[slot >> 1], negative = slot & 1;
    ctx.strokeStyle = negative ? colors.neg : colors.pos;
    ctx.lineWidth = style.width;
    ctx.globalAlpha = style.opacity;
    ctx.setLineDash(negative ? style.dash : []);
    for (let n = first[slot]; n >= 0; n = next[n]) {
      if (lit) ctx.globalAlpha = style.opacity * (lit(links[n]) ? 1 : 0.1);
      strokeLink(ctx, links[n]);
    }
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

// The frame of a tile: ground-coloured corners outside the rounding, and the outline.
function tileFrame(size, colors) {
  const canvas = document.createElement("canvas"), ctx = sizeCanvas(canvas, size + 4, size + 4);
  ctx.fillStyle = colors.bg;
  ctx.beginPath();
  ctx.rect(1, 1, size + 2, size + 2);
  ctx.roundRect(2, 2, size, size, size * 0.16);
  ctx.fill("evenodd");
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  ctx.roundRect(2, 2, size, size, size * 0.16);
  ctx.stroke();
  return canvas;
}

function biasSquare(side, level, colors) { // level -16 … 16 stands for a bias of -1 … 1
  const canvas = document.createElement("canvas"), ctx = sizeCanvas(canvas, side + 2, side + 2);
  const fill = colors.diverging(level / 16);
  ctx.fillStyle = cssColor(fill);
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = 1.3;
  ctx.beginPath();
  ctx.roundRect(1, 1, side, side, 3);
  ctx.fill();
  ctx.stroke();
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const light = luminance(fill), [inkLight, groundLight] = [luminance(rgbOf(colors.ink)), luminance(rgbOf(colors.bg))];
  ctx.strokeStyle = contrast(light, inkLight) >= contrast(light, groundLight) ? colors.ink : colors.bg;
  ctx.lineWidth = side < 12 ? 1.5 : 1.8;
  const c = 1 + side / 2, arm = side * 0.25;
  ctx.beginPath();
  ctx.moveTo(c - arm, c);
  ctx.lineTo(c + arm, c);
  if (level >= 0) {
    ctx.moveTo(c, c - arm);
    ctx.lineTo(c, c + arm);
  }
  ctx.stroke();
  return canvas;
}

function makeDiagram(canvas) {
  let place = null, ctx = null, atlas = null, sprites = new Map();
  const sprite = (key, make) => {
    if (!sprites.has(key)) sprites.set(key, make());
    return sprites.get(key);
  };

  // One raster holds all tiles of a frame; those of the inputs come after the neurons' and stay.
  function fillTiles(state) {
    const { net, colors, frame } = state, wide = ATLAS_COLUMNS * state.header.tile;
    paintTiles(frame.tiles, net.tiles, 0, (t) => {
      const output = t - net.layers[net.last - 1].tile;
      return net.softmax && output >= 0 ? colors.classTile[output % 10] : colors.tile;
    }, state.header.tile, wide);
    atlas.show();
  }
  function paintTiles(values, count, start, tableOf, side, wide) {
    for (let t = 0, k = 0; t < count; t++) {
      const shades = tableOf(t), slot = start + t;
      const corner = Math.floor(slot / ATLAS_COLUMNS) * side * wide + (slot % ATLAS_COLUMNS) * side;
      for (let r = 0; r < side; r++) {
        for (let c = 0, to = corner + r * wide; c < side; c++) atlas.pixels[to++] = shades[values[k++]];
      }
    }
  }

  function drawTile(state, slot, x, y, size, opacity) {
    const side = state.header.tile, column = slot % ATLAS_COLUMNS, row = Math.floor(slot / ATLAS_COLUMNS);
    const left = x - size / 2, top = y - size / 2, frame = sprite("tile" + size, () => tileFrame(size, state.colors));
    if (opacity < 1) {
      ctx.fillStyle = state.colors.bg;
      ctx.fillRect(left - 1, top - 1, size + 2, size + 2);
      ctx.globalAlpha = opacity;
    }
    ctx.drawImage(atlas.canvas, column * side, row * side, side, side, left, top, size, size);
    ctx.drawImage(frame, left - 2, top - 2, size + 4, size + 4);
  }

  function drawBias(state, b, x, y, size) {
    const side = size < 24 ? 8 : Math.max(12, Math.round(size * 0.32));
    const level = Math.round(16 * Math.max(-1, Math.min(1, b || 0))) || (b < 0 ? -0.01 : 0);
    const square = sprite("bias" + side + " " + level, () => biasSquare(side, level, state.colors));
    ctx.drawImage(square, x - size / 2 - side * 0.35 - 1, y + size / 2 - side * 0.65 - 1, side + 2, side + 2);
  }

  return {
    get place() { return place; },
    layout(state, available, height, narrow) {
      const { net, header } = state;
      place = placeNetwork(net, available, height, narrow, header.inputs.length);
      ctx = sizeCanvas(canvas, place.width, place.height, true);
      atlas = makeRaster(ATLAS_COLUMNS * header.tile, Math.ceil((net.tiles + header.inputs.length) / ATLAS_COLUMNS) * header.tile);
      sprites = new Map();
      paintTiles(state.inputTiles, header.inputs.length, net.tiles, () => state.colors.tile, header.tile, ATLAS_COLUMNS * header.tile);
    },
    draw(state) {
      if (!place) return;
      const { net, colors, frame, focus } = state, { x, y, size } = place;
      const lit = focus && ((link) => (focus.i === undefined
        ? (link.l === focus.l && link.j === focus.j) || (link.l === focus.l + 1 && link.i === focus.j)
        : link.l === focus.l && link.j === focus.j && link.i === focus.i));
      const opacityOf = (l, j) => {
        if (!focus || (focus.l === l && focus.j === j)) return 1;
        if (focus.i !== undefined) return l === focus.l - 1 && j === focus.i ? 1 : 0.4;
        return Math.abs(l - focus.l) === 1 ? 1 : 0.45;
      };
      ctx.fillStyle = colors.bg;
      ctx.fillRect(0, 0, place.width, place.height);
      fillTiles(state);
      if (focus && focus.i !== undefined) {
        const link = place.links.find(lit);
        ctx.strokeStyle = colors.accent;
        ctx.globalAlpha = 0.28;
        ctx.lineWidth = linkWidth(frame.theta[link.at]) + 8;
        ctx.lineCap = "round";
        strokeLink(ctx, link);
        ctx.lineCap = "butt";
      }
      drawLinks(ctx, place, frame.theta, colors, lit);
      for (let l = 0; l < net.dims.length; l++) {
        for (let j = 0; j < net.dims[l]; j++) {
          const slot = l ? net.layers[l - 1].tile + j : net.tiles + net.inputs[j].row;
          drawTile(state, slot, x[l], y[l][j], size[l], opacityOf(l, j));
          if (l && state.header.bias) drawBias(state, frame.theta[net.biasAt(l, j)], x[l], y[l][j], size[l]);
          ctx.globalAlpha = 1;
          if (focus && focus.i === undefined && focus.l === l && focus.j === j) {
            ctx.strokeStyle = colors.accent;
            ctx.lineWidth = 4;
            ctx.beginPath();
            ctx.roundRect(x[l] - size[l] / 2 - 3, y[l][j] - size[l] / 2 - 3, size[l] + 6, size[l] + 6, size[l] * 0.2);
            ctx.stroke();
          }
        }
      }
      const edge = x[net.last] + size[net.last] / 2;
      if (net.softmax) {
        for (let k = 0; k < net.outputs; k++) {
          const palette = k % 10, mark = new Path2D(markPath(palette, edge + 14, y[net.last][k], 7));
          ctx.fillStyle = colors.marks[palette];
          ctx.strokeStyle = colors.ink;
          ctx.lineWidth = 1;
          ctx.fill(mark);
          ctx.stroke(mark);
        }
      } else if (net.outputs === 1 && !(focus && focus.i === undefined && focus.l !== net.last)) {
        const end = place.width - 1, level = place.middle;
        ctx.strokeStyle = colors.ink3;
        ctx.lineWidth = 2;
        ctx.beginPath();
        ctx.moveTo(edge + 5, level);
        ctx.lineTo(end, level);
        ctx.moveTo(end - 8, level - 6);
        ctx.lineTo(end, level);
        ctx.lineTo(end - 8, level + 6);
        ctx.stroke();
      }
    },
    // The link nearest to a point, if one lies within a few pixels.
    linkAt(px, py) {
      let best = null, least = 6;
      for (const link of place ? place.links : []) {
        if (px < link.x1 || px > link.x2) continue;
        let low = 0, high = 1; // x grows along the curve: halve the interval until it holds the point
        for (let k = 0; k < 10; k++) {
          const t = (low + high) / 2, s = 1 - t, xm = (link.x1 + link.x2) / 2;
          if (s * s * s * link.x1 + 3 * s * t * xm + t * t * t * link.x2 < px) low = t; else high = t;
        }
        const t = low, steep = 6 * t * (1 - t) * Math.abs(link.y2 - link.y1), run = 1.5 * (link.x2 - link.x1) * (1 - 2 * t * (1 - t));
        const curveY = link.y1 + (link.y2 - link.y1) * t * t * (3 - 2 * t);
        const distance = Math.abs(curveY - py) * (run / Math.hypot(run, steep));
        if (distance < least) [least, best] = [distance, link];
      }
      return best;
    },
  };
}
