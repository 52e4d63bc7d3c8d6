// The shape of each class: class k is always drawn with shape k. MARK_SHAPES, their names, are put before this script when it is sent.

function markPath(k, x, y, r) {
  const ring = (n, turn, inner = 1) => Array.from({ length: n }, (_, i) => {
    const angle = turn + (i * 2 * Math.PI) / n, radius = (inner !== 1 && i % 2 ? inner : 1.15) * r;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
  const outline = (points) => "M" + points.map((p) => p.map((v) => v.toFixed(2)).join(",")).join("L") + "Z";
  const bars = (turn) => {
    const a = 0.42 * r, b = 1.15 * r, cos = Math.cos(turn), sin = Math.sin(turn);
    const corners = [[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a]];
    return outline(corners.map(([u, v]) => [x + u * cos - v * sin, y + u * sin + v * cos]));
  };
  switch (MARK_SHAPES[k]) {
    case "circle": return `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
    case "diamond": return outline(ring(4, 0));
    case "triangle-up": return outline(ring(3, -Math.PI / 2).map(([u, v]) => [u, v + r * 0.15]));
    case "square": return outline(ring(4, Math.PI / 4));
    case "triangle-down": return outline(ring(3, Math.PI / 2).map(([u, v]) => [u, v - r * 0.15]));
    case "cross": return bars(0);
    case "pentagon": return outline(ring(5, -Math.PI / 2));
    case "star": return outline(ring(10, -Math.PI / 2, 0.5));
    case "x": return bars(Math.PI / 4);
    case "hexagon": return outline(ring(6, 0));
    default: throw new RangeError(`There are ${MARK_SHAPES.length} shapes. Got ${k}: ${MARK_SHAPES[k]}.`);
  }
}
