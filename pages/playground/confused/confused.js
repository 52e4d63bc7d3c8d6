// Takes presses on the cells of the confusion matrices, and lists the samples of the one that is chosen.

import { element, find } from "../../live/kit/elements.js";
import { listenForPresses, makeCells } from "./cells.js";
import { listNodes } from "./list.js";

/** @typedef {import("./cells.js").Matrix} Matrix */
/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./list.js").List} List */
/** @typedef {{ run: number, frame: number, matrices: Matrix[], chosen: Cell | null, list: List | null }} Given */
/** @typedef {(name: "act", act: Record<string, unknown>) => void} Trigger */

const LOOK_EVERY = 300; // ms; Plotly draws a chart anew when it likes

/** What a matrix is laid out by: another one gets other cells. @param {Matrix[]} matrices */
const shapeOf = (matrices) => matrices.map(({ chart, cells }) => chart + cells.length).join();

/** @param {HTMLElement} root */
function makeConfused(root) {
  const over = element("div"), list = element("section");
  root.append(over, list);
  /** @type {import("./cells.js").Cells[]} */
  let laid = [];
  let shape = "", shown = "", run = 0, frame = 0, number = 0; // frame: that of the list
  /** @type {Trigger} */
  let send = () => {};

  /** @param {Cell} cell */
  const choose = ([part, row, column]) => send("act", { run, number: ++number, part, true: row, predicted: column });
  /** @param {number} at */
  const work = (at) => send("act", { run, number: ++number, place: at, frame });
  const place = () => { for (const cells of laid) cells.place(); };
  const timer = setInterval(place, LOOK_EVERY);
  document.addEventListener("scroll", place, { capture: true, passive: true });
  const stop = listenForPresses((press) => { for (const cells of laid) cells.press(press); });

  return {
    /** @param {Given} given @param {Trigger} trigger */
    show(given, trigger) {
      send = trigger;
      ({ run, frame } = given);
      if (shapeOf(given.matrices) !== shape) {
        shape = shapeOf(given.matrices);
        laid = given.matrices.map((matrix) => makeCells(root, matrix, choose));
        over.replaceChildren(...laid.map((cells) => cells.pane));
      }
      laid.forEach((cells, k) => cells.show(given.matrices[k].cells, given.chosen));
      place();
      const written = JSON.stringify(given.list);
      if (written === shown) return;
      shown = written;
      list.replaceChildren(...(given.list ? listNodes(given.list, work) : []));
    },
    leave() {
      clearInterval(timer);
      document.removeEventListener("scroll", place, { capture: true });
      stop();
    },
  };
}

/** @type {WeakMap<Node, ReturnType<typeof makeConfused>>} */
const made = new WeakMap();

/** @param {{ data: Given, parentElement: HTMLElement | ShadowRoot, setTriggerValue: Trigger }} message */
export function render({ data, parentElement: host, setTriggerValue }) {
  const root = find(host, ".confused"), content = made.get(root) || makeConfused(root);
  made.set(root, content);
  content.show(data, setTriggerValue);
  return () => root.isConnected || content.leave();
}
