// Moves the probe: under the pointer, by arrow keys, to what is typed, or to a data point. The server says the rest.

import { listenForDrag } from "../../live/kit/drag.js";
import { find } from "../../live/kit/elements.js";
import { wayOf } from "../../live/kit/keys.js";
import { isOff } from "../../live/kit/lesson.js";
import { roundedOn, roundUnit } from "./plane.js";
import { asSeen, inputAxis, placeOn, pointOn } from "./slice.js";
import { followSlice, probePoint } from "./slice-state.js";
import { isShown } from "./state.js";

/** @typedef {import("../../live/kit/requests.js").Requests} Requests */
/** @typedef {import("./types.js").State} State */
/** @typedef {ReturnType<typeof makeProbeMoves>} ProbeMoves */
/** @typedef {(number | string)[]} Coordinates numbers, or texts as they were typed */

const PROBE = "probe"; // what a teacher's link calls moving it
const CLICKING = 4; // px that a pointer may move while it clicks
const KEY_STEPS = 100, FAR_STEPS = 10; // of the arrow keys along an axis, or up to ten times so many; with Shift

/**
 * The point after an arrow key: further on round numbers along the map's axes, and not off the map.
 * @param {import("./slice.js").Slice} slice
 * @param {number[]} point
 * @param {[across: number, up: number]} way
 * @param {boolean} far
 */
export function probeMoved(slice, point, way, far) {
  const place = placeOn(slice, point), moved = place.map((at, k) => {
    const axis = slice.axes[k], unit = roundUnit(axis, KEY_STEPS) * (far ? FAR_STEPS : 1);
    return way[k] ? roundedOn(axis, at + (way[k] * unit) / axis.deviation, unit) : at;
  });
  return pointAt(slice, point, moved[0], moved[1]);
}

/**
 * The point at a place of the plane; where that shows inputs the others stay as they are, to the bit.
 * @param {import("./slice.js").Slice} slice
 * @param {number[]} point
 * @param {number} u
 * @param {number} v
 */
export function pointAt(slice, point, u, v) {
  const { inputs } = slice;
  return inputs ? point.map((value, d) => (d === inputs[0] ? u : d === inputs[1] ? v : value)) : pointOn(slice, u, v);
}

/**
 * @param {State} state
 * @param {Pick<Requests, "wish" | "waits">} requests
 * @param {() => void} arrived called when the probe has come to rest at another place
 */
export function makeProbeMoves(state, requests, arrived) {
  /** @type {Coordinates | null} */
  let wanted = null; // where it is to be, until the server has answered
  let carrying = false;

  /** @param {Record<string, unknown>} change */
  function ask(change) {
    if (!isOff(PROBE)) requests.wish({ kind: "probe", change });
  }
  /** @param {(string | number | null | undefined)[]} values null or undefined: stays as it is */
  function place(values) {
    if (!state.header) return;
    wanted = (wanted || state.header.probe.point).map((old, k) => values[k] ?? old);
    ask({ values: wanted });
  }

  /** Where it will be: what was typed is in the data's units. @returns {number[]} */
  function destination() {
    const { header } = state;
    if (!header) return [];
    return (wanted || header.probe.point).map((value, k) =>
      (typeof value === "string" ? asSeen(inputAxis(header.dataset, k), Number(value)) : value));
  }
  /** @param {number[]} point @param {boolean} done */
  function carryTo(point, done) {
    if (isOff(PROBE)) return;
    Object.assign(state, { carried: point, dirty: true });
    carrying = !done;
    followSlice(state);
    place(point);
  }

  return {
    place,

    /** To a place of the map, under the pointer. @param {[u: number, v: number]} at @param {boolean} done */
    carry(at, done) {
      if (state.header && state.slice) carryTo(pointAt(state.slice, destination(), ...at), done);
    },

    /** One coordinate, by a slider. @param {number} d @param {number} value @param {boolean} done */
    slide(d, value, done) {
      const { header, carried } = state;
      if (header) carryTo(probePoint({ carried, header }).map((old, k) => (k === d ? value : old)), done);
    },

    /** Back to a point. @param {number[]} point */
    putBack: (point) => carryTo(point, true),

    /** By an arrow key. @param {[across: number, up: number]} way @param {boolean} far */
    step(way, far) {
      if (state.slice) place(probeMoved(state.slice, destination(), way, far));
    },

    /** The target of the loss, as it was chosen or typed. @param {string | number} target */
    aim: (target) => ask({ target }),

    /** To a data point. @param {number} n */
    use: (n) => ask({ at: n }),

    /** After an answer. @param {string | undefined} kind of the request */
    answered(kind) {
      if (kind !== "probe" || carrying || requests.waits("probe")) return;
      wanted = state.carried = null;
      followSlice(state);
      requests.wish({ kind: "keep" });
      arrived();
    },

    forget() {
      wanted = state.carried = null;
      carrying = false;
    },
  };
}

/**
 * The request for the shown frame as it looks from where the probe is now, with the numbers of the open inside view;
 * null while it plays, or if it is known.
 * @param {State} state
 */
export function probeRequest({ header, frame, playing, seek, shown }) {
  if (!header || !frame || playing || seek !== null || frame.frame !== shown) return null;
  const isSeen = !header.inside.view || frame.looked === header.inside.number;
  return isSeen && frame.probed === header.probe.number ? null : { kind: "frame", at: shown };
}

/**
 * Lets the probe be dragged: by its handle, or with a mouse from anywhere on the map; a finger there scrolls the page.
 * @param {object} dragging
 * @param {HTMLElement} dragging.root
 * @param {State} dragging.state
 * @param {ReturnType<typeof import("./map.js").makeMap>} dragging.map
 * @param {ProbeMoves} dragging.moves
 * @returns {() => boolean} whether the press that has just ended was a drag, and so isn't a click
 */
export function listenToProbe({ root, state, map, moves }) {
  const plot = find(root, ".plot"), handle = find(root, ".probe-handle");
  /** @type {{ x: number, y: number, point: number[] } | null} */
  let from = null;
  let dragged = false;

  /** @param {import("../../live/kit/drag.js").Phase} phase @param {PointerEvent} event */
  function follow(phase, event) {
    if (!isShown(state) || (event.currentTarget === plot && event.pointerType === "touch")) return;
    if (phase === "down") {
      from = { x: event.clientX, y: event.clientY, point: state.header.probe.point };
      dragged = false;
      return;
    }
    if (!from) return;
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > CLICKING) dragged = true;
    const box = plot.getBoundingClientRect();
    if (dragged && phase === "cancel") moves.putBack(from.point);
    else if (dragged) moves.carry(map.placeAt(event.clientX - box.left, event.clientY - box.top), phase === "up");
    if (phase !== "move") from = null;
  }
  for (const node of [plot, handle]) listenForDrag(node, (_x, _y, phase, event) => follow(phase, event));
  handle.onkeydown = (event) => {
    const way = wayOf(event);
    if (!way || !isShown(state) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    moves.step(way, event.shiftKey);
  };
  return () => dragged;
}
