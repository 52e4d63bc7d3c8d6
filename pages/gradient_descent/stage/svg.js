// Writes what the drawings are made of as SVG text; what stands inside is escaped already.

/** An outline in the colour of the ground, so that letters stay legible on lines. @param {number} width */
export const halo = (width) =>
  `stroke="var(--bg)" stroke-width="${width}" paint-order="stroke" stroke-linejoin="round"`;

/**
 * @param {number | string} x
 * @param {number | string} y
 * @param {number} size
 * @param {string} look further attributes
 * @param {string} inside
 */
export const textAt = (x, y, size, look, inside) =>
  `<text x="${x}" y="${y}" font-size="${size}" ${look}>${inside}</text>`;

/**
 * @param {string} d
 * @param {string} color
 * @param {number} width
 * @param {string} [look] further attributes
 */
export const stroked = (d, color, width, look = "") =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" ${look}/>`;

/**
 * A line with a head at its end.
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 * @param {string} color
 * @param {number} width
 * @param {number} head its length
 */
export function arrow(x1, y1, x2, y2, color, width, head) {
  const angle = Math.atan2(y2 - y1, x2 - x1), end = head * 0.7;
  const endX = (x2 - Math.cos(angle) * end).toFixed(1), endY = (y2 - Math.sin(angle) * end).toFixed(1);
  const shaft = `M${x1.toFixed(1)},${y1.toFixed(1)}L${endX},${endY}`;
  const tips = corner(x2, y2, angle - 0.45, head) + corner(x2, y2, angle + 0.45, head);
  return stroked(shaft, color, width) + `<path d="M${x2.toFixed(1)},${y2.toFixed(1)}${tips}Z" fill="${color}"/>`;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} angle
 * @param {number} length
 */
const corner = (x, y, angle, length) =>
  `L${(x - length * Math.cos(angle)).toFixed(1)},${(y - length * Math.sin(angle)).toFixed(1)}`;
