// Where the diagram puts the network: columns of neurons from left to right, and curves between them.

/** @typedef {ReturnType<typeof diagramGeometry>} Geometry */

const TOP = 34, BOTTOM = 48; // px above and below the neurons

/**
 * @param {number} width px
 * @param {number} height px
 * @param {number[]} dims neurons of each column
 */
export function diagramGeometry(width, height, dims) {
  const edge = width < 420 ? 34 : 44, room = height - TOP - BOTTOM, last = dims.length - 1;
  const gap = (width - 2 * edge) / last; // between the middles of two columns

  /** The middle of a column. @param {number} c */
  const x = (c) => edge + ((width - 2 * edge) * c) / last;

  /** The distance between the middles of two neurons of a column. @param {number} c */
  const pitch = (c) => Math.min(76, room / Math.max(dims[c], 2.2));

  /** The middle of a neuron. @param {number} c @param {number} i */
  const y = (c, i) => TOP + room / 2 + (i - (dims[c] - 1) / 2) * pitch(c);

  /** The radius of a column's neurons. @param {number} c */
  const radius = (c) => Math.max(7, Math.min(21, 0.42 * pitch(c), 0.3 * gap));

  /** Whether a text fits between two neurons of a column. @param {number} c */
  const tall = (c) => pitch(c) >= 2 * radius(c) + 30;

  return { width, height, gap, x, y, pitch, radius, tall };
}

/**
 * The path of the link from neuron i of column l to neuron j of the next.
 * @param {Geometry} geometry
 * @param {number} l
 * @param {number} i
 * @param {number} j
 */
export function linkPath({ x, y, radius }, l, i, j) {
  const from = x(l) + radius(l), to = x(l + 1) - radius(l + 1);
  const [x1, x2, middle] = [from, to, (from + to) / 2].map((value) => value.toFixed(1));
  const y1 = y(l, i).toFixed(1), y2 = y(l + 1, j).toFixed(1);
  return `M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}`;
}

/** How thick a link is, px. @param {number} weight */
export const linkWidth = (weight) => Math.min(9, 0.8 + 2.1 * Math.abs(weight));

/** How opaque a link at work is at least. @param {number} weight */
export const linkOpacity = (weight) => Math.max(0.75, Math.min(1, 0.34 + 0.42 * Math.abs(weight)));

/** The dashes of a negative weight's link. @param {number} width px */
export const linkDashes = (width) => `${(3 + 1.5 * width).toFixed(1)} ${(2.5 + 0.9 * width).toFixed(1)}`;
