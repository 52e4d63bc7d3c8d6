// Small drawing aids: canvases of the right sharpness, the line where a map is zero.

let pictureScale = 0; // while a picture is drawn: its pixels per CSS pixel

// A canvas of width × height CSS pixels; the drawing context counts in CSS pixels too.
function sizeCanvas(canvas, width, height, opaque = false) {
  const sharpness = pictureScale || window.devicePixelRatio || 1;
  const w = Math.round(width * sharpness), h = Math.round(height * sharpness);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  canvas.style.width = width + "px";
  canvas.style.height = height + "px";
  const ctx = canvas.getContext("2d", { alpha: !opaque });
  ctx.setTransform(w / width, 0, 0, h / height, 0, 0);
  return ctx;
}

function makeRaster(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const ctx = canvas.getContext("2d");
  const image = ctx.createImageData(width, height);
  const pixels = new Int32Array(image.data.buffer);
  return { canvas, pixels, show: () => ctx.putImageData(image, 0, 0) };
}

// Marching squares over an n × n grid: calls segment(x1, y1, x2, y2) in grid units from the corner of the map.
function levelLine(n, valueAt, segment, skip) {
  const xs = [0, 0, 0, 0], ys = [0, 0, 0, 0];
  for (let r = 0; r < n - 1; r++) {
    for (let c = 0; c < n - 1; c++) {
      const at = r * n + c;
      if (skip && skip(at)) continue;
      const a = valueAt(at), b = valueAt(at + 1), d = valueAt(at + n), e = valueAt(at + n + 1);
      let k = 0;
      if (a > 0 !== b > 0) { xs[k] = c + a / (a - b); ys[k++] = r; }
      if (b > 0 !== e > 0) { xs[k] = c + 1; ys[k++] = r + b / (b - e); }
      if (d > 0 !== e > 0) { xs[k] = c + d / (d - e); ys[k++] = r + 1; }
      if (a > 0 !== d > 0) { xs[k] = c; ys[k++] = r + a / (a - d); }
      for (let i = 0; i + 1 < k; i += 2) segment(xs[i] + 0.5, ys[i] + 0.5, xs[i + 1] + 0.5, ys[i + 1] + 0.5);
      for (let i = 0; i < k; i++) { // the outermost half unit goes straight to the border
        const x = xs[i] + 0.5, y = ys[i] + 0.5;
        if (x === 0.5) segment(x, y, 0, y);
        if (x === n - 0.5) segment(x, y, n, y);
        if (y === 0.5) segment(x, y, x, 0);
        if (y === n - 0.5) segment(x, y, x, n);
      }
    }
  }
}

// Joins segments [x1, y1, x2, y2, …] that share an end into long lines, which are drawn faster than many short ones.
function joinSegments(path, ends) {
  const count = ends.length / 2, partner = new Int32Array(count).fill(-1), done = new Uint8Array(count / 2), open = new Map();
  for (let e = 0; e < count; e++) {
    const key = ends[2 * e] * 4096 + ends[2 * e + 1], other = open.get(key);
    if (other === undefined) open.set(key, e);
    else {
      [partner[e], partner[other]] = [other, e];
      open.delete(key);
    }
  }
  const walk = (e) => {
    if (done[e >> 1]) return;
    path.moveTo(ends[2 * e], ends[2 * e + 1]);
    for (; e >= 0 && !done[e >> 1]; e = partner[e ^ 1]) {
      done[e >> 1] = 1;
      path.lineTo(ends[2 * (e ^ 1)], ends[2 * (e ^ 1) + 1]);
    }
  };
  for (const e of open.values()) walk(e);
  for (let e = 0; e < count; e += 2) walk(e); // closed lines
}

function element(tag, attributes = {}, ...children) {
  const node = tag.startsWith("svg:") ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}
