// Takes up what the server sends: a new run, a changed one, or more frames of the same.

import { readPayload } from "../../live/kit/protocol.js";
import { takeDiagnoses } from "./diagnosis-state.js";
import { focusKey, isParameter, takeInspection } from "./focus.js";
import { forgetFarFrames, framesAhead, workOn } from "./frames.js";
import { numbersOf } from "./inside-state.js";
import { makePictures } from "./pictures.js";
import { showFrame } from "./playback.js";
import { networkShape } from "./shape.js";
import { followSlice } from "./slice-state.js";
import { makeHistory } from "./timeline.js";

/** @typedef {import("../../live/kit/requests.js").Request} Request */
/** @typedef {import("./types.js").Blocks} Blocks */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").SentHeader} SentHeader */
/** @typedef {import("./types.js").State} State */
/** @typedef {{ header: SentHeader, blocks: Blocks, frames: Frame[] }} PlayerPayload */

/**
 * What a payload means for what is shown: another run; the run, rewritten from a frame on by an edit of a weight;
 * the run, going on from the shown frame with other settings; or nothing new.
 * @typedef {"new" | "rewritten" | "changed" | "same"} Arrival
 */

/**
 * Who must know of what has come.
 * @typedef {object} Receivers
 * @property {State} state
 * @property {import("../../live/kit/requests.js").Requests} requests
 * @property {import("./frames.js").Frames} frames
 * @property {import("./playback.js").Playback} playback
 * @property {import("./focus.js").FocusKeeper} focus
 * @property {import("./edits.js").Edits} edits
 * @property {import("./recovery.js").Recovery} recovery
 * @property {import("./probe-moves.js").ProbeMoves} moves
 * @property {import("./inside-state.js").InsideKeeper} inside
 * @property {(header: Header) => void} linked takes a link that was asked for
 * @property {import("./keeping.js").Keeping} keeping
 * @property {() => void} rewritten the curve is another one
 * @property {() => void} begin a new run, or another plane of the map, is to be laid out
 * @property {() => void} describe the texts beside the diagram may be others
 */

/**
 * @param {Pick<Header, "session" | "run" | "generation"> | null} old
 * @param {Pick<Header, "session" | "run" | "generation" | "last">} header
 * @param {number} shown
 * @param {string | undefined} kind of the request that it answers
 * @returns {Arrival}
 */
export function arrivalOf(old, header, shown, kind) {
  if (!old || header.session !== old.session || header.run !== old.run) return "new";
  const changed = header.generation !== old.generation;
  if (changed && (kind === "set" || kind === "undo")) return "rewritten";
  if (header.last < shown) return "new";
  return changed ? "changed" : "same";
}

/**
 * The learning rate is worth showing once it has changed by itself, not by the control.
 * @param {Pick<State, "rates">} state
 * @param {Pick<Header, "run" | "generation">} header
 * @param {Pick<Frame, "learning_rate">} frame
 */
export function noteRate(state, { run, generation }, { learning_rate: rate }) {
  const of = run + " " + generation;
  if (state.rates.of !== of) state.rates = { of, rate, vary: false };
  else if (rate !== state.rates.rate) state.rates.vary = true;
}

/**
 * A header with what an earlier one has told of the run; null if neither tells of it, or if what the run's maps are
 * computed from hasn't come.
 * @param {Pick<State, "header" | "described" | "ground">} state
 * @param {SentHeader} sent
 * @returns {Header | null}
 */
export function wholeHeader({ header: old, described: known, ground }, { described: told, ...header }) {
  const described = told || (old?.session === header.session && old.run === header.run ? known : null);
  return described && described.ground === ground?.name ? { ...described, ...header } : null;
}

/** From which frame on the diagnoses' numbers are out of date. @param {Arrival} arrival @param {number} seen */
const outdatedFrom = (arrival, seen) => ({ new: 0, rewritten: seen, changed: seen, same: Infinity })[arrival];

/** @param {State} state @param {SentHeader} header @param {Blocks} blocks */
function takeGround(state, { described }, { rows, columns, edges, tables }) {
  if (described && tables) state.ground = { name: described.ground, rows, columns, edges, tables };
}

