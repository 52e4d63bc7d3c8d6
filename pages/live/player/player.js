// Plays the frames of a training run at a steady rate, asks for more in time, and answers every button and key.

const KEPT_FRAMES = 600, KEPT_BYTES = 96e6;
const RAMP = [5, 10, 20, 30]; // frames asked for after Play: few at first, so that the answer is quick
const LEAVE_ALONE = "input,textarea,select,[contenteditable],[role=slider],[role=spinbutton],[role=textbox],[role=combobox],[role=listbox],[role=option],[role=tab],[role=radio],[role=menuitem]";

function startPlayer(host) {
  host.innerHTML = PAGE; // player.html and player.css, put before this code when it is sent
  const root = host.querySelector(".player"), find = (selector) => root.querySelector(selector);
  const state = {
    header: null, net: null, frames: new Map(), frame: null, shown: 0, seen: 0, seek: null, playing: false,
    history: makeHistory(), extent: 150, points: null, inputTiles: null, notice: "",
    colors: null, focus: null, readout: null, discretize: false, showTest: true, logScale: true,
    frameOfEpoch: (epoch, last) => state.history.frameOf(epoch, last),
  };
  const player = { trigger: () => {} };
  const requests = makeRequests((name, value) => player.trigger(name, value),
    () => ({ run: state.header.run, generation: state.header.generation, shown: state.shown }));
  const diagram = makeDiagram(find(".network")), map = makeMap(find(".axes"), find(".plot"));
  const curve = makeCurve(find(".curve canvas")), timeline = makeTimeline(find(".timeline"), (frame) => { pause(); goTo(frame); });
  const inspector = makeInspector(find(".inspector"));
  const playButton = find('[data-action="play"]');
  let dirty = false, clock = 0, lastTick = 0, ramp = 0, quietUntil = 0, settleTimer = 0, width = 0, sharpness = 0, ground = null, wishes = null;

  function receive(bytes) {
    if (bytes === player.bytes) return;
    player.bytes = bytes;
    const { header, blocks, frames } = readPayload(bytes), old = state.header;
    const fresh = !old || header.run !== old.run || header.last < state.shown;
    const request = requests.answered(header), before = aheadOf(state.shown);
    state.header = header;
    if (fresh) startRun();
    else if (header.generation !== old.generation) dropUnseen();
    if (blocks.points) state.points = blocks.points;
    if (blocks.inputs) state.inputTiles = blocks.inputs;
    if (blocks["history.frame"]) {
      blocks["history.frame"].forEach((frame, k) => state.history.put(frame, blocks["history.epoch"][k], blocks["history.train"][k], blocks["history.test"][k]));
      if (fresh) state.seen = Math.max(state.seen, state.history.count - 1);
    }
    for (const frame of frames) {
      state.frames.set(frame.frame, frame);
      state.history.put(frame.frame, frame.epoch, frame.train, frame.test);
    }
    if (header.notice) state.notice = header.notice;
    if (request && request.kind === "frames") {
      if (state.playing) ramp = Math.min(ramp + 1, RAMP.length - 1);
      if (aheadOf(state.shown) === before) quietUntil = performance.now() + 250;
    }
    if (state.seek !== null && header.stopped) state.seek = Math.min(state.seek, header.last);
    if (!requests.waits("edit")) wishes = null;
    if (fresh) {
      show(header.first);
      checkTheme();
      layout();
    }
    land(request && request.kind === "frame" ? request.at : null);
    forgetFarFrames();
    dirty = true;
    requests.next(wanted);
  }

  function startRun() {
    state.frames.clear();
    state.history = makeHistory();
    Object.assign(state, { frame: null, seen: 0, seek: null, playing: false, focus: null, readout: null, notice: "", net: networkShape(state.header) });
    clearTimeout(settleTimer);
  }

  function dropUnseen() {
    for (const frame of state.frames.keys()) if (frame > state.shown) state.frames.delete(frame);
    state.history.cutAfter(state.shown);
    Object.assign(state, { seen: state.shown, seek: null, readout: null });
    curve.redraw();
    ramp = 0;
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

  function forgetFarFrames() {
    const limit = Math.max(60, Math.min(KEPT_FRAMES, Math.floor(KEPT_BYTES / state.header.frame_bytes)));
    if (state.frames.size <= limit) return;
    const far = [...state.frames.keys()].sort((a, b) => Math.abs(b - state.shown) - Math.abs(a - state.shown));
    for (const frame of far.slice(0, state.frames.size - limit + 30)) state.frames.delete(frame);
  }

  function aheadOf(frame) {
    let ahead = 0;
    while (ahead < 120 && state.frames.has(frame + ahead + 1)) ahead++;
    return ahead;
  }

  function wanted() {
    const { header, seek, shown } = state;
    if (!state.frame || performance.now() < quietUntil) return null;
    const ahead = aheadOf(shown), end = shown + ahead;
    if (seek !== null && seek !== end + 1 && seek <= header.last) return { kind: "frame", at: seek };
    if (header.stopped && end >= header.last) return null;
    if (seek !== null) return { kind: "frames", after: end, count: Math.min(30, Math.max(5, seek - end)) };
    if (state.playing && ahead < header.fps) return { kind: "frames", after: end, count: RAMP[ramp] };
    return ahead < 2 ? { kind: "frames", after: end, count: RAMP[0] } : null;
  }

  function settle() {
    clearTimeout(settleTimer);
    settleTimer = setTimeout(() => {
      if (!state.playing && state.seek === null && state.frame) requests.wish({ kind: "settle" });
    }, 150);
  }

  // An edit starts from the newest wish, so that quick clicks add up.
  function edit(name, change) {
    const { header, net } = state;
    wishes = wishes || {
      widths: net.dims.slice(1, -1), activations: header.layers.slice(0, -1).map((layer) => layer.activation),
      features: net.inputs.map((input) => input.name),
    };
    const wish = change(wishes[name].slice());
    if (!wish) return;
    wishes[name] = wish;
    requests.wish({ kind: "edit", change: { [name]: wish } });
  }
  const act = {
    width: (l, by) => edit("widths", (widths) => {
      widths[l - 1] = Math.max(1, Math.min(state.header.max_width, widths[l - 1] + by));
      return widths;
    }),
    activation: (l, name) => edit("activations", (names) => {
      names[l - 1] = name;
      return names;
    }),
    feature: (name) => edit("features", (on) => {
      const all = state.header.inputs.map((input) => input.name).filter((n) => on.includes(n) !== (n === name));
      return all.length ? all : null;
    }),
    focus: setFocus,
  };

  function play() {
    if (!state.frame || (state.header.stopped && state.shown >= state.header.last)) return;
    Object.assign(state, { playing: true, seek: null, notice: "" });
    [ramp, clock, quietUntil] = [0, 1, 0];
    clearTimeout(settleTimer);
    requests.forget("settle");
    dirty = true;
    requests.next(wanted);
  }
  function pause() {
    if (!state.playing) return;
    state.playing = false;
    dirty = true;
    settle();
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
    requests.next(wanted);
  }
  function stepBy(frames) {
    pause();
    goTo((state.seek === null ? state.shown : state.seek) + frames);
  }
  function startAgain(kind) {
    pause();
    clearTimeout(settleTimer);
    requests.wish({ kind });
  }
  const actions = {
    play, pause, step: () => stepBy(1), "step-back": () => stepBy(-1),
    reset: () => startAgain("reset"), "new-weights": () => startAgain("new-weights"),
  };
  for (const button of root.querySelectorAll(".transport button")) {
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
    requests.next(wanted);
    if (dirty) draw();
  }

  const texts = new Map();
  function write(name, text) {
    if (texts.get(name) === text) return;
    texts.set(name, text);
    (name[0] === "." ? find(name) : find(`[data-show="${name}"]`)).textContent = text;
  }
  function mark(name, value) {
    if (root.dataset[name] !== String(value)) root.dataset[name] = value;
  }

  function draw() {
    dirty = false;
    const { frame, header, history } = state;
    if (!frame || !state.colors) return;
    state.extent = epochExtent(Math.max(150 * header.speed, history.epoch[history.count - 1]));
    const [zeros, epoch] = paddedEpoch(frame.epoch);
    write("zeros", zeros);
    write("epoch", epoch);
    write("train", lossText(frame.train));
    write("test", Number.isNaN(frame.test) && Number.isNaN(frame.metric) && header.dataset.train * 3 === state.points.length ? "–" : lossText(frame.test));
    write("metric-name", header.metric.label);
    write("metric", metricText(frame.metric, header.metric.unit));
    write("unit", header.metric.unit && Number.isFinite(frame.metric) ? " " + header.metric.unit : "");
    const action = state.playing ? "pause" : "play";
    if (playButton.dataset.action !== action) {
      playButton.dataset.action = action;
      playButton.title = state.playing ? "Pause (space)" : "Play (space)";
      playButton.setAttribute("aria-label", state.playing ? "Pause" : "Play");
    }
    write(".message", header.stopped && state.shown >= header.last ? header.stopped : state.notice);
    diagram.draw(state);
    map.draw(state);
    curve.draw(state);
    timeline.draw(state);
    inspector.draw(state);
    mark("epoch", frame.epoch);
    mark("frame", frame.frame);
    mark("playing", state.playing);
    mark("trainLoss", frame.train);
    mark("testLoss", frame.test);
  }

  function layout() {
    width = root.clientWidth;
    sharpness = window.devicePixelRatio;
    if (!width || !state.frame || !state.colors) return;
    const narrow = width < 560, stage = find(".stage"), curveBox = find(".curve");
    diagram.layout(state, stage.clientWidth, stage.clientHeight, stage.clientWidth < 480);
    find(".sheet").style.width = diagram.place.width + "px";
    buildControls(find(".over"), state, diagram.place, act);
    map.layout(state, find(".map").clientWidth, narrow);
    fillLegend(find(".map-legend"), state, narrow);
    curve.layout(curveBox.clientWidth, curveBox.clientHeight);
    timeline.layout(narrow);
    describe();
    draw();
  }

  function describe() { // the texts that change with the focus
    const { focus, net } = state, narrow = width < 560, hidden = (width < 900 ? "H " : "Hidden ");
    const neuron = focus && focus.i === undefined;
    write(".map-head h2", !neuron ? (net.outputs > 1 ? "Predicted class" : "Output")
      : focus.l === net.last ? "Output " + (net.outputs > 1 ? focus.j + 1 : "") : `${hidden}${focus.l} · neuron ${focus.j + 1}`);
    write(".hint", (narrow ? "Tap" : "Point at") + " a neuron or a link for its numbers.");
  }
  function setFocus(focus) {
    if (!state.frame || JSON.stringify(focus) === JSON.stringify(state.focus)) return;
    state.focus = focus;
    describe();
    fillLegend(find(".map-legend"), state, width < 560);
    dirty = true;
  }

  function checkTheme() {
    const background = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
    if (background === ground && state.colors) return;
    ground = background;
    root.dataset.theme = background && luminance(rgbOf(background)) < 0.35 ? "dark" : "light";
    state.colors = readColors(root);
    layout();
  }

  for (const button of root.querySelectorAll("[data-toggle]")) {
    button.onclick = () => {
      const name = { discretize: "discretize", test: "showTest", log: "logScale" }[button.dataset.toggle];
      state[name] = !state[name];
      button.setAttribute("aria-pressed", state[name]);
      if (name === "logScale") button.textContent = state.logScale ? "log scale" : "linear scale";
      if (name === "showTest" && state.frame) map.redrawPoints(state);
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
  const network = find(".network");
  network.onpointermove = network.onpointerdown = (event) => {
    const link = state.frame && diagram.linkAt(event.offsetX, event.offsetY);
    setFocus(link ? { l: link.l, i: link.i, j: link.j } : null);
  };
  network.onpointerleave = () => setFocus(null);

  function onKey(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey || !state.header) return;
    if (target.isContentEditable || (target.closest && target.closest(LEAVE_ALONE))) return;
    const action = event.key === " " ? playButton.dataset.action : event.key === "ArrowRight" ? "step" : event.key === "ArrowLeft" ? "step-back"
      : event.shiftKey && event.key.toLowerCase() === "r" ? "reset" : null;
    if (!action) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "keydown" && !(event.repeat && !action.startsWith("step"))) actions[action]();
  }
  for (const type of ["keydown", "keyup"]) window.addEventListener(type, onKey, true);

  const observer = new ResizeObserver(() => { if (root.clientWidth !== width) layout(); });
  observer.observe(root);
  const timer = setInterval(() => {
    requests.repeat();
    if (!state.header) return;
    checkTheme();
    if (window.devicePixelRatio !== sharpness) layout();
  }, 250);
  document.fonts.ready.then(() => { if (state.frame) layout(); });
  player.raf = requestAnimationFrame(tick);

  player.receive = receive;
  player.stop = () => {
    cancelAnimationFrame(player.raf);
    clearInterval(timer);
    clearTimeout(settleTimer);
    observer.disconnect();
    for (const type of ["keydown", "keyup"]) window.removeEventListener(type, onKey, true);
    if (host.player === player) delete host.player;
  };
  return player;
}

export default function () {
  globalThis.backpropPlayer = startPlayer;
  globalThis.dispatchEvent(new Event("backprop-player")); // to mount.js, if that was here first
}
