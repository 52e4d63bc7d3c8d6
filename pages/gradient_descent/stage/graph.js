// Draws a surface of one coordinate: the graph of f with the steps on it.

function makeGraph(svg) {
  return {
    draw(state, box) {
      const { header, points, values, k } = state, [left, right] = state.view, { grid } = state.ground;
      const top = Math.max(...grid), bottom = Math.min(...grid), margin = (top - bottom) * 0.08;
      const [low, high] = [bottom - margin, top + margin];
      const X = (x) => box.left + ((x - left) / (right - left)) * box.width, Y = (v) => box.top + ((high - v) / (high - low)) * box.height;
      let text = `<clipPath id="plane-clip"><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}"/></clipPath>`;
      for (const t of roundTicks(low, high, 5)) text += `<path d="M${box.left},${Y(t)}h${box.width}" stroke="var(--hair)"/>`;
      const [from, to] = header.window, curve = Array.from(grid, (v, i) => [X(from + ((i + 0.5) / grid.length) * (to - from)), Y(v)]);
      text += `<g clip-path="url(#plane-clip)"><path d="${lineOf(curve)}" fill="none" stroke="var(--ink3)" stroke-width="2" stroke-linejoin="round"/>`;
      for (const [x] of header.minima) text += `<path d="M${X(x)},${box.top}v${box.height}" stroke="var(--ink3)" stroke-dasharray="2 5"/>`;
      if (state.racing) {
        text += racePaths(state, box, (one, count) => {
          const at = (x) => { const u = ((x - from) / (to - from)) * grid.length - 0.5, i = Math.max(0, Math.min(grid.length - 2, Math.floor(u))); return grid[i] + (grid[i + 1] - grid[i]) * (u - i); };
          return pathPixels(one, 1, count, box, X, (i) => Y(at(one[i])));
        });
      } else {
        const places = pathPixels(points, 1, state.count, box, X, (i) => Y(values[i]));
        text += pathDrawing(places, box, k, state.pathColor);
        text += presentStep(places, box, k);
      }
      text += `</g><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" fill="none" stroke="var(--ink)" stroke-width="1.2"/>`;
      svg.innerHTML = text + planeTicks(box, [left, right], "*x*", true) + planeTicks(box, [low, high], "*f*", false);
    },
  };
}
