// The history of losses by frame, and the timeline with its scrubber.

import { element, find, findAs } from "../../live/kit/elements.js";
import { epochText } from "../../live/kit/format.js";
import { makeMomentMarks } from "./diagnosis-timeline.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {ReturnType<typeof makeHistory>} History */
/** @typedef {Record<typeof HISTORY[number], Float64Array>} Losses epochs and losses of frames that follow each other */

/** The scalars that are kept of every frame. */
const HISTORY = /** @type {const} */ (["epoch", "train_loss", "test_loss"]);

/** @param {Float64Array} numbers @param {number} size */
function longer(numbers, size) {
  const grown = new Float64Array(size);
  grown.set(numbers);
  return grown;
}

/** Epoch and losses of every frame so far; of frames that were never sent, those on a straight line between. */
export function makeHistory() {
  return {
    count: 0,
    complete: 0, // how many frames have come, from frame 0 on and without a gap
    epoch: new Float64Array(1024),
    train_loss: new Float64Array(1024),
    test_loss: new Float64Array(1024),

    /**
     * Takes up a frame; those left out before it are filled in.
     * @param {number} frame
     * @param {(name: typeof HISTORY[number]) => number} valueOf
     */
    put(frame, valueOf) {
      const before = this.count - 1;
      for (const name of HISTORY) {
        if (frame >= this[name].length) this[name] = longer(this[name], 2 ** Math.ceil(Math.log2(frame + 1)));
        const value = valueOf(name), start = before < 0 ? value : this[name][before];
        for (let k = this.count; k < frame; k++) {
          const share = before < 0 ? 1 : (k - before) / (frame - before);
          this[name][k] = start + (value - start) * share;
        }
        this[name][frame] = value;
      }
      this.count = Math.max(this.count, frame + 1);
      if (frame === this.complete) this.complete++;
    },

    /** Forgets the frames after one. @param {number} frame */
    cutAfter(frame) {
      this.count = Math.min(this.count, frame + 1);
      this.complete = Math.min(this.complete, frame + 1);
    },

    /**
     * A copy of some frames.
     * @param {number} from
     * @param {number} to
     * @returns {Losses}
     */
    part(from, to) {
      const { epoch, train_loss, test_loss } = this;
      return {
        epoch: epoch.slice(from, to + 1), train_loss: train_loss.slice(from, to + 1),
        test_loss: test_loss.slice(from, to + 1),
      };
    },

    /** The frame, not after `last`, whose epoch is nearest. @param {number} epoch @param {number} last */
    frameOf(epoch, last) {
      let low = 0, high = Math.min(last, this.count - 1);
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.epoch[middle] < epoch) low = middle + 1;
        else high = middle;
      }
      return low > 0 && epoch - this.epoch[low - 1] < this.epoch[low] - epoch ? low - 1 : low;
    },
  };
}

/**
 * The numbers below the timeline.
 * @param {number} extent the epoch at its end
 * @param {number} parts into how many they divide it
 */
function tickNodes(extent, parts) {
  return Array.from({ length: parts + 1 }, (_, k) => {
    const tick = element("span", {}, String(+((extent * k) / parts).toFixed(2)));
    tick.style.left = (100 * k) / parts + "%";
    return tick;
  });
}

/**
 * Calls `scrub` for the place of a press and for each to which it is dragged.
 * @param {HTMLInputElement} input
 * @param {() => boolean} ready whether there is something to scrub
 * @param {(event: PointerEvent) => void} scrub
 */
function listenForScrubbing(input, ready, scrub) {
  let dragging = false;
  input.onpointerdown = (event) => {
    if (event.button || !ready()) return;
    event.preventDefault(); // the epoch axis need not be even in frames, so the place is read from it
    input.focus({ preventScroll: true });
    input.setPointerCapture(event.pointerId);
    dragging = true;
    scrub(event);
  };
  input.onpointermove = (event) => { if (dragging) scrub(event); };
  input.onpointerup = input.onpointercancel = () => { dragging = false; };
}

/**
 * @param {ParentNode} box
 * @param {(frame: number) => void} seek called with the frame that is to be shown
 */
export function makeTimeline(box, seek) {
  const input = findAs(box, "input", HTMLInputElement), track = find(box, ".track"), ticks = find(box, ".ticks");
  const fill = find(box, ".fill"), thumb = find(box, ".thumb");
  const moments = makeMomentMarks(find(box, ".moments"));
  let extent = 0, narrow = false, width = 0;
  /** @type {Shown | null} */
  let drawn = null;

  listenForScrubbing(input, () => drawn !== null && !input.disabled, ({ clientX }) => {
    if (!drawn) return;
    const bounds = track.getBoundingClientRect(), epoch = ((clientX - bounds.left) / bounds.width) * extent;
    seek(drawn.history.frameOf(epoch, drawn.header.last));
  });
  input.oninput = () => seek(+input.value);

  return {
    /** @param {boolean} isNarrow whether the page is */
    layout(isNarrow) {
      narrow = isNarrow;
      width = track.clientWidth;
      extent = 0;
    },

    /** @param {Shown} state */
    draw(state) {
      const { history, header } = drawn = state, frame = state.seek === null ? state.shown : state.seek;
      if (state.extent !== extent) {
        extent = state.extent;
        ticks.replaceChildren(...tickNodes(extent, narrow ? 3 : 6));
      }
      const epoch = history.epoch[Math.min(frame, history.count - 1)];
      const place = Math.round((1000 * width * epoch) / extent) / 1000;
      fill.style.transform = `translateX(${place - width}px)`;
      thumb.style.transform = `translateX(${place}px)`;
      moments.draw(state, width);
      if (+input.max !== header.last) input.max = String(header.last);
      if (+input.value !== frame) input.value = String(frame);
      const said = "epoch " + epochText(epoch); // a key has moved the input itself already
      if (input.getAttribute("aria-valuetext") !== said) input.setAttribute("aria-valuetext", said);
    },
  };
}