/** @param {Receivers} receivers @param {Header} header */
function startRun({ state, focus, playback, moves, inside }, header) {
  const net = networkShape(header);
  state.frames.clear();
  Object.assign(state, {
    history: makeHistory(), before: null, frame: null, seen: 0, seek: null, playing: false, playsThere: false,
    readout: null, notice: "", walk: null, work: null, net,
    pictures: state.ground && makePictures(header, net, state.ground),
  });
  focus.forget();
  moves.forget();
  inside.begin(-1);
  playback.stopSettling();
}

/**
 * Forgets what lies after a frame, because the run goes on in another way from there; the curve that has been seen
 * stays for comparison.
 * @param {Receivers} receivers
 * @param {number} frame
 */
function goOnFrom({ state, frames, rewritten, inside }, frame) {
  if (state.seen > frame) state.before = state.history.part(frame, state.seen);
  frames.dropAfter(frame);
  state.history.cutAfter(frame);
  Object.assign(state, { notice: "", seen: frame, seek: null, readout: null, inspected: null });
  inside.begin(frame);
  rewritten();
}

/**
 * @param {State} state
 * @param {Blocks} blocks
 * @param {Header} header
 * @param {boolean} fresh whether the run is a new one
 */
function takeBlocks(state, blocks, { first, marked = [] }, fresh) {
  const { points, beyond, inputs, "history.frame": numbers } = blocks;
  if (points) Object.assign(state, { points, beyond, marked: { frame: first, places: marked } });
  if (inputs) state.inputTiles = inputs;
  if (!numbers) return;
  for (let k = 0; k < numbers.length; k++) state.history.put(numbers[k], (name) => blocks["history." + name][k]);
  if (fresh) state.seen = Math.max(state.seen, state.history.count - 1);
}

/** Keeps the norms of a frame that tells them. @param {State} state @param {Frame} frame */
function takeNorms(state, frame) {
  const values = numbersOf(state, frame)?.["inside.norms"];
  if (values) state.norms.put(frame.frame, { epoch: frame.epoch, values });
}

/** @param {State} state @param {Header} header @param {Frame[]} arrived */
function takeFrames(state, header, arrived) {
  if (arrived.length) state.frameBytes = header.frame_bytes;
  for (const frame of arrived) {
    frame.changed = header.changes.includes(frame.frame);
    frame.probed = header.probe.number;
    frame.looked = header.inside.number;
    if (state.frame?.frame === frame.frame) state.frame = frame; // as seen from where the probe is now
    state.frames.set(frame.frame, frame);
    state.history.put(frame.frame, (name) => frame[name]);
    takeNorms(state, frame);
    noteRate(state, header, frame);
  }
}

/**
 * Goes on with a run that has just come: to the frame that was shown before, or that a link names; and plays if Play
 * was pressed later than whatever asked for the run. Asks for the whole curve where it came without its beginning.
 * @param {Receivers} receivers
 * @param {Header} header
 */
function goOnWithRun({ state, requests, playback, recovery }, header) {
  const { frame, plays } = recovery.destinationOf(header), playWished = state.playPressedAt > state.changePressedAt;
  if (state.history.complete < state.history.count) requests.wish({ kind: "whole" });
  playback.goOnTo(frame || header.first, plays || playWished);
}

/**
 * Tells the parts that are not drawn with each frame what has changed.
 * @param {Receivers} receivers
 * @param {Arrival} arrival
 * @param {Header} header
 * @param {Header | null} old
 * @param {boolean} turned whether the map shows another plane
 */
function tellOfChange({ state, begin, describe }, arrival, header, old, turned) {
  if (arrival === "new" || arrival === "rewritten") showFrame(state, header.first);
  else if (arrival === "changed") showFrame(state, state.shown);
  if (arrival === "new" || turned) begin();
  else if (old?.unit !== header.unit || header.frozen.length !== old.frozen.length) describe();
}

