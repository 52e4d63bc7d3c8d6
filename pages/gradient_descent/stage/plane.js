// Draws the plane from above: frame, axes, the path with its steps, arrows against the gradient, eigenvectors.

const LABEL_ROOM = 60; // px between the name of an eigenvector and a step that is named
const ASPECT = 1.12; // as the server widens the domain; both axes have the same unit
const FAR = 1e6; // px: what lies beyond is drawn at this distance, a float still tells 1/16 px there

function arrowPath(x1, y1, x2, y2, color, width, head) {
  const angle = Math.atan2(y2 - y1, x2 - x1), cos = Math.cos, sin = Math.sin;
  const tip = (turn) => `${(x2 - head * cos(angle + turn)).toFixed(1)},${(y2 - head * sin(angle + turn)).toFixed(1)}`;
  return `<path d="M${x1.toFixed(1)},${y1.toFixed(1)}L${(x2 - cos(angle) * head * 0.7).toFixed(1)},${(y2 - sin(angle) * head * 0.7).toFixed(1)}" stroke="${color}" stroke-width="${width}" fill="none"/><path d="M${x2.toFixed(1)},${y2.toFixed(1)}L${tip(-0.45)}L${tip(0.45)}Z" fill="${color}"/>`;
}

const within = (box, [x, y], margin = 0) => x > box.left - margin && x < box.left + box.width + margin && y > box.top - margin && y < box.top + box.height + margin;

// The steps of a run in pixels, until the numbers end; one far outside is brought nearer on its line to the middle.
function pathPixels(points, dimension, count, box, X, Y) {
  const places = [], middle = [box.left + box.width / 2, box.top + box.height / 2];
  for (let k = 0; k < count; k++) {
    const place = [X(points[k * dimension]), Y(k)];
    if (!place.every(Number.isFinite)) break;
    const shrink = Math.max(1, ...place.map((v) => Math.abs(v) / FAR));
    places.push(place.map((v, d) => middle[d] + (v - middle[d]) / shrink));
  }
  return places;
}
const lineOf = (places) => places.map(([x, y], k) => (k ? "L" : "M") + x.toFixed(1) + "," + y.toFixed(1)).join("");

// A run that leaves the picture for good is drawn as far as it has come: its later lines would cover all.
function shownPart(all, box, k) {
  let seen = all.length;
  while (seen > 2 && !within(box, all[seen - 1]) && !within(box, all[seen - 2])) seen--;
  return all.slice(0, Math.max(seen, Math.min(all.length, k + 2)));
}

function pathDrawing(all, box, k, color) {
  const places = shownPart(all, box, k), many = places.length > 120;
  let text = `<path d="${lineOf(places)}" fill="none" stroke="var(--bg)" stroke-width="6" stroke-linejoin="round" opacity=".8"/><path d="${lineOf(places)}" fill="none" stroke="${color}" stroke-width="3" stroke-linejoin="round"/>`;
  let last = null, drawn = 0;
  places.forEach((place, i) => {
    if (!within(box, place) || drawn > 250 || (last && Math.hypot(place[0] - last[0], place[1] - last[1]) < (many ? 10 : 5))) return;
    last = place;
    drawn++;
    text += `<circle cx="${place[0].toFixed(1)}" cy="${place[1].toFixed(1)}" r="${many ? 3.4 : 4.6}" fill="${i <= k ? color : "var(--bg)"}" stroke="${i <= k ? "var(--bg)" : color}" stroke-width="1.6"/>`;
  });
  return text;
}

// x⁽⁰⁾, x⁽¹⁾, … beside the first steps and the present one, where there is room.
function stepLabels(places, box, k) {
  const taken = [], parts = [];
  for (const i of [k, 0, 1, 2]) {
    const place = places[i];
    if (!place || !within(box, place, -8) || taken.some((other) => Math.hypot(place[0] - other[0], place[1] - other[1]) < 44)) continue;
    taken.push(place);
    const right = place[0] < box.left + box.width - 60, before = places[i - 1] || places[i + 1] || place, up = before[1] > place[1];
    const x = place[0] + (right ? 12 : -12), y = Math.max(box.top + 18, Math.min(box.top + box.height - 6, place[1] + (up || !i ? -6 : 18)));
    parts.push(`<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${right ? "start" : "end"}" font-size="17" font-weight="600" fill="var(--ink)" stroke="var(--bg)" stroke-width="4" paint-order="stroke" stroke-linejoin="round">${svgText(`*x*^{(${i})}`)}</text>`);
  }
  return parts.join("");
}

