// Where every neuron, bias and link of the network lies, how links are drawn, and what lies under a pointer.

const TIGHT = 80, MIN_PITCH = 44; // layer pitch in px: below the first the headers shrink, below the second the sheet scrolls
const BIN = 0.1, BINS = 40; // links of about equal |w| are drawn with one style
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
  const parameters = new Map(links.map((link) => [link.at, link])); // by index into theta
  if (net.hasBias) for (let l = 1; l < net.dims.length; l++) y[l].forEach((_, j) => parameters.set(net.biasAt(l, j), { l, i: net.dims[l - 1], j, bias: true }));
  const next = new Int16Array(links.length), first = new Int16Array(2 * BINS);
  return { available, width, height, narrow, top, bottom, middle, pitch, x, y, size, links, parameters, featureY, next, first, tight: pitch < TIGHT };
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

// The square of a bias, at the lower left of its neuron: its middle and its side.
function biasPlace({ x, y, size }, l, j) {
  const side = size[l] < 24 ? 8 : Math.max(12, Math.round(size[l] * 0.32));
  return { x: x[l] - size[l] / 2 + side * 0.15, y: y[l][j] + size[l] / 2 - side * 0.15, side };
}

function biasUnder(place, px, py, slack) {
  for (let l = 1; l < place.x.length; l++) {
    for (let j = 0; j < place.y[l].length; j++) {
      const { x, y, side } = biasPlace(place, l, j), reach = side / 2 + slack;
      if (Math.abs(px - x) <= reach && Math.abs(py - y) <= reach) return { kind: "bias", l, j };
    }
  }
  return null;
}

// The link nearest to a point, if one lies within `reach` pixels.
function linkUnder(place, px, py, reach) {
  let best = null, least = reach;
  for (const link of place.links) {
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
  return best && { kind: "link", l: best.l, i: best.i, j: best.j };
}
