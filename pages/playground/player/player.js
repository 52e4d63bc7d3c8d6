// Plays the frames of a training run at a steady rate and joins all parts: what arrives, what is drawn, what is pressed.

const ONE_COLUMN = 720; // px; player.css changes there too,
const SIDE_BY_SIDE = 900; // and there
const SLIDE = 1028; // px of a picture that is saved from a narrower player
const LEAST_CURVE = 124; // px of height that the loss curve keeps where the window is low
const AROUND_MAP = { width: 98, height: 70 }; // axis and legend beside the map, its head and axis above and below

function start(host) {
  host.innerHTML = PAGE; // player.html and player.css, put before this code when it is sent
  const root = host.querySelector(".player"), find = (selector) => root.querySelector(selector);
  const state = {
    header: null, net: null, frames: new Map(), frameBytes: 1, frame: null, shown: 0, seen: 0, seek: null, playing: false,
    history: makeHistory(), extent: 150, points: null, beyond: null, inputTiles: null, notice: "", rates: { vary: false },
    focus: null, held: null, mapped: null, walk: null, typing: false, byKey: false, inspected: null,
    colors: null, readout: null, discretize: false, showTest: true, logScale: true,
    frameOfEpoch: (epoch, last) => state.history.frameOf(epoch, last),
  };
  const player = { trigger: () => {} };
  const requests = makeRequests((name, value) => player.trigger(name, value),
    () => ({ run: state.header.run, generation: state.header.generation, shown: state.shown }));
  const frames = makeFrames(state), edits = makeEdits(state, requests), readouts = makeReadouts(root);
  const focus = makeFocus(state, requests, () => {
    if (state.frame && state.colors) describe();
    dirty = true;
  });
  const act = {
    ...edits, pause, small: () => root.clientWidth < ONE_COLUMN, typing: focus.type,
    refuse(sentence) {
      state.notice = sentence;
      dirty = true;
    },
    leave(cancelled) { // out of the field in which a weight is typed, back to where it was opened
      const neuron = state.walk && find(`.neuron[data-key="neuron${state.walk.l},${state.walk.j}"]`);
      root.getRootNode().activeElement.blur();
      if (cancelled) focus.hold(null);
      if (neuron) neuron.focus({ preventScroll: true });
    },
  };
  const diagram = makeDiagram(find(".network")), map = makeMap(find(".axes"), find(".plot"));
  const curve = makeCurve(find(".curve canvas")), timeline = makeTimeline(find(".timeline"), (frame) => { pause(); goTo(frame); });
  const inspector = makeInspector(find(".inspector"), act);
  let dirty = false, clock = 0, lastTick = 0, settleTimer = 0;

  function receive(bytes) {
    if (bytes === player.bytes) return;
    player.bytes = bytes;
    const { header, blocks, frames: arrived } = readPayload(bytes), old = state.header, before = frames.ahead();
    const request = requests.answered(header), kind = request && request.kind;
    const rewritten = old && header.run === old.run && header.generation !== old.generation && (kind === "set" || kind === "undo");
    const fresh = !old || header.run !== old.run || (header.last < state.shown && !rewritten);
    state.header = header;
    if (arrived.length) state.frameBytes = header.frame_bytes;
    if (fresh) startRun();
    else if (header.generation !== old.generation) {
      state.notice = "";
      frames.dropAfter(rewritten ? header.first : state.shown);
      state.inspected = null;
      curve.redraw();
    }
    if (blocks.points) Object.assign(state, { points: blocks.points, beyond: blocks.beyond });
    if (blocks.inputs) state.inputTiles = blocks.inputs;
    if (blocks["history.frame"]) {
      blocks["history.frame"].forEach((frame, k) => state.history.put(frame, (name) => blocks["history." + name][k]));
      if (fresh) state.seen = Math.max(state.seen, state.history.count - 1);
    }
    for (const frame of arrived) {
      state.frames.set(frame.frame, frame);
      state.history.put(frame.frame, (name) => frame[name]);
      noteRate(frame);
    }
    focus.receive(header, blocks);
    if (header.notice && blocks.points && kind !== "settle") state.notice = header.notice;
    if (kind === "frames") frames.answered(before);
    if (state.seek !== null && header.stopped) state.seek = Math.min(state.seek, header.last);
    edits.answered();
    if (fresh || rewritten) show(header.first);
    else if (old.generation !== header.generation) show(state.shown);
    if (fresh) {
      checkTheme();
      layout();
    } else if (old.unit !== header.unit || (header.frozen || []).length !== (old.frozen || []).length) describe();
    land(kind === "frame" ? request.at : null);
    frames.forgetFar();
    dirty = true;
    requests.next(frames.wanted);
  }

  function startRun() {
    state.frames.clear();
    state.history = makeHistory();
    Object.assign(state, { frame: null, seen: 0, seek: null, playing: false, readout: null, notice: "", walk: null, net: networkShape(state.header) });
    focus.forget();
    clearTimeout(settleTimer);
  }

  // The learning rate is worth showing once it has changed by itself, not by the control.
  function noteRate({ learning_rate: rate }) {
    const { run, generation } = state.header, of = run + " " + generation;
    if (state.rates.of !== of) state.rates = { of, rate, vary: false };
    else if (rate !== state.rates.rate) state.rates.vary = true;
  }

  // Scrubbing: frames that arrive on the way are shown, the last one wished for ends it.
  function land(arrived) {
    if (state.seek === null) return;
    if (state.frames.has(state.seek)) {
      show(state.seek);
      state.seek = null;
      settle();
    } else if (arrived !== null && state.frames.has(arrived)) show(arrived);
  }

  function settle(wait = 150) {
    clearTimeout(settleTimer);
    settleTimer = setTimeout(() => {
      if (!state.playing && state.seek === null && state.frame) requests.wish({ kind: "settle" });
    }, wait);
  }

  function play() {
    if (!state.frame || (state.header.stopped && state.shown >= state.header.last)) return;
    Object.assign(state, { playing: true, seek: null, notice: "" });
    clock = 1;
    frames.hurry();
    clearTimeout(settleTimer);
    requests.forget("settle");
    dirty = true;
    requests.next(frames.wanted);
  }
  function pause() {
    if (!state.playing) return;
    state.playing = false;
    dirty = true;
    settle(0); // at once: who leaves the page now finds all that was shown
  }
  function show(frame) {
    state.shown = frame;
    state.frame = state.frames.get(frame) || state.frame;
    state.seen = Math.max(state.seen, frame);
    dirty = true;
  }
  function goTo(frame) {
    if (!state.frame) return;
    frame = Math.max(0, state.header.stopped ? Math.min(frame, state.header.last) : frame);
    state.notice = "";
    if (state.frames.has(frame)) {
      state.seek = null;
      show(frame);
      settle();
    } else state.seek = frame;
    dirty = true;
    requests.next(frames.wanted);
  }
  function stepBy(count) {
    pause();
    goTo((state.seek === null ? state.shown : state.seek) + count);
  }
  function startAgain(kind) {
    pause();
    clearTimeout(settleTimer);
    requests.wish({ kind });
  }
  const actions = {
    play, pause, step: () => stepBy(1), "step-back": () => stepBy(-1), undo: act.undo,
    reset: () => startAgain("reset"), "new-weights": () => startAgain("new-weights"),
    "save-png"() {
      if (!state.frame || !state.colors) return;
      if (root.clientWidth < SIDE_BY_SIDE) { // a slide is wide: laid out so for as long as it takes, unseen
        root.style.width = SLIDE + "px";
        layout();
      } else draw();
      savePicture(root, state, diagram.place);
      if (!root.style.width) return;
      root.style.width = "";
      layout();
    },
  };
  for (const button of root.querySelectorAll(".transport button, .inspector .undo")) {
    button.onclick = () => { if (state.header) actions[button.dataset.action](); };
  }

  function tick(now) {
    player.raf = requestAnimationFrame(tick);
    const elapsed = Math.min(100, now - lastTick);
    lastTick = now;
    if (!state.header) return;
    if (state.playing) {
      clock = Math.min(1.5, clock + (elapsed * state.header.fps) / 1000);
      if (clock > 0.95) {
        if (state.frames.has(state.shown + 1)) {
          clock -= 1;
          show(state.shown + 1);
        } else if (state.header.stopped && state.shown >= state.header.last) pause();
      }
    }
    requests.next(frames.wanted);
    if (dirty) draw();
  }

  function draw() {
    dirty = false;
    const { frame, header, history } = state;
    if (!frame || !state.colors) return;
    state.extent = epochExtent(Math.max(header.unit === "mini-batch" ? 0 : 150 * header.speed, history.epoch[history.count - 1]));
    diagram.draw(state);
    map.draw(state);
    curve.draw(state);
    timeline.draw(state);
    inspector.draw(state);
    readouts.draw(state);
    focus.ask();
  }

  // A button that is being pressed stays until its click has come, whatever arrives in between.
  let pressed = false, outdated = false;
  function release() {
    pressed = false;
    if (outdated) setTimeout(layout);
    outdated = false;
  }
  find(".over").addEventListener("pointerdown", () => { pressed = true; });

  function layout() {
    if (!root.clientWidth || !state.frame || !state.colors) return;
    const stage = find(".stage"), curveBox = find(".curve");
    diagram.layout(state, stage.clientWidth, stage.clientHeight, stage.clientWidth < 480);
    find(".sheet").style.width = diagram.place.width + "px";
    if (pressed) outdated = true;
    else buildControls(find(".over"), state, diagram.place, act);
    const mapBox = find(".map"), tallest = find(".right").clientHeight - LEAST_CURVE - AROUND_MAP.height;
    mapBox.style.width = "";
    if (!act.small()) mapBox.style.width = Math.min(mapBox.clientWidth, tallest + AROUND_MAP.width) + "px";
    mapBox.style.setProperty("--size", mapBox.clientWidth - AROUND_MAP.width + "px");
    map.layout(state, mapBox.clientWidth, act.small());
    curve.layout(curveBox.clientWidth, curveBox.clientHeight);
    timeline.layout(act.small());
    describe();
    draw();
  }

  function describe() { // the texts that change with the focus
    const { mapped, net, header } = state, hidden = root.clientWidth < SIDE_BY_SIDE ? "H " : "Hidden ";
    readouts.write("map-title", !mapped ? (net.outputs > 1 ? "Predicted class" : "Output")
      : mapped.l === net.last ? "Output " + (net.outputs > 1 ? mapped.j + 1 : "") : `${hidden}${mapped.l} · neuron ${mapped.j + 1}`);
    readouts.write("hint", (act.small() ? "Tap" : "Point at") + " a neuron, link, bias or data point for its numbers" + (act.small() ? "." : "; click to hold or edit it."));
    readouts.write("cut", header.dataset.cut);
    find('[data-toggle="test"]').hidden = !hasTestPoints(state);
    find(".frozen-key").hidden = !(header.frozen || []).length;
    fillLegend(find(".map-legend"), state, act.small());
  }

  function checkTheme() {
    const before = state.colors;
    if (!takeTheme(root, state)) return;
    layout();
    if (before) settle(); // the page around has colours too
  }

  for (const button of root.querySelectorAll("[data-toggle]")) {
    button.onclick = () => {
      const name = { discretize: "discretize", test: "showTest", log: "logScale" }[button.dataset.toggle];
      state[name] = !state[name];
      button.setAttribute("aria-pressed", state[name]);
      if (name === "logScale") button.textContent = state.logScale ? "log scale" : "linear scale";
      if (name === "showTest" && state.frame) {
        map.redrawPoints(state);
        if (state.held && state.held.kind === "point") focus.hold(null);
      }
      dirty = true;
    };
  }
  const curveCanvas = find(".curve canvas");
  curveCanvas.onpointermove = curveCanvas.onpointerdown = (event) => {
    if (!state.frame) return;
    state.readout = curve.frameAt(state, event.offsetX);
    dirty = true;
  };
  curveCanvas.onpointerleave = () => {
    state.readout = null;
    dirty = true;
  };
  listenForFocus(find, state, focus, diagram, map, inspector);

  const RELEASES = ["pointerup", "pointercancel"];
  let ends = [];
  player.wake = () => { // on the page
    player.raf = requestAnimationFrame(tick);
    for (const type of RELEASES) window.addEventListener(type, release);
    ends = [listenForKeys(state, actions), keepWatch(root, layout, () => {
      requests.repeat();
      if (state.header) checkTheme();
    })];
  };
  player.rest = () => { // off it
    cancelAnimationFrame(player.raf);
    for (const type of RELEASES) window.removeEventListener(type, release);
    for (const end of ends) end();
  };
  player.receive = receive;
  player.wake();
  return player;
}