// The shown step as a large point with the arrow to the next one; a word if it is outside the picture.
function presentStep(places, box, k) {
  let text = "";
  if (k + 1 < places.length) text += arrowPath(...places[k], ...places[k + 1], "var(--accent)", 3.2, Math.min(13, Math.hypot(places[k][0] - places[k + 1][0], places[k][1] - places[k + 1][1]) * 0.7 + 3));
  if (places[k]) text += `<circle cx="${places[k][0]}" cy="${places[k][1]}" r="8" fill="var(--accent)" stroke="var(--bg)" stroke-width="2.5"/>`;
  if (!places[k] || !within(box, places[k])) text += `<text x="${box.left + 12}" y="${box.top + box.height - 12}" font-size="15" font-weight="600" fill="var(--ink)" stroke="var(--bg)" stroke-width="5" paint-order="stroke" stroke-linejoin="round">${svgText(`*x*^{(${k})} is outside the picture`)}</text>`;
  return text + stepLabels(places, box, k);
}

function planeTicks(box, range, axis, across) {
  let text = "";
  const ticks = roundTicks(range[0], range[1], across ? 5 : axis === "*f*" ? 7 : 4), step = ticks[1] - ticks[0];
  const toPixel = (v) => { const share = (v - range[0]) / (range[1] - range[0]); return across ? box.left + share * box.width : box.top + (1 - share) * box.height; };
  const named = ticks.length > 1 ? toPixel(ticks[Math.floor(ticks.length / 2)] + step / 2) : toPixel((range[0] + range[1]) / 2);
  const floor = box.top + box.height;
  for (const t of ticks) {
    const p = toPixel(t);
    text += across ? `<path d="M${p},${floor}v5" stroke="var(--ink2)"/><text x="${p}" y="${floor + 20}" font-size="14" text-anchor="middle" fill="var(--ink2)">${coordinateText(t)}</text>`
      : `<path d="M${box.left},${p}h-5" stroke="var(--ink2)"/><text x="${box.left - 8}" y="${Math.max(box.top + 10, p + 5)}" font-size="14" text-anchor="end" fill="var(--ink2)">${coordinateText(t)}</text>`;
  }
  const place = across ? `x="${named}" y="${floor + 21}" text-anchor="middle"` : `x="${box.left - 8}" y="${named + 5}" text-anchor="end"`;
  return text + `<text ${place} font-size="17" fill="var(--ink)">${svgText(axis)}</text>`;
}

