// Draws with a pointer: a press that moves is a stroke, one that doesn't is a point. Two fingers scroll the page.

import { listenForDrag } from "../../../live/kit/drag.js";
import { placeOf } from "./plane.js";
import { makeStroke } from "./stroke.js";

/** @typedef {import("./view.js").View} View */

const SLACK = 4; // px that a pointer may move in a click

/** @param {View} view */
export function listenForStrokes(view) {
  const { plane, limits, brush, history } = view;
  let pressed = { x: 0, y: 0 };
  /** @param {number} x @param {number} y */
  const at = (x, y) => placeOf(x, y, plane.side, limits.domain);

  /** @param {boolean} whole whether it counts */
  function end(whole) {
    const { stroke } = view;
    view.stroke = null;
    plane.node.removeAttribute("data-stroke");
    if (stroke && whole) {
      const next = stroke.end();
      if (next !== history.present) view.take(next);
    }
    view.follow();
  }

  listenForDrag(plane.node, (x, y, phase, event) => {
    if (phase === "down") {
      if (view.stroke || !event.isPrimary) {
        end(false);
        return;
      }
      pressed = { x, y };
      view.stroke = makeStroke(history.present, { ...brush }, at(x, y), limits, Math.random);
      plane.node.setAttribute("data-stroke", "");
    }
    if (!view.stroke) return;
    view.cross = at(x, y);
    if (phase === "move" && (view.stroke.moved || Math.hypot(x - pressed.x, y - pressed.y) > SLACK)) {
      view.stroke.to(view.cross);
    }
    if (phase === "up" || phase === "cancel") end(phase === "up");
    else view.follow();
  });

  plane.node.addEventListener("pointermove", (event) => {
    if (view.stroke || event.pointerType === "touch") return;
    const box = plane.node.getBoundingClientRect();
    view.cross = at(event.clientX - box.left, event.clientY - box.top);
    view.follow();
  });
}
