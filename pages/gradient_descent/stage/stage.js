// Joins the parts of the stage: what arrives, what is drawn, the one step index, what is pressed.

const SETTLE_AFTER = 180; // ms of rest until the page around the stage follows
const LONGEST_PLAY = 12; // s for a whole run; a short one goes at STEPS_A_SECOND
const STEPS_A_SECOND = 5;

function start(host) {
  host.innerHTML = PAGE;
  const root = host.querySelector(".descent"), find = (selector) => root.querySelector(selector);
  const state = {
    header: null, points: null, values: null, heights: null, norms: null, count: 0, k: 0, last: 0, playing: false,
    ground: null, view: null, viewIsGrid: false, eta: null, racing: false, race: [], raceNorms: [], colors: null, pathColor: "", own: null,
    ownLines(header, level) { // the level curve through the start
      const key = header.grid + level;
      if (!state.own || state.own.key !== key) state.own = { key, lines: levelLines(state.ground.grid, header.cells, level) };
      return state.own.lines;
    },
  };
  const stage = { trigger: () => {} };
  const requests = makeRequests((name, value) => stage.trigger(name, value), () => ({}));
  const ground = makeGround(find(".plane canvas")), plane = makePlane(find(".plane > svg")), graph = makeGraph(find(".plane > svg"));
  const axis = makeAxis(find(".axis svg")), curves = makeCurves(find(".curves > svg")), panels = makePanels(root);
  const playButton = find('[data-action="play"]'), scrubber = find('[data-role="scrubber"]'), handle = find('[data-role="start"]');
  let box = null, groundKey = "", clock = 0, lastTick = 0, settleTimer = 0, dragging = false;

  function receive(bytes) {
    if (bytes === stage.bytes) return;
    stage.bytes = bytes;
    const { header, blocks } = readPayload(bytes), old = state.header;
    requests.answered(header);
    Object.assign(state, { points: blocks.points, values: blocks.values, heights: blocks.heights, norms: blocks.norms, count: blocks.values.length });
    if (header.race) {
      state.race = header.race.map((_, k) => blocks[`race.${k}`]);
      state.raceNorms = header.race.map((_, k) => blocks[`race.norms.${k}`]);
      if (!state.race.length && state.racing) actions.race();
    }
    else if (old) header.race = header.race || old.race;
    state.header = header;
    if (blocks.grid) state.ground = { key: header.grid, surface: header.surface.name, grid: blocks.grid, slopes: blocks.slopes, ...(header.dimension === 2 ? linesOf(blocks.grid, header.cells) : {}) };
    else if ((!state.ground || state.ground.key !== header.grid) && !requests.waits("surface")) requests.wish({ kind: "surface" });
    if (!dragging && !requests.waits("eta")) state.eta = null;
    if (!requests.waits("window")) state.view = header.window;
    setLast();
    const fresh = !old || old.opened !== header.opened || old.surface.formula !== header.surface.formula;
    if (fresh) pause();
    show(fresh ? Math.min(header.shown, state.last) : Math.min(state.k, state.last));
    checkTheme();
    if (!box) layout();
    drawRun();
    requests.next();
  }

  function linesOf(grid, n) {
    const levels = chooseLevels(grid);
    return { levels, lines: levels.map((level) => levelLines(grid, n, level)) };
  }

  function setLast() {
    state.last = state.racing ? Math.max(1, ...state.race.map((points) => points.length / state.header.dimension - 1)) : state.count - 1;
    scrubber.max = state.last;
  }

  function drawRun() {
    if (!box || !state.colors || !state.ground) return;
    const { header } = state, flat = header.dimension === 2;
    state.viewIsGrid = state.view.every((v, k) => v === header.window[k]);
    state.pathColor = `var(--${REGIME_TONES[header.regime] || "ink"})`;
    find(".plane canvas").style.display = flat ? "" : "none";
    const key = state.ground.key + root.dataset.theme + box.width + window.devicePixelRatio;
    if (flat && groundKey !== key && state.ground.levels) {
      groundKey = key;
      ground.draw(state, box);
    }
    moveGround();
    axis.draw(state);
    panels.run(state);
    const { dataset } = root;
    Object.assign(dataset, { steps: state.count - 1, eta: header.eta, stepsF: header.crossings.f, stepsGrad: header.crossings.grad, stoppedBy: header.stopped_by, regime: header.regime, start: header.start.join(","), window: header.window.join(","), drawn: (+dataset.drawn || 0) + 1 });
    drawStep();
  }

  // While a new window is on its way the old picture is shifted and scaled to its place.
  function moveGround() {
    const [l, r, b, t] = state.header.window, canvas = find(".plane canvas");
    if (state.viewIsGrid || state.header.dimension === 1) {
      canvas.style.transform = canvas.style.clipPath = "";
      return;
    }
    const [L, R, B, T] = state.view, sx = (r - l) / (R - L), sy = (t - b) / (T - B), x = ((l - L) / (R - L)) * box.width, y = ((T - t) / (T - B)) * box.height;
    canvas.style.transformOrigin = "0 0";
    canvas.style.transform = `translate(${x}px,${y}px) scale(${sx},${sy})`;
    const inset = [Math.max(0, -y / sy), Math.max(0, (x + sx * box.width - box.width) / sx), Math.max(0, (y + sy * box.height - box.height) / sy), Math.max(0, -x / sx)];
    canvas.style.clipPath = `inset(${inset.map((v) => v + "px").join(" ")})`;
  }

  function drawStep() {
    if (!box || !state.ground || state.ground.surface !== state.header.surface.name) return;
    (state.header.dimension === 1 ? graph : plane).draw(state, box);
    curves.draw(state);
    panels.step(state);
    const share = state.last ? state.k / state.last : 0;
    find(".fill").style.transform = `translateX(${100 * share - 100}%)`;
    find(".thumb").style.left = 100 * share + "%";
    scrubber.value = state.k;
    scrubber.setAttribute("aria-valuetext", "step " + state.k);
    root.dataset.step = state.k;
    root.dataset.f = state.values[Math.min(state.k, state.count - 1)];
    const [x, y] = act.pixelOf(state.header.start);
    handle.hidden = !within(box, [x, y]);
    handle.style.left = x + "px";
    handle.style.top = y + "px";
  }

  function show(k) { state.k = Math.max(0, Math.min(state.last, k)); }
  function goTo(k) {
    show(k);
    drawStep();
    settle();
  }
  function settle() {
    clearTimeout(settleTimer);
    settleTimer = setTimeout(() => { if (!state.playing && state.header) requests.wish({ kind: "settle", value: Math.min(state.k, state.count - 1) }); }, SETTLE_AFTER);
  }
  function setPlaying(on) {
    state.playing = on;
    root.dataset.playing = on;
    playButton.dataset.action = on ? "pause" : "play";
    playButton.title = on ? "Pause (space)" : "Play (space)";
    playButton.setAttribute("aria-label", on ? "Pause" : "Play");
  }
  function play() {
    if (!state.header || !state.last) return;
    if (state.k >= state.last) show(0);
    clock = 0;
    clearTimeout(settleTimer);
    setPlaying(true);
    drawStep();
  }
  function pause() {
    if (!state.playing) return;
    setPlaying(false);
    settle();
  }
  const stepBy = (count) => {
    pause();
    goTo(state.k + count);
  };

  const act = {
    etaAt: axis.etaAt,
    etaStep: axis.step,
    pixelOf([x, y]) {
      const [left, right, low, high] = state.view, px = box.left + ((x - left) / (right - left)) * box.width;
      if (state.header.dimension === 2) return [px, box.top + ((high - y) / (high - low)) * box.height];
      const { grid } = state.ground, top = Math.max(...grid), bottom = Math.min(...grid), margin = (top - bottom) * 0.08;
      return [px, box.top + ((top + margin - state.values[0]) / (top - bottom + 2 * margin)) * box.height];
    },
    placeAt(x, y) {
      const [left, right, low, high] = state.view, step = roundStep(right - left, 400);
      const snapped = (v) => +(Math.round(v / step) * step).toPrecision(8);
      const u = snapped(left + ((x - box.left) / box.width) * (right - left));
      return state.header.dimension === 1 ? [u] : [u, snapped(high - ((y - box.top) / box.height) * (high - low))];
    },
    start(value, done) {
      pause();
      show(0);
      requests.wish({ kind: "start", value });
      dragging = !done;
      if (done) settle();
    },
    eta(value, done) {
      dragging = !done;
      if (value !== state.eta) {
        state.eta = value;
        axis.draw(state);
        requests.wish({ kind: "eta", value });
      }
      if (done) settle();
    },
    pan(view, dx, dy, done) {
      const [left, right, low, high] = view, sx = (dx / box.width) * (right - left);
      const sy = high === undefined ? 0 : (dy / box.height) * (high - low);
      look(high === undefined ? [left - sx, right - sx] : [left - sx, right - sx, low + sy, high + sy], done);
    },
    zoom(factor, at = [box.left + box.width / 2, box.top + box.height / 2]) {
      const [left, right, low, high] = state.view, u = (at[0] - box.left) / box.width, v = 1 - (at[1] - box.top) / box.height;
      const stretch = (a, b, share) => [a + (b - a) * share * (1 - factor), b - (b - a) * (1 - share) * (1 - factor)];
      look(high === undefined ? stretch(left, right, u) : [...stretch(left, right, u), ...stretch(low, high, v)], true);
    },
  };
  function look(view, ask) {
    state.view = view;
    if (ask) requests.wish({ kind: "window", value: view });
    drawRun();
  }

  const actions = {
    play, pause, step: () => stepBy(1), "step-back": () => stepBy(-1), reset: () => stepBy(-state.k),
    "zoom-in": () => act.zoom(0.7), "zoom-out": () => act.zoom(1 / 0.7),
    "zoom-home": () => { state.view = state.header.home; requests.wish({ kind: "window", value: null }); drawRun(); },
    "save-png": () => savePicture(root, state, "png"), "save-svg": () => savePicture(root, state, "svg"),
    race() {
      state.racing = !state.racing && state.race.length > 0;
      find('[data-action="race"]').setAttribute("aria-pressed", state.racing);
      root.dataset.racing = state.racing;
      setLast();
      show(state.racing ? Math.min(8, state.last) : Math.min(state.k, state.last));
      drawRun();
    },
  };
  for (const button of root.querySelectorAll("[data-action]")) button.onclick = () => { if (state.header) actions[button.dataset.action](); };
  scrubber.oninput = () => {
    pause();
    goTo(+scrubber.value);
  };
  listenForDrag(find(".curves > svg"), (x) => {
    if (!state.header) return;
    pause();
    goTo(curves.stepAt(x));
  });
  listenForPointing(find, state, act);

  function layout() {
    if (!root.clientWidth || !state.header || !state.colors) return;
    const room = find(".plane"), across = room.clientWidth - 40 - 4;
    box = { left: 40, top: 6, width: across, height: Math.round(across / ASPECT) };
    room.style.height = box.height + 36 + "px";
    drawRun();
  }

  function checkTheme() {
    if (!takeTheme(root, state)) return;
    const style = getComputedStyle(root);
    state.colors.levels = [0, 1, 2, 3, 4, 5].map((k) => rgbOf(style.getPropertyValue("--level-" + k).trim()));
    layout();
  }

  function tick(now) {
    stage.raf = requestAnimationFrame(tick);
    const elapsed = Math.min(100, now - lastTick);
    lastTick = now;
    if (!state.playing) return;
    clock += (elapsed / 1000) * Math.max(STEPS_A_SECOND, state.last / LONGEST_PLAY);
    if (clock < 1) return;
    show(state.k + Math.floor(clock));
    clock %= 1;
    if (state.k >= state.last) pause();
    drawStep();
  }

  let ends = [];
  stage.wake = () => { // on the page
    stage.raf = requestAnimationFrame(tick);
    ends = [listenForKeys(state, actions), keepWatch(find(".plane"), layout, () => {
      requests.repeat();
      if (state.header) checkTheme();
    })];
  };
  stage.rest = () => { // off it
    cancelAnimationFrame(stage.raf);
    for (const end of ends) end();
  };
  stage.receive = receive;
  stage.wake();
  return stage;
}
