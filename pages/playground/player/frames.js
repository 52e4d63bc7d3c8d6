// Keeps the frames around the shown one and says which to ask for next.

const KEPT_FRAMES = 600, KEPT_BYTES = 96e6;
const RAMP = [5, 10, 20, 30]; // frames asked for after Play: few at first, so that the answer is quick

function makeFrames(state) {
  let ramp = 0, quietUntil = 0;
  const frames = {
    hurry() { [ramp, quietUntil] = [0, 0]; },
    ahead() { // how many frames follow the shown one without a gap
      let ahead = 0;
      while (ahead < 120 && state.frames.has(state.shown + ahead + 1)) ahead++;
      return ahead;
    },
    answered(before) { // an answer that brought nothing new is not asked for again at once
      if (state.playing) ramp = Math.min(ramp + 1, RAMP.length - 1);
      if (frames.ahead() === before) quietUntil = performance.now() + 250;
    },
    dropAfter(frame) {
      for (const kept of state.frames.keys()) if (kept > frame) state.frames.delete(kept);
      state.history.cutAfter(frame);
      Object.assign(state, { seen: frame, seek: null, readout: null });
      ramp = 0;
    },
    forgetFar() {
      const limit = Math.max(60, Math.min(KEPT_FRAMES, Math.floor(KEPT_BYTES / state.frameBytes)));
      if (state.frames.size <= limit) return;
      const far = [...state.frames.keys()].sort((a, b) => Math.abs(b - state.shown) - Math.abs(a - state.shown));
      for (const frame of far.slice(0, state.frames.size - limit + 30)) state.frames.delete(frame);
    },
    wanted() {
      const { header, seek, shown } = state;
      if (!state.frame || performance.now() < quietUntil) return null;
      const ahead = frames.ahead(), end = shown + ahead;
      if (seek !== null && seek !== end + 1 && seek <= header.last) return { kind: "frame", at: seek };
      if (header.stopped && end >= header.last) return null;
      if (seek !== null) return { kind: "frames", after: end, count: Math.min(30, Math.max(5, seek - end)) };
      if (state.playing && ahead < header.fps) return { kind: "frames", after: end, count: RAMP[ramp] };
      return ahead < 2 ? { kind: "frames", after: end, count: RAMP[0] } : null;
    },
  };
  return frames;
}
