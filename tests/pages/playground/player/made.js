// A made-up run for the tests: 2 inputs of 3 features, hidden layers of 3 and 2 neurons, one output.

import { makeState } from "../../../../pages/playground/player/state.js";
import { networkShape } from "../../../../pages/playground/player/shape.js";
import { sliceOf } from "../../../../pages/playground/player/slice.js";

/** @typedef {import("../../../../pages/live/kit/colors.js").Colors} Colors */
/** @typedef {import("../../../../pages/live/kit/requests.js").Request} Request */
/** @typedef {import("../../../../pages/playground/player/types.js").Diagnosis} Diagnosis */
/** @typedef {import("../../../../pages/playground/player/types.js").Frame} Frame */
/** @typedef {import("../../../../pages/playground/player/types.js").Header} Header */
/** @typedef {import("../../../../pages/playground/player/types.js").Shown} Shown */

/** @param {Partial<Header>} [changes] @returns {Header} */
export function headerWith(changes = {}) {
  return {
    session: "here",
    client: "", answers: 0, generation: 1, notice: null, provenance: "", blocks: [], count: 0, frame_bytes: 8,
    run: 1, first: 0, last: 100, stopped: null, working: null, speed: 1, unit: "epoch",
    frozen: [], refused: null, undo: 0, changes: [], journal: 0, goal: 0, plays: false,
    diagnosed: "1", diagnoses: null, evidence: null, optimizer: "SGD", plain_step: true, penalty: null,
    fps: 30, own_scales: null,
    dataset: {
      name: "made", label: "Made", kind: "two classes", classes: 2, labels: ["Blue", "Orange"], train: 2, domain: 6,
      held: [], ranges: [[-6, 6], [-6, 6]], scales: [], spread: [1, 1],
      coordinates: ["x₁", "x₂"], short_coordinates: ["x₁", "x₂"], named: "", target: "",
    },
    metric: { label: "Test accuracy", unit: "%" }, loss: "Half MSE",
    inputs: ["x₁", "x₂", "x₁²"].map((label, k) => ({ name: label, label, short: label, on: k !== 1 })),
    layers: [
      { width: 3, activation: "tanh", table: 0, W: 0, b: 6 },
      { width: 2, activation: "relu", table: 1, W: 9, b: 15 },
      { width: 1, activation: "sigmoid", table: 2, W: 17, b: 19 },
    ],
    activations: [{ name: "tanh", label: "tanh", short: "tanh" }, { name: "relu", label: "ReLU", short: "ReLU" }],
    max_width: 4,
    output: { center: 0.5, scale: 0.5 }, full_weight: 0.7,
    probe: { number: 1, point: [1, -2], inputs: [1, -2, 4], target: 0 },
    plane: { across: 0, up: 1, components: null },
    inside: { number: 1, view: "", layer: 0, batch: false },
    inside_views: [{ name: "weights", label: "Weights", by_layer: true }],
    map: 4,
    tile: 2,
    ground: "made",
    ...changes,
  };
}

/** @param {number} number @param {Partial<Frame>} [changes] @returns {Frame} */
export function frameWith(number, changes = {}) {
  return {
    frame: number, epoch: number, train_loss: 1, test_loss: 1, penalty: 0, metric: 50, learning_rate: 0.1,
    clipped: 0,
    theta: Float32Array.from({ length: 20 }, (_, k) => k / 10),
    probe: Float64Array.from({ length: 6 }, (_, k) => k / 4 + 0.25), probe_loss: Float64Array.of(0.125), probed: 1,
    looked: 1,
    changed: false,
    ...changes,
  };
}

/**
 * A diagnosis from a frame on; an epoch a frame.
 * @param {[number, number] | null} unit
 * @param {number} since
 * @param {number | null} [until]
 */
export const foundAt = (unit, since, until = null) => ({ unit, since, until, epoch: since });

/** Dead units. @param {Partial<Diagnosis>} [changes] @returns {Diagnosis} */
export function diagnosisWith(changes = {}) {
  return {
    kind: "dead", title: "{n} dead ReLU units", one: "One dead ReLU unit", short: "", mark: "dead",
    column: "points active", reason: "So it is.", try: "leaky ReLU", controls: ["activation"], found: [],
    ...changes,
  };
}

/** What the maps of that run are computed from: all activations are 0. */
export const ground = {
  rows: new Float32Array(8), columns: new Float32Array(8), edges: new Float32Array([0, Infinity]),
  tables: new Float32Array(36),
};

/**
 * Pictures that are the same for every frame.
 * @param {Int16Array} [outputs]
 * @returns {import("../../../../pages/playground/player/pictures.js").Pictures}
 */
export const picturesWith = (outputs = new Int16Array(16)) => ({
  tiles: () => new Uint8Array(24),
  maps: () => ({ outputs, neuron: new Int16Array(16) }),
  pass: () => [],
});

/**
 * A state that shows frame 0, alone.
 * @param {Partial<Header>} [header]
 * @param {Partial<Shown>} [changes]
 * @returns {Shown}
 */
export function shownWith(header, changes = {}) {
  const described = headerWith(header), frame = frameWith(0), state = makeState(["circle", "diamond"]);
  state.frames.set(0, frame);
  const colors = /** @type {Colors} */ ({});
  const pictures = picturesWith();
  const slice = sliceOf(described, described.probe.point), net = networkShape(described);
  return Object.assign(state, { header: described, net, pictures, frame, colors, slice, ...changes });
}

/** @typedef {import("../../../../pages/playground/player/probe-moves.js").ProbeMoves} ProbeMoves */

/** Moves of the probe that are made nowhere. @returns {ProbeMoves} */
export const noMoves = () => ({
  place() {}, carry() {}, slide() {}, putBack() {}, step() {}, aim() {}, use() {}, answered() {}, forget() {},
});

/** @typedef {import("../../../../pages/playground/player/inside-state.js").InsideKeeper} InsideKeeper */

/** Inside views that are opened nowhere. @returns {InsideKeeper} */
export const noInside = () => ({ open() {}, take() {}, begin() {}, wanted: () => null });

/** Requests that are only written down. */
export function makeRecorder() {
  /** @type {Request[]} */
  const sent = [];
  /** @type {Set<string>} */
  const waiting = new Set();
  return {
    sent,
    waiting,
    busy: false,
    silence: 0,
    /** @param {Request | null} request */
    beginAgain(request) { if (request) sent.push(request); },
    /** @param {Request} request */
    wish(request) { sent.push(request); },
    /** @param {string} kind */
    waits: (kind) => waiting.has(kind),
    /** @param {string} kind */
    forget(kind) { waiting.delete(kind); },
    /** @param {() => Request | null} [otherwise] */
    next(otherwise) {
      const request = otherwise && otherwise();
      if (request) sent.push(request);
    },
    /** @type {(header: { client: string, answers: number }) => Request | null} */
    answered: () => null,
    repeat() {},
  };
}
