// Listens for drags: a pointer that is held down and moved.

/** @typedef {"down" | "move" | "up" | "cancel"} Phase cancel: the page scrolls instead */

/**
 * Calls move with the place in the node's pixels while a pointer is held down.
 * @param {HTMLElement | SVGElement} node
 * @param {(x: number, y: number, phase: Phase, event: PointerEvent) => void} move
 */
export function listenForDrag(node, move) {
  /** @type {number | null} */
  let held = null;
  /** @param {PointerEvent} event @param {Phase} phase */
  function tell(event, phase) {
    const box = node.getBoundingClientRect();
    move(event.clientX - box.left, event.clientY - box.top, phase, event);
  }
  /** @param {PointerEvent} event @param {Phase} phase */
  function release(event, phase) {
    if (event.pointerId !== held) return;
    held = null;
    tell(event, phase);
  }
  /** @param {PointerEvent} event */
  function press(event) {
    if (event.button) return;
    held = event.pointerId;
    node.setPointerCapture(held);
    tell(event, "down");
  }
  /** @type {[string, (event: PointerEvent) => void][]} */
  const listeners = [
    ["pointerdown", press],
    ["pointermove", (event) => { if (event.pointerId === held) tell(event, "move"); }],
    ["pointerup", (event) => release(event, "up")],
    ["pointercancel", (event) => release(event, "cancel")],
  ];
  for (const [type, listener] of listeners) node.addEventListener(type, /** @type {EventListener} */ (listener));
}
