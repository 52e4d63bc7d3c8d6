// The history of losses by frame, and the timeline with its scrubber.

const HISTORY = ["epoch", "train_loss", "test_loss"]; // the scalars that are kept of every frame

function makeHistory() {
  const grow = (old, size) => {
    const wider = new Float64Array(size);
    wider.set(old);
    return wider;
  };
  const history = { count: 0 };
  for (const name of HISTORY) history[name] = new Float64Array(1024);
  history.put = (frame, valueOf) => {
    if (frame >= history.epoch.length) {
      const size = 2 ** Math.ceil(Math.log2(frame + 1));
      for (const name of HISTORY) history[name] = grow(history[name], size);
    }
    const before = history.count - 1; // frames that were left out lie on a straight line
    for (const name of HISTORY) {
      const value = valueOf(name), start = before < 0 ? value : history[name][before];
      for (let k = history.count; k < frame; k++) {
        const share = before < 0 ? 1 : (k - before) / (frame - before);
        history[name][k] = start + (value - start) * share;
      }
      history[name][frame] = value;
    }
    history.count = Math.max(history.count, frame + 1);
  };
  history.cutAfter = (frame) => { history.count = Math.min(history.count, frame + 1); };
  // The frame whose epoch is nearest.
  history.frameOf = (epoch, last) => {
    let low = 0, high = Math.min(last, history.count - 1);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (history.epoch[middle] < epoch) low = middle + 1; else high = middle;
    }
    return low > 0 && epoch - history.epoch[low - 1] < history.epoch[low] - epoch ? low - 1 : low;
  };
  return history;
}

function makeTimeline(box, seek) {
  const input = box.querySelector("input"), fill = box.querySelector(".fill"), thumb = box.querySelector(".thumb");
  const ticks = box.querySelector(".ticks"), track = box.querySelector(".track");
  let extent = 0, narrow = false, width = 0, dragging = false, state = null;
  const toPointer = (event) => {
    const frame = track.getBoundingClientRect();
    const epoch = ((event.clientX - frame.left) / frame.width) * extent;
    seek(state.frameOfEpoch(epoch, state.header.last));
  };
  input.onpointerdown = (event) => {
    if (event.button || !state) return;
    event.preventDefault(); // the epoch axis need not be even in frames, so the place is read from it
    input.focus({ preventScroll: true });
    input.setPointerCapture(event.pointerId);
    dragging = true;
    toPointer(event);
  };
  input.onpointermove = (event) => { if (dragging) toPointer(event); };
  input.onpointerup = input.onpointercancel = () => { dragging = false; };
  input.oninput = () => seek(+input.value);
  return {
    layout(newNarrow) {
      narrow = newNarrow;
      width = track.clientWidth;
      extent = 0;
    },
    draw(newState) {
      state = newState;
      if (state.extent !== extent) {
        extent = state.extent;
        const parts = narrow ? 3 : 6;
        ticks.replaceChildren(...Array.from({ length: parts + 1 }, (_, k) => {
          const tick = element("span", {}, String(+((extent * k) / parts).toFixed(2)));
          tick.style.left = (100 * k) / parts + "%";
          return tick;
        }));
      }
      const frame = state.seek === null ? state.shown : state.seek;
      const epoch = state.history.epoch[Math.min(frame, state.history.count - 1)], place = Math.round((1000 * width * epoch) / extent) / 1000;
      fill.style.transform = `translateX(${place - width}px)`;
      thumb.style.transform = `translateX(${place}px)`;
      if (+input.max !== state.header.last) input.max = state.header.last;
      if (+input.value !== frame) {
        input.value = frame;
        input.setAttribute("aria-valuetext", "epoch " + epochText(epoch));
      }
    },
  };
}
