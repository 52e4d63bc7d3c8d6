// Says below the name of each input in the diagram what the map does with it: an axis, or held at a value.

import { contextOf, element, find } from "../../live/kit/elements.js";
import { hasSlice, inputAxis } from "./slice.js";
import { probePoint } from "./slice-state.js";
import { heldNumber, heldText } from "./slice-words.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {{ texts: string[], said: string }} Caption the longest text first; said: in full, to those who hear it */

const EDGE = 2; // px that a caption keeps from the edge of the diagram
const CAPTION_SIZE = 13; // px of its letters
const LINE_ROOM = 60; // px of width in which a name of many stands in one line
const CAPTION_ROOM = { few: 44, many: 30, "": 38 }; // px from one input to the next that name and caption need

/**
 * What the map does with input d; null for points in the plane, and for components, of which each input is a part.
 * @param {Pick<Shown, "header" | "slice" | "carried">} state
 * @param {number} d
 * @returns {Caption | null}
 */
export function inputCaption({ header, slice: { inputs }, carried }, d) {
  if (!inputs || !hasSlice(header)) return null;
  if (d === inputs[0]) return { texts: ["across"], said: "across the map" };
  if (d === inputs[1]) return { texts: ["up"], said: "up the map" };
  const axis = inputAxis(header.dataset, d), seen = probePoint({ carried, header })[d], number = heldNumber(axis, seen);
  return { texts: [`held at ${number}`, `at ${number}`, number], said: `held at ${heldText(axis, seen)}` };
}

/** @param {HTMLElement} root */
export function makeInputCaptions(root) {
  const ink = contextOf(document.createElement("canvas"));
  /** @type {{ nodes: HTMLElement[], of: string }} */
  let written = { nodes: [], of: "" };

  /**
   * @param {HTMLElement} node of an input
   * @param {Caption} caption
   * @param {boolean} fits whether there is room for it below the name
   */
  function write(node, { texts, said }, fits) {
    const { does, room, label } = node.dataset;
    node.title = `${label}, ${said}. ${does}`;
    const text = fits && texts.find((one) => ink.measureText(one).width <= Number(room) - EDGE);
    node.classList.toggle("captioned", Boolean(text));
    if (!node.querySelector("small")) node.append(element("small", { "aria-hidden": "true" }));
    find(node, "small").textContent = text ? ` ${text}` : ""; // the name of the button says both, apart
    node.setAttribute("aria-label", text ? `${node.dataset.short} ${text}` : label || "");
  }

  return {
    /** @param {Shown} state */
    draw(state) {
      const nodes = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-role="input"]')]);
      const { header: { dataset: { named } }, sliced: { of } } = state;
      if (of === written.of && nodes[0] === written.nodes[0]) return;
      written = { nodes, of };
      ink.font = `${CAPTION_SIZE}px ${state.colors.font}`;
      const tops = nodes.map((node) => parseFloat(node.style.top)), room = Number(nodes[0]?.dataset.room);
      const fits = !(tops[1] - tops[0] < CAPTION_ROOM[named && room < LINE_ROOM ? "few" : named]);
      for (const node of nodes) {
        const caption = inputCaption(state, Number(node.dataset.row));
        if (caption) write(node, caption, fits);
      }
    },
  };
}
