// Moves what can be moved: the start and the window on the plane, the marker on the axis of the step size.

const CLICK = 4; // px that a pointer may move while it clicks

// Calls move(x, y, phase) in the node's pixels while a pointer is held down; phase is "down", "move", "up" or "cancel".
function listenForDrag(node, move) {
  let held = null;
  const place = (event) => { const box = node.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  node.onpointerdown = (event) => {
    if (event.button) return;
    held = event.pointerId;
    node.setPointerCapture(held);
    move(...place(event), "down", event);
  };
  node.onpointermove = (event) => { if (event.pointerId === held) move(...place(event), "move", event); };
  const release = (phase) => (event) => {
    if (event.pointerId !== held) return;
    held = null;
    move(...place(event), phase, event);
  };
  node.onpointerup = release("up");
  node.onpointercancel = release("cancel"); // the page scrolls instead
}

const arrowsOf = ({ key }) => ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] })[key];

function listenForPointing(find, state, act) {
  const plane = find(".plane > svg"), handle = find('[data-role="start"]'), axis = find(".axis svg");
  let from = null, moved = false;

  // On the plane a click puts the start there, a drag moves the window.
  listenForDrag(plane, (x, y, phase) => {
    if (!state.header) return;
    if (phase === "down") {
      from = { x, y, view: state.view };
      moved = false;
      return;
    }
    if (!from) return;
    if (phase === "cancel") {
      if (moved) act.pan(from.view, 0, 0, true);
      from = null;
      return;
    }
    if (!moved && Math.hypot(x - from.x, y - from.y) > CLICK) moved = true;
    if (moved) act.pan(from.view, x - from.x, y - from.y, phase === "up");
    else if (phase === "up") act.start(act.placeAt(x, y), true);
    if (phase === "up") from = null;
  });
  plane.addEventListener("wheel", (event) => {
    if (!event.ctrlKey || !state.header) return; // the bare wheel scrolls the page
    event.preventDefault();
    const box = plane.getBoundingClientRect();
    act.zoom(event.deltaY < 0 ? 0.8 : 1.25, [event.clientX - box.left, event.clientY - box.top]);
  }, { passive: false });

  listenForDrag(handle, (_x, _y, phase, event) => {
    const box = plane.getBoundingClientRect();
    if (phase === "down") moved = false;
    else if (phase === "move" || moved) {
      moved = true;
      act.start(act.placeAt(event.clientX - box.left, event.clientY - box.top), phase !== "move");
    }
  });
  handle.onkeydown = (event) => {
    const way = arrowsOf(event);
    if (!way || !state.header) return;
    event.preventDefault();
    const [left, right] = state.view, step = roundStep(right - left, event.shiftKey ? 20 : 100);
    act.start(state.header.start.map((x, d) => +(Math.round(x / step + way[d]) * step).toPrecision(10)), true);
  };

  listenForDrag(axis, (x, _y, phase) => { if (state.header && state.header.eta !== null) act.eta(phase === "cancel" ? state.header.eta : act.etaAt(x), phase === "up" || phase === "cancel"); });
  axis.onkeydown = (event) => {
    const way = arrowsOf(event);
    if (!way || !state.header || state.header.eta === null) return;
    event.preventDefault();
    const step = act.etaStep() * (event.shiftKey ? 10 : 1), eta = state.eta === null ? state.header.eta : state.eta;
    act.eta(+Math.max(step, (Math.round(eta / step) + way[0] + way[1]) * step).toPrecision(10), true);
  };
}
