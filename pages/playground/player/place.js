// Says where every neuron, bias and link of the network lies on the diagram's sheet, and what lies under a pointer.

import { foldOf, gridOf, hasLinks } from "./fold.js";

/** @typedef {import("./fold.js").Box} Box */
/** @typedef {import("./fold.js").Fold} Fold */
/** @typedef {import("./shape.js").Network} Network */
/** @typedef {import("./types.js").ParameterFocus} ParameterFocus */

/**
 * A column: its middle, where the middles of its tiles lie, the side of a tile, and what all of it takes up.
 * @typedef {object} Column
 * @property {number} x
 * @property {number[]} xs
 * @property {number[]} y
 * @property {number} size
 * @property {Box} box
 * @property {Fold} fold
 * @property {number} count its inputs or neurons, shown one by one or not
 * @property {boolean} bare whether biases have no squares here
 */
/** All links from one column to the next, as they are drawn where one of them is a block: from edge to edge. */
/** @typedef {{ x1: number, top1: number, bottom1: number, x2: number, top2: number, bottom2: number }} Band */
/**
 * A link from input or neuron i to neuron j of layer l.
 * @typedef {{ l: number, i: number, j: number, at: number, x1: number, y1: number, x2: number, y2: number }} Link
 *   at: its place in theta
 */

/**
 * @typedef {object} Place
 * @property {number} available the width that the diagram was given; the sheet may be wider
 * @property {number} width
 * @property {number} height
 * @property {boolean} narrow
 * @property {number} middle the height at which each column has its middle
 * @property {number} pitch from one column to the next
 * @property {boolean} touch whether a finger presses the controls
 * @property {boolean} tight whether the pitch leaves room for short headers only
 * @property {Column[]} columns column 0 has the inputs, column l + 1 the neurons of layer l
 * @property {(row: number) => number} featureY where a feature lies, whether it is an input or not; NaN if nowhere
 * @property {number} apart px from one feature to the next
 * @property {Link[]} links
 * @property {Band[]} bands
 * @property {Map<number, Link | ParameterFocus>} parameters links and biases by their place in theta
 */

const TIGHT = 80, MIN_PITCH = 52; // px: below the first the headers shrink, below the second the sheet scrolls
const TOUCH = { pitch: 70, head: 34 }; // px: the least pitch for a finger, and by how much the headers are higher
const CAPTION_HEIGHT = 50; // px of the two lines below a picture
const BLOCK_SHARE = 0.72; // of the pitch, that a block may take of the width
const MOST_FEATURES = 16; // of features that all have one; of more only those that are inputs
const LEAST_SIDE = { pointer: 24, finger: 44 }; // px of a button over a tile, where the rows leave room for it

/**
 * Where the rows lie, from top to bottom, and what stays free to the left and right of the columns' middles.
 * @typedef {{ left: number, right: number, top: number, bottom: number }} Room
 * @param {number} height
 * @param {boolean} narrow
 * @param {boolean} touch
 * @returns {Room}
 */
function roomFor(height, narrow, touch) {
  const bottom = height - 8, head = touch ? TOUCH.head : 0;
  return narrow ? { left: 64, right: 40, top: 92 + head, bottom } : { left: 84, right: 66, top: 100 + head, bottom };
}

/**
 * The side of a tile: as large as pitch and number of rows allow.
 * @param {number} rows
 * @param {Room} room
 * @param {number} pitch
 * @param {boolean} narrow
 */
const tileSize = (rows, { top, bottom }, pitch, narrow) =>
  Math.round(Math.max(16, Math.min(narrow ? 34 : 52, (0.8 * (bottom - top)) / Math.max(7, rows), 0.5 * pitch)));

/**
 * The heights of n rows around a middle.
 * @param {number} n
 * @param {Room} room
 * @param {number} most px between two rows
 * @returns {(row: number) => number}
 */
function rowsOf(n, { top, bottom }, most) {
  const middle = (top + bottom) / 2, apart = Math.min((bottom - top) / n, most);
  return (row) => middle + (row - (n - 1) / 2) * apart;
}

/**
 * The features that have rows: all, or of very many only those that are inputs.
 * @param {Pick<Network, "inputs">} net
 * @param {number} features
 */
const rowsShown = ({ inputs }, features) =>
  (features > MOST_FEATURES ? inputs.map(({ row }) => row) : Array.from({ length: features }, (_, row) => row));

/**
 * The links into one layer; they arrive side by side. None where they are drawn as a band.
 * @param {Network} net
 * @param {number} l
 * @param {Column} from
 * @param {Column} to
 * @returns {Link[]}
 */
