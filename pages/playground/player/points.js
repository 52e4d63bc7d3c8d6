// Draws the data points on the map, rings around some of them, and finds the one under the pointer or next to another.

function drawPoints(ctx, state, px, py) {
  const { header, colors, points: data } = state;
  for (let n = visiblePoints(state) - 1; n >= 0; n--) {
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
    const mark = new Path2D(markPath(target, x, y, train ? 3.7 : 3.5));
    ctx.fillStyle = train ? colors.marks[target] : colors.bg;
    ctx.strokeStyle = train ? colors.bg : colors.marks[target];
    ctx.lineWidth = train ? 1.3 : 2;
    ctx.fill(mark);
    ctx.stroke(mark);
  }
}

const hasTestPoints = (state) => state.points.length / 3 > state.header.dataset.train;
const visiblePoints = (state) => (state.showTest ? state.points.length / 3 : state.header.dataset.train);

function ringPoints(ctx, places, radius, width, color, halo) {
  const rings = new Path2D();
  for (const [x, y] of places) {
    rings.moveTo(x + radius, y);
    rings.arc(x, y, radius, 0, 2 * Math.PI);
  }
  for (const [stroke, extra] of [[halo, 2.4], [color, 0]]) {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width + extra;
    ctx.stroke(rings);
  }
}

// The point nearest to a place of the plane, if one lies within `reach`.
function pointUnder(state, x, y, reach) {
  const data = state.points;
  let best = null, least = reach;
  for (let n = 0, count = visiblePoints(state); n < count; n++) {
    const distance = Math.hypot(data[3 * n] - x, data[3 * n + 1] - y);
    if (distance < least) [least, best] = [distance, n];
  }
  return best === null ? null : { kind: "point", n: best };
}

// From point n: left and right go through all points in the order of x₁, up and down to the nearest one above or below.
function pointBeside(state, n, way) {
  const data = state.points, count = visiblePoints(state);
  const at = n === null || n >= count ? null : [data[3 * n], data[3 * n + 1]];
  let best = at ? n : 0, least = Infinity;
  for (let k = 0; k < count; k++) {
    const x = data[3 * k], y = data[3 * k + 1];
    if (!at) { // the first one is the nearest to the middle
      if (Math.hypot(x, y) < least) [least, best] = [Math.hypot(x, y), k];
      continue;
    }
    if (k === n) continue;
    const along = way === "up" || way === "down" ? (y - at[1]) * (way === "up" ? 1 : -1) : (x - at[0] || (k - n) * 1e-9) * (way === "right" ? 1 : -1);
    const cost = way === "up" || way === "down" ? along + 2 * Math.abs(x - at[0]) : along;
    if (along > 0 && cost < least) [least, best] = [cost, k];
  }
  return { kind: "point", n: best };
}
