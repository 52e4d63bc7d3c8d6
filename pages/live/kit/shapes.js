// Draws the shape of a class's points; the engine's side says which class has which shape.

/** @typedef {[number, number][]} Points */

/** @param {Points} points */
const outline = (points) => "M" + points.map((p) => p.map((v) => v.toFixed(2)).join(",")).join("L") + "Z";

/**
 * The corners of a regular polygon or of a star.
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {number} n how many corners
 * @param {number} turn the angle of the first
 * @param {number} [inner] the radius of every other corner, as a share of r
 * @returns {Points}
 */
function ring(x, y, r, n, turn, inner = 1.15) {
  return Array.from({ length: n }, (_, i) => {
    const angle = turn + (i * 2 * Math.PI) / n, radius = (i % 2 ? inner : 1.15) * r;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/**
 * The corners of two crossing bars.
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {number} turn
 * @returns {Points}
 */
function bars(x, y, r, turn) {
  const a = 0.42 * r, b = 1.15 * r, cos = Math.cos(turn), sin = Math.sin(turn);
  const arms = [
    [-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a],
  ];
  return arms.map(([u, v]) => [x + u * cos - v * sin, y + u * sin + v * cos]);
}

/** @type {Record<string, (x: number, y: number, r: number) => string>} */
const SHAPES = {
  "circle": (x, y, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`,
  "diamond": (x, y, r) => outline(ring(x, y, r, 4, 0)),
  "triangle-up": (x, y, r) => outline(ring(x, y + r * 0.15, r, 3, -Math.PI / 2)),
  "square": (x, y, r) => outline(ring(x, y, r, 4, Math.PI / 4)),
  "triangle-down": (x, y, r) => outline(ring(x, y - r * 0.15, r, 3, Math.PI / 2)),
  "cross": (x, y, r) => outline(bars(x, y, r, 0)),
  "pentagon": (x, y, r) => outline(ring(x, y, r, 5, -Math.PI / 2)),
  "star": (x, y, r) => outline(ring(x, y, r, 10, -Math.PI / 2, 0.5)),
  "x": (x, y, r) => outline(bars(x, y, r, Math.PI / 4)),
  "hexagon": (x, y, r) => outline(ring(x, y, r, 6, 0)),
};

/**
 * The path of a shape around a middle, as SVG's d and Path2D read it.
 * @param {string} shape its name
 * @param {number} x
 * @param {number} y
 * @param {number} r about half its width
 */
export function markPath(shape, x, y, r) {
  if (!Object.hasOwn(SHAPES, shape)) {
    throw new RangeError(`A shape must be one of ${Object.keys(SHAPES).join(", ")}. Got ${shape}.`);
  }
  return SHAPES[shape](x, y, r);
}