/**
 * Notes how far the frame is that is being made.
 * @param {Receivers} receivers
 * @param {Header} header
 * @param {Request | null} request
 * @param {number} before how many frames lay ahead until the answer came
 */
function takeProgress({ state, requests, frames, playback }, header, request, before) {
  if (!request) return;
  const { kind, at } = request;
  if (kind === "frames") frames.answered(before);
  if (kind === "frames" || kind === "frame") {
    state.work = workOn(state.work, header, kind === "frame" ? Number(at) : header.first, performance.now());
  }
  if (header.working === null) return; // else the shown frame is still being rebuilt
  if (kind === "settle") playback.settle(0);
  if (kind === "link") requests.wish({ kind });
}

/**
 * A refusal stands at the weight that it is about while that is held, anything else in the player's line.
 * @param {State} state
 * @param {string} sentence
 * @param {Header["refused"]} refused
 */
function takeNotice(state, sentence, refused) {
  const { held } = state, there = isParameter(held) && String(refused) === String([held.l, held.i, held.j]);
  if (there) state.refused = { at: focusKey(held), sentence };
  else state.notice = sentence;
}

/**
 * Hands on what was asked for beside the picture.
 * @param {Receivers} receivers
 * @param {Header} header
 * @param {string} [kind]
 */
function takeAside({ recovery, linked, keeping }, header, kind) {
  recovery.take(header, kind);
  if (kind === "link") linked(header);
  if (kind === "keep-run") keeping.take(header);
}

/**
 * Takes up one payload; asks for the whole if too little has come to make sense of it.
 * @param {Receivers} receivers
 * @param {PlayerPayload} payload
 */
export function takePayload(receivers, { header: sent, blocks, frames: arrived }) {
  const { state, requests, frames, playback, edits } = receivers, old = state.header;
  const request = requests.answered(sent), kind = request?.kind, before = framesAhead(state);
  takeGround(state, sent, blocks);
  const header = wholeHeader(state, sent);
  if (!header) {
    requests.wish({ kind: "whole" });
    return;
  }
  if (sent.described) state.described = sent.described;
  const arrival = arrivalOf(old, header, state.shown, kind), fresh = arrival === "new";
  if (fresh) receivers.keeping.leave(old, header);
  state.header = header;
  if (fresh) startRun(receivers, header);
  else if (arrival !== "same") goOnFrom(receivers, arrival === "rewritten" ? header.first : state.shown);
  takeDiagnoses(state, header, outdatedFrom(arrival, state.seen));
  takeBlocks(state, blocks, header, fresh);
  takeFrames(state, header, arrived);
  const turned = followSlice(state);
  takeInspection(state, header, blocks);
  if (blocks.points && !header.refused) state.refused = null;
  if (header.notice && blocks.points && (fresh || kind !== "settle")) takeNotice(state, header.notice, header.refused);
  takeProgress(receivers, header, request, before);
  if (state.seek !== null && header.stopped) state.seek = Math.min(state.seek, header.last);
  edits.answered();
  receivers.moves.answered(kind);
  receivers.inside.take(header, blocks, kind);
  tellOfChange(receivers, arrival, header, old, turned);
  playback.land(request && kind === "frame" ? Number(request.at) : null);
  forgetFarFrames(state);
  if (fresh) goOnWithRun(receivers, header);
  takeAside(receivers, header, kind);
  state.dirty = true;
  requests.next(frames.wanted);
}

const LONGEST_HOLD = 2000; // ms for which a payload is held back at most

/**
 * A function that takes up what the server sends; the same bytes, sent once more, only once.
 * @param {Receivers} receivers
 */
export function makeReceiver(receivers) {
  /** @type {Uint8Array | null} */
  let latest = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let held;
  /** @param {Uint8Array} bytes */
  return (bytes) => {
    if (bytes === latest) return;
    latest = bytes;
    const payload = /** @type {PlayerPayload} */ (readPayload(bytes));
    clearTimeout(held);
    if (receivers.recovery.holdsBack(payload.header)) held = setTimeout(takePayload, LONGEST_HOLD, receivers, payload);
    else takePayload(receivers, payload);
  };
}
