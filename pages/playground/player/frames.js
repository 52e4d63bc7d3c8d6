// Keeps the frames around the shown one and says which to ask for next.

/** @typedef {import("../../live/kit/requests.js").Request} Request */
/** @typedef {import("./types.js").Header} Header */

/**
 * What the choice of frames depends on.
 * @typedef {object} FrameState
 * @property {Pick<Header, "last" | "stopped" | "fps" | "working"> | null} header
 * @property {Map<number, unknown>} frames
 * @property {number} frameBytes
 * @property {unknown} frame the shown one; nothing is asked for before there is one
 * @property {number} shown
 * @property {number | null} seek
 * @property {boolean} playing
 */

const KEPT_FRAMES = 600, KEPT_BYTES = 96e6; // at most; of large frames at least KEPT_ANYWAY
const KEPT_ANYWAY = 60;
const SPARE = 30; // further frames that are forgotten with those beyond the limit, so that it isn't due at once again
const FAR_AHEAD = 120; // frames; how many more there are makes no difference
const RAMP = [5, 10, 20, 30]; // frames asked for after Play: few at first, so that the answer is quick
const SEEK_COUNT = { least: 5, most: 30 }; // frames asked for on the way to one that doesn't exist yet
const QUIET = 250; // ms until it is asked again after an answer that brought nothing new
const LONG = 1000; // ms after which it is said how far a frame is that is being made

/**
 * How many frames follow the shown one without a gap.
 * @param {Pick<FrameState, "frames" | "shown">} state
 */
export function framesAhead({ frames, shown }) {
  let ahead = 0;
  while (ahead < FAR_AHEAD && frames.has(shown + ahead + 1)) ahead++;
  return ahead;
}

/**
 * The frame that is being made: how far it is, since when, and whether that takes long.
 * @param {import("./types.js").State["work"]} before
 * @param {Pick<Header, "working">} header of the answer to a request for frames
 * @param {number} frame the first that was asked for
 * @param {number} now the time in ms
 */
export function workOn(before, { working: share }, frame, now) {
  if (share === null) return null;
  const since = before?.frame === frame ? before.since : now;
  return { frame, share, since, long: now - since > LONG };
}

/** Whether what was asked for is still being made. @param {Pick<Header, "working"> | null} header */
const isWorking = (header) => header !== null && header.working !== null;

/** How many frames are kept. @param {number} frameBytes */
const mostKept = (frameBytes) => Math.max(KEPT_ANYWAY, Math.min(KEPT_FRAMES, Math.floor(KEPT_BYTES / frameBytes)));

/** Forgets frames far from the shown one where there are too many. @param {FrameState} state */
export function forgetFarFrames({ frames, frameBytes, shown }) {
  const surplus = frames.size - mostKept(frameBytes);
  if (surplus <= 0) return;
  const far = [...frames.keys()].sort((a, b) => Math.abs(b - shown) - Math.abs(a - shown));
  for (const frame of far.slice(0, surplus + SPARE)) frames.delete(frame);
}

/**
 * The request for the frames that are wanted next, or null.
 * @param {FrameState} state
 * @param {number} count how many to ask for while playing
 * @returns {Request | null}
 */
export function framesWanted(state, count) {
  const { header, seek, shown } = state;
  if (!state.frame || !header) return null;
  const ahead = framesAhead(state), end = shown + ahead;
  if (seek !== null && seek !== end + 1 && seek <= header.last) return { kind: "frame", at: seek };
  if (header.stopped && end >= header.last) return null;
  if (seek !== null) {
    return { kind: "frames", after: end, count: Math.min(SEEK_COUNT.most, Math.max(SEEK_COUNT.least, seek - end)) };
  }
  if (state.playing && ahead < header.fps) return { kind: "frames", after: end, count };
  return ahead < 2 ? { kind: "frames", after: end, count: RAMP[0] } : null;
}

/** @typedef {ReturnType<typeof makeFrames>} Frames */

/**
 * Asks for more frames at a time the longer a run plays, and is quiet for a while when none come.
 * @param {FrameState} state
 * @param {() => number} now the time in ms
 */
export function makeFrames(state, now = () => performance.now()) {
  let ramp = 0, quietUntil = 0;
  return {
    /** Begins with few frames, at once. */
    hurry() { [ramp, quietUntil] = [0, 0]; },

    /** Notes an answer. @param {number} before how many frames lay ahead until it came */
    answered(before) {
      if (state.playing) ramp = Math.min(ramp + 1, RAMP.length - 1);
      if (framesAhead(state) === before && !isWorking(state.header)) quietUntil = now() + QUIET;
    },

    /** Forgets all frames after one, which are out of date. @param {number} frame */
    dropAfter(frame) {
      for (const kept of state.frames.keys()) if (kept > frame) state.frames.delete(kept);
      ramp = 0;
    },

    /** What to ask for now, or null. */
    wanted: () => (now() < quietUntil ? null : framesWanted(state, RAMP[ramp])),
  };
}
