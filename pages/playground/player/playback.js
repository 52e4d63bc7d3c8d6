// Plays the frames at a steady rate, and shows any one of them that is asked for.

/** @typedef {import("../../live/kit/requests.js").Requests} Requests */
/** @typedef {import("./frames.js").Frames} Frames */
/** @typedef {import("./types.js").State} State */
/** @typedef {ReturnType<typeof makePlayback>} Playback */

const SETTLE_AFTER = 150; // ms of rest, after which the page around follows
const LONGEST_TICK = 100; // ms that count of a pause between two ticks
const MOST_AHEAD = 1.5; // frames by which the clock may be ahead of what is shown, as when none have come
const DUE = 0.95; // of a frame: two ticks of the screen are rarely an exact frame's time

/** Shows a frame, or as long as it has not come only its number. @param {State} state @param {number} frame */
export function showFrame(state, frame) {
  state.shown = frame;
  state.frame = state.frames.get(frame) || state.frame;
  state.seen = Math.max(state.seen, frame);
  state.dirty = true;
}

/** Whether training has ended at the shown frame. @param {Pick<State, "header" | "shown">} state */
export const isAtEnd = ({ header, shown }) => Boolean(header?.stopped && shown >= header.last);

/**
 * The nearest frame that can exist.
 * @param {{ last: number, stopped: string | null }} header
 * @param {number} frame
 */
export const possibleFrame = ({ last, stopped }, frame) => Math.max(0, stopped ? Math.min(frame, last) : frame);

/**
 * How many frames are due after a time in ms; a fraction of one, or more than one.
 * @param {number} clock the same before
 * @param {number} elapsed
 * @param {number} fps
 */
export const framesDue = (clock, elapsed, fps) =>
  Math.min(MOST_AHEAD, clock + (Math.min(LONGEST_TICK, elapsed) * fps) / 1000);

/** Says when the next frame is due. */
function makeClock() {
  let frames = 0, lastTick = 0;
  return {
    start() { frames = 1; },
    spend() { frames -= 1; },

    /** @param {number} now in ms @param {number} [fps] frames a second; 0 while it stands still */
    isDue(now, fps = 0) {
      const elapsed = now - lastTick;
      lastTick = now;
      if (fps) frames = framesDue(frames, elapsed, fps);
      return fps > 0 && frames > DUE;
    },
  };
}

/**
 * Tells the server once the picture has come to rest, so that the page around follows.
 * @param {State} state
 * @param {Requests} requests
 */
function makeSettling(state, requests) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const stopSettling = () => clearTimeout(timer);

  function settle(wait = SETTLE_AFTER) {
    stopSettling();
    timer = setTimeout(() => {
      if (!state.playing && state.seek === null && state.frame) requests.wish({ kind: "settle" });
    }, wait);
  }
  return { settle, stopSettling };
}

/**
 * @param {State} state
 * @param {Frames} frames
 * @param {Requests} requests
 */
export function makePlayback(state, frames, requests) {
  const { settle, stopSettling } = makeSettling(state, requests);
  const clock = makeClock();

  function play() {
    state.playPressedAt = performance.now(); // counts for a run that is on its way, too
    if (!state.frame || isAtEnd(state)) return;
    Object.assign(state, { playing: true, seek: null, notice: "", dirty: true });
    clock.start();
    frames.hurry();
    requests.forget("settle");
    requests.next(frames.wanted);
  }

  function pause() {
    Object.assign(state, { playPressedAt: -1, playsThere: false });
    if (!state.playing) return;
    Object.assign(state, { playing: false, dirty: true });
    settle(0); // at once: who leaves the page now finds all that was shown
  }

  /** @param {number} wanted */
  function goTo(wanted) {
    if (!state.frame || !state.header) return;
    const frame = possibleFrame(state.header, wanted);
    Object.assign(state, { notice: "", dirty: true });
    if (state.frames.has(frame)) {
      state.seek = null;
      showFrame(state, frame);
      settle();
    } else state.seek = frame;
    requests.next(frames.wanted);
  }

  return {
    play, pause, settle, stopSettling,

    /** Goes on to a frame, without being asked by a press. @param {number} frame @param {boolean} plays from there */
    goOnTo(frame, plays) {
      const { header, notice } = state, seek = header && possibleFrame(header, frame);
      if (frame !== state.shown) Object.assign(state, { seek, playsThere: plays });
      else if (plays) play();
      state.notice = notice; // what has just been said stays
    },

    /** Shows the frame that the timeline leads to. @param {number} frame */
    scrubTo(frame) {
      pause();
      goTo(frame);
    },

    /** @param {number} count */
    stepBy(count) {
      pause();
      goTo((state.seek === null ? state.shown : state.seek) + count);
    },

    /** Asks for a new start of the run, or for new weights. @param {"reset" | "new-weights"} kind */
    startAgain(kind) {
      pause();
      stopSettling();
      requests.wish({ kind });
    },

    /** Shows frames that arrive on the way to the one that is wanted, which ends it. @param {number | null} arrived */
    land(arrived) {
      if (state.seek !== null && state.frames.has(state.seek)) {
        showFrame(state, state.seek);
        state.seek = null;
        if (state.playsThere) play();
        else settle();
        state.playsThere = false;
      } else if (state.seek !== null && arrived !== null && state.frames.has(arrived)) showFrame(state, arrived);
    },

    /** Shows the next frame if it is due. @param {number} now in ms */
    tick(now) {
      const isPlaying = state.playing && !state.silent;
      if (!clock.isDue(now, isPlaying ? state.header?.fps : 0)) return;
      if (state.frames.has(state.shown + 1)) {
        clock.spend();
        showFrame(state, state.shown + 1);
        if (state.frame?.changed) requests.wish({ kind: "settle" }); // the controls around show what holds from here on
      } else if (isAtEnd(state)) pause();
    },
  };
}
