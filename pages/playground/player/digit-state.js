// Keeps the picture that the network is shown: one of the data, or one that is drawn; and what each layer makes of it.

import { inkOf } from "./digit-strokes.js";

/** @typedef {import("./digit-strokes.js").Stroke} Stroke */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").State} State */

/**
 * @typedef {object} Digit
 * @property {"sample" | "yours"} way
 * @property {number} n which data point is looked at; those for training come first
 * @property {Stroke[]} strokes what was drawn
 * @property {Float32Array} ink of all pixels, 0 … 1, row by row
 * @property {Float32Array[]} values what each layer makes of it
 * @property {string} of the run and the place of the probe for which n was found
 * @property {number} drawn grows with what is drawn
 * @property {string} inked what the ink was made from
 */

/** @returns {Digit} */
export const makeDigit = () => ({
  way: "sample", n: 0, strokes: [], ink: new Float32Array(), values: [], of: "", drawn: 0, inked: "",
});

/** Whether there is a picture to look at: a pad may be empty. @param {Digit} digit */
export const isInked = ({ way, strokes }) => way === "sample" || strokes.length > 0;

/**
 * The coordinate d of a data point.
 * @param {Pick<State, "points" | "beyond">} state
 * @param {number} n
 * @param {number} d
 */
function coordinateAt({ points, beyond }, n, d) {
  if (d < 2) return points[3 * n + d];
  const more = beyond.length / (points.length / 3);
  return beyond[n * more + d - 2];
}

/**
 * The data point at a place, or −1.
 * @param {Pick<State, "points" | "beyond">} state
 * @param {number[]} place all its coordinates
 */
export function pointWith(state, place) {
  const count = state.points.length / 3, wanted = place.map(Math.fround);
  for (let n = 0; n < count; n++) {
    let d = 0;
    while (d < wanted.length && coordinateAt(state, n, d) === wanted[d]) d++;
    if (d === wanted.length) return n;
  }
  return -1;
}

/**
 * The test sample that stands before or after another one; the ends meet. Without any it is one for training.
 * @param {{ train: number, count: number }} data how many are for training, and all
 * @param {number} n
 * @param {1 | -1} by
 */
export function sampleBeside({ train, count }, n, by) {
  const first = train < count ? train : 0, among = count - first;
  if (n < first) return by > 0 ? first : count - 1;
  return first + ((n - first + by + among) % among);
}

/** How many points there are. @param {Pick<Shown, "header" | "points">} state */
export const countsOf = ({ header: { dataset: { train } }, points }) => ({ train, count: points.length / 3 });

/**
 * Follows the probe: the sample is the one where it stands. A run begins with a test sample.
 * @param {Shown} state
 * @param {Digit} digit
 */
function followProbe(state, digit) {
  const { header: { session, run, probe } } = state, begun = `${session} ${run} `, of = begun + probe.number;
  if (digit.of === of) return;
  const at = pointWith(state, probe.point), { train, count } = countsOf(state);
  if (!digit.of.startsWith(begun)) digit.n = at >= train ? at : sampleBeside({ train, count }, -1, 1);
  else if (at >= 0) digit.n = at;
  digit.of = of;
}

/** @param {Shown} state @param {Digit} digit @param {[number, number]} shape */
function takeInk(state, digit, shape) {
  const inked = digit.way === "sample" ? `${digit.of} ${digit.n}` : `drawn ${digit.drawn}`;
  const pixels = shape[0] * shape[1];
  if (digit.inked === inked && digit.ink.length === pixels) return;
  digit.inked = inked;
  if (digit.ink.length !== pixels) digit.ink = new Float32Array(pixels);
  if (digit.way === "yours") inkOf(digit.strokes, shape, digit.ink);
  else digit.ink.forEach((_, d) => { digit.ink[d] = coordinateAt(state, digit.n, d); });
}

/**
 * Passes the picture through the shown frame's network, if the inputs are a picture.
 * @param {Shown} state
 */
export function lookAtDigit(state) {
  const { net, pictures, frame } = state;
  if (!net.picture || !state.points.length) {
    state.digit = null;
    return;
  }
  const digit = (state.digit ||= makeDigit());
  followProbe(state, digit);
  takeInk(state, digit, net.picture);
  digit.values = pictures.pass(frame.theta, Float32Array.from(net.inputs, ({ row }) => digit.ink[row]));
}

/** What the network is shown, in words. @param {Shown} state @param {Digit} digit @returns {[string, string]} */
export function digitWords(state, digit) {
  const { header: { dataset: { labels, target } }, points } = state, [down, across] = state.net.picture || [0, 0];
  if (digit.way === "yours") return [`your ${target}`, `${down} × ${across} pixels`];
  const { train, count } = countsOf(state), { n } = digit, isTest = n >= train;
  const [kind, at, among] = isTest ? ["test", n - train, count - train] : ["training", n, train];
  return [`true class ${labels[points[3 * n + 2]]}`, `${kind} ${target} ${at + 1} of ${among}`];
}
