// Joins the parts of the board: what arrives, what is drawn, what is pressed.

const SETTLE_AFTER = 450; // ms of rest until the page around the board follows
const MOST_KEPT = 640; // px of the panel that are kept for steps that need less
const MOST_FETCHED = 80; // steps of a calculation that is fetched whole

function start(host) {
  host.innerHTML = PAGE;
  const root = host.querySelector(".backprop"), find = (selector) => root.querySelector(selector);
  const state = { header: null, at: 0, entry: [0, 0], content: null, entries: null, colors: null, options: { both: false, alternative: false } };
  const contents = new Map(), entries = new Map(); // by step key, of one stamp
  const board = { trigger: () => {} };
  const requests = makeRequests((name, value) => board.trigger(name, value), () => ({ known: [...contents.keys()] }));
  let stamp = "", settleTimer = 0, tallest = 0;

  function receive(bytes) {
    if (bytes === board.bytes) return;
    board.bytes = bytes;
    const { header } = readPayload(bytes), old = state.header;
    const answered = requests.answered(header);
    if (header.stamp !== stamp) {
      contents.clear();
      entries.clear();
      if (!old || old.generation !== header.generation) tallest = 0;
      stamp = header.stamp;
    }
    for (const [key, content] of Object.entries(header.contents)) if (!contents.has(key)) contents.set(key, content); // the same stamp, the same content
    for (const [key, some] of Object.entries(header.entries)) entries.set(key, { ...entries.get(key), ...some });
    state.header = header;
    const moved = old && old.stamp === header.stamp && (requests.busy || settleTimer || answered); // the board is ahead of the server
    if (!moved) {
      state.at = header.at;
      state.entry = header.entry;
    }
    const notice = find(".notice");
    notice.hidden = !header.notice;
    notice.textContent = header.notice || "";
    checkTheme();
    show();
    requests.next();
  }

  // At rest the steps that are still missing come, the nearest first, so that a far one opens at once too.
  function fetchMore() {
    const { header } = state;
    if (!header || settleTimer || requests.busy || document.hidden || header.steps.length > MOST_FETCHED) return;
    const missing = header.steps.map((step, k) => [Math.abs(k - state.at), step.key]).filter(([, key]) => !contents.has(key)).sort((a, b) => a[0] - b[0]);
    if (missing.length) requests.wish({ kind: "fetch", step: missing[0][1], stamp });
  }

  const keyAt = (k) => state.header.steps[k].key;
  const walkOf = (key) => (contents.get(key) ? contents.get(key).result.walk : [[0, 0]]);

  function show() {
    const { header } = state;
    if (!header || !state.colors) return;
    state.at = Math.max(0, Math.min(header.steps.length - 1, state.at));
    const key = keyAt(state.at), content = contents.get(key);
    stepper.draw(header, state.at);
    find('[data-action="first"]').disabled = find('[data-action="back"]').disabled = atStart();
    find('[data-action="next"]').disabled = atEnd();
    if (!content) return; // on its way
    const same = state.content === content && state.drawn === drawing();
    state.content = content;
    state.entries = entries.get(key);
    header.content_layer = content.layer;
    const shown = state.entry.join() + Boolean(state.entries && state.entries[state.entry.join()]);
    if (same && shown !== state.shown) panel.entry(state);
    state.shown = shown;
    if (!same) {
      panel.draw(state);
      matrices.draw(content, state.colors);
    }
    state.drawn = drawing();
    keepHeight();
    const { sample, right } = diagram.draw(state) || { sample: 0 };
    relight();
    const many = header.diagram.a[0].length > 1;
    find('[data-show="sample"]').style.textAlign = right ? "right" : "left";
    find('[data-show="sample"]').textContent = many ? `values of sample ${sample + 1}` : "";
    Object.assign(root.dataset, {
      step: key, phase: header.steps[state.at].phase, index: state.at, count: header.steps.length, entry: state.entry.join(","),
      lossBefore: header.loss_before, lossAfter: header.loss_after, by: header.by, stamp, drawn: (+root.dataset.drawn || 0) + 1,
    });
  }
  const drawing = () => [stamp, state.header.by, state.options.both, state.options.alternative, root.dataset.theme].join();

  // The panel never gets lower again, so that what stands below stays where it is.
  function keepHeight() {
    const box = find(".step");
    const { content, options } = state;
    if (options.both || options.alternative || content.errata.length || content.samples) return;
    tallest = Math.max(tallest, box.scrollHeight + 2);
    box.style.minHeight = Math.min(tallest, MOST_KEPT) + "px";
  }

  const atStart = () => state.at === 0 && (state.header.by !== "neuron" || !state.entry.some(Boolean));
  const atEnd = () => state.at === state.header.steps.length - 1 && (state.header.by !== "neuron" || placeInWalk() >= walkOf(keyAt(state.at)).length - 1);
  const placeInWalk = () => walkOf(keyAt(state.at)).findIndex(([i, j]) => i === state.entry[0] && j === state.entry[1]);

  function moveTo(at, entry = [0, 0]) {
    if (at < 0 || at >= state.header.steps.length) return;
    state.at = at;
    state.entry = entry;
    show();
    ask();
  }
  function ask() {
    const value = { step: keyAt(state.at), entry: state.entry, stamp };
    requests.wish({ kind: "step", ...value });
    clearTimeout(settleTimer);
    settleTimer = setTimeout(() => {
      settleTimer = 0;
      requests.wish({ kind: "settle", step: keyAt(state.at), entry: state.entry, stamp });
    }, SETTLE_AFTER);
  }
  function walk(way) {
    const here = keyAt(state.at), list = walkOf(here), next = placeInWalk() + way;
    if (state.header.by === "neuron" && next >= 0 && next < list.length) return moveTo(state.at, list[next]);
    const at = state.at + way;
    if (at < 0 || at >= state.header.steps.length) return;
    const there = state.header.by === "neuron" && way < 0 ? walkOf(keyAt(at)).at(-1) : [0, 0];
    moveTo(at, there);
  }

  const act = {
    goTo: (at) => moveTo(at),
    choose(i, j) { moveTo(state.at, [i, j]); },
    toggle(action) {
      const name = action === "both-notations" ? "both" : "alternative";
      state.options[name] = !state.options[name];
      show();
      const button = find(`[data-action="${action}"]`);
      if (button) button.focus();
    },
  };
  const actions = { next: () => walk(1), back: () => walk(-1), first: () => moveTo(0), last: () => moveTo(state.header.steps.length - 1) };
  for (const name of ["next", "back", "first"]) find(`[data-action="${name}"]`).onclick = () => { if (state.header) actions[name](); };
  const stepper = makeStepper(root, act), diagram = makeDiagram(find(".picture svg")), matrices = makeMatrices(root), panel = makePanel(root, act);

  const KEYS = { ArrowRight: "next", ArrowLeft: "back", Home: "first", End: "last" };
  const keyAction = ({ key, shiftKey, ctrlKey, metaKey, altKey }) => !(shiftKey || ctrlKey || metaKey || altKey) && KEYS[key];

  // A term lights up wherever it stands: in formula, numbers, matrices and the network.
  function light(event) {
    const term = event.type === "pointerleave" || !event.target.closest ? null : event.target.closest("[data-term]");
    const key = term ? term.dataset.term || term.getAttribute("data-term") : null;
    if (key === state.lit) return;
    state.lit = key;
    relight();
  }
  function relight() { // what is drawn anew is lit anew
    const key = state.lit;
    for (const node of root.querySelectorAll(".lit")) node.classList.remove("lit");
    if (!key) return;
    for (const node of root.querySelectorAll(`[data-term="${key}"]`)) node.classList.add("lit");
    const term = state.content && state.content.terms[key];
    const node = term && root.querySelector(`[data-${term.links ? "links" : "layer"}="${term.layer}"]`);
    if (node) node.classList.add("lit");
  }
  for (const type of ["pointerover", "pointerleave", "focusin"]) root.addEventListener(type, light);

  function layout() {
    tallest = 0;
    find(".step").style.minHeight = "";
    show();
  }
  function checkTheme() {
    if (takeTheme(root, state)) layout();
  }
  let ends = [];
  board.wake = () => { // on the page
    ends = [listenForKeys(state, actions, keyAction), keepWatch(find(".steps"), layout, () => {
      requests.repeat();
      if (state.header) checkTheme();
      fetchMore();
    })];
  };
  board.rest = () => { // off it
    for (const end of ends) end();
  };
  board.receive = receive;
  board.wake();
  return board;
}