function linksInto(net, l, from, to) {
  if (isBand(from, to)) return [];
  const n = from.y.length, x1 = from.box.left + from.box.width + 1, x2 = to.box.left - 1;
  const spread = Math.min(3.2, (1.3 * to.size) / 2 / n);
  return from.y.flatMap((y1, i) => to.y.map((y, j) => {
    const y2 = y + (n > 1 ? (i - (n - 1) / 2) * spread : 0);
    return { l, i, j, at: net.weightAt(l, i, j), x1, y1, x2, y2 };
  }));
}

/** @param {Column} from @param {Column} to */
const isBand = (from, to) => !hasLinks(from.fold, from.count) || !hasLinks(to.fold, to.count);

/** @param {Column} from @param {Column} to @returns {Band} */
const bandBetween = ({ box: a }, { box: b }) => ({
  x1: a.left + a.width + 2, top1: a.top, bottom1: a.top + a.height,
  x2: b.left - 2, top2: b.top, bottom2: b.top + b.height,
});

/**
 * A column that is drawn tile by tile.
 * @param {number} x
 * @param {number[]} y
 * @param {number} size
 * @returns {Pick<Column, "x" | "xs" | "y" | "size" | "box">}
 */
function tileColumn(x, y, size) {
  const top = Math.min(...y) - size / 2, height = Math.max(...y) + size / 2 - top;
  return { x, xs: y.map(() => x), y, size, box: { left: x - size / 2, top, width: size, height } };
}

/**
 * The inputs as one block.
 * @param {number} x
 * @param {number} y
 * @param {number} width px that it may take
 * @param {[height: number, width: number]} shape of the picture, or of the block
 * @returns {Pick<Column, "x" | "xs" | "y" | "size" | "box">}
 */
function inputBlock(x, y, width, [down, across]) {
  const pixel = width / Math.max(down, across), w = pixel * across, h = pixel * down;
  return { x, xs: [], y: [], size: w, box: { left: x - w / 2, top: y - h / 2, width: w, height: h } };
}

/**
 * @param {Network} net
 * @param {Link[]} links
 */
function parametersOf(net, links) {
  /** @type {Place["parameters"]} */
  const parameters = new Map(links.map((link) => [link.at, link]));
  if (!net.hasBias) return parameters;
  net.layers.forEach(({ width, fanIn: i }, l) => {
    for (let j = 0; j < width; j++) parameters.set(net.biasAt(l, j), { kind: "bias", l, i, j });
  });
  return parameters;
}

/**
 * Places every neuron and link on a sheet that gives each layer the least pitch.
 * @param {Network} net
 * @param {number} available px of width
 * @param {number} height
 * @param {boolean} narrow whether the page is, so that all is smaller
 * @param {number} features how many there are, inputs or not
 * @param {boolean} [touch] whether a finger presses the controls
 * @returns {Place}
 */
export function placeNetwork(net, available, height, narrow, features, touch = false) {
  const room = roomFor(height, narrow, touch), gaps = net.layers.length;
  const width = Math.max(available, room.left + room.right + (touch ? TOUCH.pitch : MIN_PITCH) * gaps);
  const pitch = (width - room.left - room.right) / gaps;
  const rows = rowsShown(net, features), heightOf = rowsOf(rows.length, room, 999);
  /** @param {number} row */
  const featureY = (row) => (rows.includes(row) ? heightOf(rows.indexOf(row)) : NaN);
  const middle = (room.top + room.bottom) / 2, most = narrow ? 62 : 78;
  /** @param {number} n @param {number} k @param {Fold} fold */
  function columnOf(n, k, fold) {
    const x = room.left + pitch * k;
    if (fold === "picture" || fold === "columns") {
      const side = Math.min(2 * (room.left - 8), BLOCK_SHARE * pitch);
      const shape = fold === "picture" && net.picture ? net.picture : /** @type {[1, 1]} */ ([1, 1]);
      const lowest = height - (fold === "picture" ? CAPTION_HEIGHT : 0) - side / 2;
      return inputBlock(x, Math.min(middle, lowest), side, shape);
    }
    const across = Math.min(BLOCK_SHARE * pitch, k === gaps ? 2 * (room.right - 8) : Infinity); // px
    if (fold) return { x, ...gridOf(n, x, middle, across, room.bottom - room.top) };
    const rowY = rowsOf(n, room, most), size = tileSize(k ? n : rows.length, room, pitch, narrow);
    const y = k ? Array.from({ length: n }, (_, j) => rowY(j)) : net.inputs.map(({ row }) => featureY(row));
    return tileColumn(x, y, size);
  }
  const columns = net.dims.map((count, k) => {
    const fold = foldOf(net, k);
    return { ...columnOf(count, k, fold), fold, count, bare: fold !== "" || Boolean(net.picture) };
  });
  const links = net.layers.flatMap((_, l) => linksInto(net, l, columns[l], columns[l + 1]));
  const gapsOf = columns.slice(1).map((to, l) => /** @type {[Column, Column]} */ ([columns[l], to]));
  return {
    available, width, height, narrow, middle, pitch, touch, tight: pitch < TIGHT, columns, featureY, links,
    apart: heightOf(1) - heightOf(0),
    bands: gapsOf.filter(([from, to]) => isBand(from, to)).map(([from, to]) => bandBetween(from, to)),
    parameters: parametersOf(net, links),
  };
}

