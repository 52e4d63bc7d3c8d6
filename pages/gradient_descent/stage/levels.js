// Draws the ground of the plane from the grid of values: bands from low to high, and the level curves between them.

const LEVELS = 12;

// Levels that lie closer where most of the plane is low: even in f^(1/p), p such that half the plane is above the middle.
function chooseLevels(grid) {
  const sorted = Float32Array.from(grid).filter(Number.isFinite).sort(), at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  const low = sorted[0], top = at(0.985), middle = (at(0.5) - low) / (top - low || 1);
  const p = Math.max(1, Math.min(7, Math.log(Math.max(1e-6, middle)) / Math.log(0.62)));
  return Array.from({ length: LEVELS }, (_, k) => low + (top - low) * ((k + 0.7) / LEVELS) ** p);
}

// The lines of one level as lists of points in cells from the corner of the plane.
function levelLines(grid, n, level) {
  const ends = [], lines = [];
  levelLine(n, (k) => grid[k] - level, (x1, y1, x2, y2) => ends.push(x1, y1, x2, y2));
  joinSegments({ moveTo: (x, y) => lines.push([[x, y]]), lineTo: (x, y) => lines[lines.length - 1].push([x, y]) }, ends);
  return lines;
}

function makeGround(canvas) {
  const shades = (state) => {
    const stops = state.colors.levels, bands = LEVELS + 1;
    return Array.from({ length: bands }, (_, k) => {
      const u = 0.82 * (k / bands) * (stops.length - 1), i = Math.floor(u);
      return pixel(mixed(stops[i], stops[Math.min(stops.length - 1, i + 1)], u - i));
    });
  };
  return {
    draw(state, box) {
      const { grid, levels } = state.ground, n = state.header.cells;
      canvas.style.left = box.left + "px";
      canvas.style.top = box.top + "px";
      const ctx = sizeCanvas(canvas, box.width, box.height, true), { width, height } = canvas;
      const image = ctx.createImageData(width, height), pixels = new Int32Array(image.data.buffer), colors = shades(state);
      const columns = Array.from({ length: width }, (_, c) => Math.max(0, Math.min(n - 1.001, ((c + 0.5) * n) / width - 0.5)));
      for (let r = 0, at = 0; r < height; r++) {
        const y = Math.max(0, Math.min(n - 1.001, ((r + 0.5) * n) / height - 0.5)), row = Math.floor(y), v = y - row;
        for (let c = 0; c < width; c++, at++) {
          const x = columns[c], column = Math.floor(x), u = x - column, k = row * n + column;
          const value = (grid[k] * (1 - u) + grid[k + 1] * u) * (1 - v) + (grid[k + n] * (1 - u) + grid[k + n + 1] * u) * v;
          let band = 0;
          while (band < LEVELS && value >= levels[band]) band++;
          pixels[at] = colors[band];
        }
      }
      ctx.putImageData(image, 0, 0);
      ctx.strokeStyle = state.colors.ink;
      ctx.globalAlpha = 0.28;
      ctx.lineWidth = 1;
      for (const lines of state.ground.lines) {
        const path = new Path2D();
        for (const line of lines) line.forEach(([x, y], i) => path[i ? "lineTo" : "moveTo"]((x * box.width) / n, (y * box.height) / n));
        ctx.stroke(path);
      }
      ctx.globalAlpha = 1;
    },
  };
}