function makePlane(svg) {
  // Arrows start on every other level curve and point down the slope, so that one sees the right angle.
  function slopeArrows(state, box) {
    const { lines, slopes } = state.ground, n = state.header.cells, side = state.header.arrows, sign = state.header.ascent ? -1 : 1;
    let text = "", taken = [];
    const spacing = box.width < 400 ? 96 : 124;
    for (const level of [4, 7, 10]) {
      for (const line of lines[level] || []) {
        let walked = spacing * 0.4;
        for (let i = 1; i < line.length; i++) {
          const [x, y] = line[i].map((v) => v / n), [x0, y0] = line[i - 1].map((v) => v / n);
          walked += Math.hypot((x - x0) * box.width, (y - y0) * box.height);
          if (walked < spacing || x < 0.04 || x > 0.96 || y < 0.06 || y > 0.94) continue;
          const px = box.left + x * box.width, py = box.top + y * box.height;
          if (taken.some(([a, b]) => Math.hypot(a - px, b - py) < 64)) continue;
          const c = Math.min(side - 2, Math.floor(x * (side - 1))), r = Math.min(side - 2, Math.floor(y * (side - 1)));
          const u = x * (side - 1) - c, v = y * (side - 1) - r;
          const g = [0, 1].map((d) => { const at = (rr, cc) => slopes[2 * (rr * side + cc) + d]; return (at(r, c) * (1 - u) + at(r, c + 1) * u) * (1 - v) + (at(r + 1, c) * (1 - u) + at(r + 1, c + 1) * u) * v; });
          const size = Math.hypot(g[0], g[1]);
          if (!(size > 0)) continue;
          walked = 0;
          taken.push([px, py]);
          text += arrowPath(px, py, px - (sign * 32 * g[0]) / size, py + (sign * 32 * g[1]) / size, "var(--ink2)", 1.6, 7);
        }
      }
    }
    return `<g opacity=".6">${text}</g>`;
  }

  function eigenvectors(state, box, X, Y) {
    const { axes, window: [left, right] } = state.header, reach = ((right - left) * 0.5), shares = { min: 0.86, max: 0.55 };
    const named = [0, 1, 2].filter((i) => i < state.count).map((i) => [X(state.points[2 * i]), Y(state.points[2 * i + 1])]);
    const room = (x, y) => Math.min(...named.map(([u, v]) => Math.hypot(x - u, y - v)));
    return axes.map(({ name, vector }) => {
      const R = reach * shares[name];
      let [a, b] = vector;
      if (name === "min" ? a < 0 : b < 0) [a, b] = [-a, -b];
      const here = room(X(a * R), Y(b * R)), there = room(X(-a * R), Y(-b * R));
      if (here < LABEL_ROOM && there > here) [a, b] = [-a, -b]; // the other end, farther from what has a name
      const x = X(a * R), y = Y(b * R), flat = Math.abs(a) > Math.abs(b);
      const label = `<text x="${x + (flat ? -4 : 9)}" y="${y + (flat ? -9 : 6)}" text-anchor="${flat ? "end" : "start"}" font-size="16" fill="var(--ink)" stroke="var(--bg)" stroke-width="4" paint-order="stroke" stroke-linejoin="round">${svgText(`λ_{${name}}`)}</text>`;
      return `<path d="M${X(-a * R)},${Y(-b * R)}L${x},${y}" stroke="var(--ink)" stroke-width="1.6" stroke-dasharray="2 5" fill="none"/>${label}`;
    }).join("");
  }

  return {
    draw(state, box) {
      const { header, points, k } = state, [left, right, low, high] = state.view;
      const X = (x) => box.left + ((x - left) / (right - left)) * box.width, Y = (y) => box.top + ((high - y) / (high - low)) * box.height;
      let text = `<clipPath id="plane-clip"><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}"/></clipPath><g clip-path="url(#plane-clip)">`;
      if (state.ground && state.ground.key === header.grid && state.viewIsGrid) {
        const n = header.cells, own = state.ownLines(header, state.values[0]);
        for (const line of own) text += `<path d="${lineOf(line.map(([x, y]) => [box.left + (x / n) * box.width, box.top + (y / n) * box.height]))}" fill="none" stroke="var(--ink)" stroke-opacity=".9" stroke-width="1.6"/>`;
        text += slopeArrows(state, box);
      }
      text += eigenvectors(state, box, X, Y);
      for (const [x, y] of header.minima) text += `<path d="M${X(x) - 7},${Y(y)}h14M${X(x)},${Y(y) - 7}v14" stroke="var(--bg)" stroke-width="5"/><path d="M${X(x) - 7},${Y(y)}h14M${X(x)},${Y(y) - 7}v14" stroke="var(--ink)" stroke-width="2.2"/>`;
      if (state.racing) text += racePaths(state, box, (points, count) => pathPixels(points, 2, count, box, X, (i) => Y(points[2 * i + 1])));
      else {
        const places = pathPixels(points, 2, state.count, box, X, (i) => Y(points[2 * i + 1])), color = state.pathColor;
        text += pathDrawing(places, box, k, color);
        text += presentStep(places, box, k);
      }
      text += `</g><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" fill="none" stroke="var(--ink)" stroke-width="1.2"/>`;
      text += planeTicks(box, [left, right], "*x*_{1}", true) + planeTicks(box, [low, high], "*x*_{2}", false);
      svg.innerHTML = text;
    },
  };
}

// All entries of the race, each with its shape at the shown step.
function racePaths(state, box, pixels) {
  let text = "";
  state.race.forEach((points, i) => {
    const dimension = state.header.dimension, count = points.length / dimension, places = pixels(points, count), color = `var(--mark-${i})`;
    const upTo = Math.min(state.k, count - 1), place = places[upTo];
    text += `<path d="${lineOf(shownPart(places, box, upTo))}" fill="none" stroke="${color}" stroke-width="1.6" opacity=".45"/><path d="${lineOf(places.slice(0, upTo + 1))}" fill="none" stroke="var(--bg)" stroke-width="5" opacity=".7"/><path d="${lineOf(places.slice(0, upTo + 1))}" fill="none" stroke="${color}" stroke-width="2.6" stroke-linejoin="round"/>`;
    if (place) text += `<path data-racer="${i}" d="${markPath(i, ...place, 7)}" fill="${color}" stroke="var(--bg)" stroke-width="2" paint-order="stroke"/>`;
  });
  return text;
}