/**
 * The side of the button over a tile.
 * @param {number} size of the tile
 * @param {number} apart px from one row to the next
 * @param {boolean} touch whether a finger presses it
 */
export const buttonSide = (size, apart, touch) =>
  Math.max(size, Math.min(touch ? LEAST_SIDE.finger : LEAST_SIDE.pointer, apart));

/**
 * The square of a bias, at the lower left of its neuron: its middle and its side.
 * @param {{ columns: Pick<Column, "xs" | "y" | "size">[] }} place
 * @param {number} l
 * @param {number} j
 */
export function biasPlace({ columns }, l, j) {
  const { xs, y, size } = columns[l + 1], side = size < 24 ? 8 : Math.max(12, Math.round(size * 0.32));
  return { x: xs[j] - size / 2 + side * 0.15, y: y[j] + size / 2 - side * 0.15, side };
}

/**
 * The bias whose square lies under a point.
 * @param {Pick<Place, "columns">} place
 * @param {number} x
 * @param {number} y
 * @param {number} slack px beside the square that count as well
 * @returns {ParameterFocus | null}
 */
export function biasUnder(place, x, y, slack) {
  for (let l = 0; l + 1 < place.columns.length; l++) {
    const { y: rows, bare } = place.columns[l + 1];
    for (let j = 0; !bare && j < rows.length; j++) {
      const square = biasPlace(place, l, j), reach = square.side / 2 + slack;
      if (Math.abs(x - square.x) > reach || Math.abs(y - square.y) > reach) continue;
      return { kind: "bias", l, i: place.columns[l].count, j };
    }
  }
  return null;
}

/** How far to the right a link's curve is. @param {Link} link @param {number} t 0 … 1 along it */
export function linkX({ x1, x2 }, t) {
  const s = 1 - t;
  return s * s * s * x1 + 3 * s * t * ((x1 + x2) / 2) + t * t * t * x2;
}

/** How far down it is. @param {Link} link @param {number} t 0 … 1 along it */
export const linkY = ({ y1, y2 }, t) => y1 + (y2 - y1) * t * t * (3 - 2 * t);

/** The t at which a link's curve reaches x. @param {Link} link @param {number} x */
function shareAt(link, x) {
  let low = 0, high = 1; // x grows along the curve: halve the interval until it holds the point
  for (let k = 0; k < 10; k++) {
    const t = (low + high) / 2;
    if (linkX(link, t) < x) low = t;
    else high = t;
  }
  return low;
}

/**
 * About how far a link's curve is from a point above or below it.
 * @param {Link} link
 * @param {number} x
 * @param {number} y
 */
function distanceTo(link, x, y) {
  const { x1, y1, x2, y2 } = link, t = shareAt(link, x);
  const steep = 6 * t * (1 - t) * Math.abs(y2 - y1), run = 1.5 * (x2 - x1) * (1 - 2 * t * (1 - t));
  return Math.abs(linkY(link, t) - y) * (run / Math.hypot(run, steep));
}

/**
 * The link nearest to a point, if one lies within `reach` pixels.
 * @param {Pick<Place, "links">} place
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 * @returns {ParameterFocus | null}
 */
export function linkUnder({ links }, x, y, reach) {
  /** @type {Link | null} */
  let nearest = null;
  let least = reach;
  for (const link of links) {
    if (x < link.x1 || x > link.x2) continue;
    const distance = distanceTo(link, x, y);
    if (distance < least) [least, nearest] = [distance, link];
  }
  return nearest && { kind: "link", l: nearest.l, i: nearest.i, j: nearest.j };
}
