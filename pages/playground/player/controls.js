// Builds the real buttons over the diagram: inputs, layer headers, and one button a neuron.

import { contextOf, element, focused, svgElement } from "../../live/kit/elements.js";
import { symbolNode } from "../../live/kit/symbols.js";
import { activationOf } from "./activations.js";
import { inputChoice, keepingChoice } from "./input-choice.js";
import { buttonSide } from "./place.js";

/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("./types.js").Act} Act */
/** @typedef {import("./types.js").Network} Network */
/** @typedef {import("./types.js").NeuronFocus} NeuronFocus */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {ReturnType<typeof makeControls>} Controls */

/**
 * What all controls are built from.
 * @typedef {object} Plan
 * @property {Shown} state
 * @property {Place} place
 * @property {Act} act
 * @property {(text: string) => number} measure the width of a text
 */

const OPEN = "m6 9 6 6 6-6";
const NAME_APART = 6; // px from a tile to what stands beside it
const CAPTION = 128; // px of width of the words below a picture
const HEAD_SHIFT = { inputs: -12, output: 8 }; // px by which the outer headers are moved away from the others

/**
 * @param {import("../../live/kit/elements.js").Attributes} attributes
 * @param {(string | Node)[]} children
 */
const buttonNode = (attributes, ...children) => element("button", { type: "button", ...attributes }, ...children);

/** @param {string} d the path */
const icon = (d) => svgElement("svg", { "viewBox": "0 0 24 24", "aria-hidden": "true" }, svgElement("path", { d }));

/** Whether the headers are short. @param {Place} place */
const isShort = ({ tight, narrow }) => tight || narrow;

/**
 * Puts a button over a tile.
 * @param {HTMLElement} node
 * @param {number} x
 * @param {number} y
 * @param {number} side
 */
function putOver(node, x, y, side) {
  Object.assign(node.style, { left: x + "px", top: y + "px", width: side + "px", height: side + "px" });
}

/**
 * A layer's header.
 * @param {Place} place
 * @param {number} k the column
 * @param {string} title
 * @param {HTMLElement[]} children
 */
function headNode({ columns, narrow, tight }, k, title, ...children) {
  const node = element("div", { class: "head" }, element("b", {}, title), ...children), last = columns.length - 1;
  const outwards = k === 0 ? HEAD_SHIFT.inputs : k === last ? HEAD_SHIFT.output : 0;
  node.style.left = columns[k].x + (narrow || tight ? 0 : outwards) + "px";
  return node;
}

/** @param {string} text */
const noteNode = (text) => element("div", { class: "row" }, text);

/**
 * The activation of a layer; a list to choose from, except for the output's.
 * @param {Plan} plan
 * @param {number} l
 */
function activationControl({ state: { header, net }, place: { pitch, tight }, act, measure }, l) {
  const { label, short } = activationOf(header, l), wide = measure(label) + (tight ? 0 : 14);
  const text = wide <= pitch - 6 ? label : short;
  if (l === net.last) return element("div", { class: "act", title: label }, text);
  const select = element("select", {
    "data-role": "activation", "data-action": "activation", "data-key": `activation${l + 1}`, "title": label,
    "aria-label": `Activation of hidden layer ${l + 1}`,
  });
  for (const { name, label: choice } of header.activations) select.append(element("option", { value: name }, choice));
  select.value = header.layers[l].activation;
  select.onchange = () => act.activation(l, select.value);
  const shown = element("span", { "aria-hidden": "true" }, text); // the list says it
  return element("div", { class: "act" }, shown, ...(tight ? [] : [icon(OPEN)]), select);
}

/** @param {Plan} plan @param {number} row of the feature */
function inputButton({ state: { header, net }, place, act }, row) {
  const { name, label, short, on } = header.inputs[row], only = on && net.inputs.length === 1;
  const node = buttonNode({
    "class": "input", "data-role": "input", "data-action": "features", "data-name": name, "data-key": name,
    "data-row": row, "aria-pressed": on, "aria-label": label,
  }, symbolNode(short));
  const does = only ? "The last input stays on" : on ? "Take this input out" : "Add this input";
  node.title = short === label ? does : `${label}. ${does}`;
  Object.assign(node.dataset, { does, label, short });
  const { x, size } = place.columns[0], beside = size / 2 + NAME_APART;
  putOver(node, x, place.featureY(row), buttonSide(size, place.apart, place.touch));
  node.dataset.room = String(x - beside);
  node.style.setProperty("--room", `${x - beside}px`);
  node.style.setProperty("--beside", `${beside}px`);
  node.onclick = () => act.feature(name);
  return node;
}

/**
 * The inputs where they are one block: below a picture stands what it is, in a frame how many columns there are.
 * @param {Plan} plan
 */
function inputBlockNode({ state: { net, header }, place }) {
  const { box, fold } = place.columns[0], names = net.inputs.map(({ label }) => label).join(", ");
  const node = element("div", { "class": `block ${fold}`, "data-role": "inputs", "data-fold": fold });
  if (fold === "columns") {
    node.append(element("b", {}, String(net.inputs.length)), " columns");
    Object.assign(node, { title: names, role: "img", ariaLabel: `${net.inputs.length} columns: ${names}` });
    if (net.inputs.length < header.inputs.length) node.append(element("small", {}, `of ${header.inputs.length}`));
    Object.assign(node.style, { height: box.height + "px", top: box.top + "px" });
  } else {
    node.append(element("b", { "data-show": "digit-name" }), element("span", { "data-show": "digit-which" }));
    node.style.top = box.top + box.height + 6 + "px";
  }
  const width = Math.max(box.width, CAPTION);
  Object.assign(node.style, { left: Math.max(2, box.left + (box.width - width) / 2) + "px", width: width + "px" });
  return node;
}

/** Which features have a row of their own. @param {Plan} plan */
const rowsListed = ({ state: { header }, place }) => (place.columns[0].fold ? []
  : header.inputs.map((_, row) => row).filter((row) => Number.isFinite(place.featureY(row))));

/** @param {Plan} plan */
function inputHead(plan) {
  const { state: { header, net }, place, act } = plan;
  if (net.picture) return headNode(place, 0, "Inputs", noteNode(`${net.inputs.length} pixels`));
  const between = isShort(place) ? "/" : " of ";
  const text = net.inputs.length + between + header.inputs.length;
  const isWhole = rowsListed(plan).length === header.inputs.length;
  return headNode(place, 0, "Inputs", isWhole ? noteNode(text) : inputChoice(header.inputs, text, act));
}

/**
 * The button for one neuron more or fewer.
 * @param {Plan} plan
 * @param {number} l
 * @param {1 | -1} by
 */
function widthButton({ state: { header, net }, act }, l, by) {
  const more = by > 0, title = more ? "One neuron more" : "One neuron fewer", width = net.layers[l].width;
  const node = buttonNode({
    "data-action": more ? "add-neuron" : "remove-neuron", "data-key": (more ? "more" : "fewer") + (l + 1), title,
    "aria-label": `${title} in hidden layer ${l + 1}`,
  }, more ? "+" : "−");
  node.disabled = more ? width >= header.max_width : width <= 1;
  node.onclick = () => act.width(l, by);
  return node;
}

/** @param {Plan} plan @param {number} l */
function hiddenHead(plan, l) {
  const { state: { net }, place } = plan, { width } = net.layers[l];
  const more = widthButton(plan, l, 1), fewer = widthButton(plan, l, -1);
  const count = element("span", { class: "width" }, String(width));
  const above = place.tight || place.touch; // the count stands beside the title where the buttons need its place
  const row = above ? element("div", { class: "row tight" }, fewer, more)
    : element("div", { class: "row" }, fewer, count, more);
  const title = (isShort(place) || above ? "H " : "Hidden ") + (l + 1);
  const node = headNode(place, l + 1, title, row, element("div", {}, activationControl(plan, l)));
  if (above) node.firstElementChild?.append(count);
  row.style.setProperty("--pitch", place.pitch + "px"); // both buttons have room in it
  Object.assign(node.dataset, { role: "layer", layer: l + 1, width, fold: place.columns[l + 1].fold });
  return node;
}

/**
 * How many outputs there are.
 * @param {Pick<Network, "outputs" | "softmax">} net
 * @param {boolean} short
 */
export function outputsText({ outputs, softmax }, short) {
  if (outputs === 1) return short ? "1" : "1 neuron";
  return softmax && !short ? `${outputs} classes` : String(outputs);
}

/** @param {Plan} plan */
function outputHead(plan) {
  const { state: { net }, place } = plan, note = noteNode(outputsText(net, isShort(place)));
  return headNode(place, net.last + 1, "Output", note, activationControl(plan, net.last));
}

/** @param {Plan} plan @param {number} l @param {number} j */
function neuronButton({ state: { net }, place }, l, j) {
  const name = l === net.last ? `Output, ${net.outputNames[j]}` : `Hidden ${l + 1}, neuron ${j + 1}`;
  const node = buttonNode({
    "class": "neuron", "data-role": "neuron", "data-layer": l + 1, "data-index": j, "data-key": `neuron${l + 1},${j}`,
    "tabindex": j ? -1 : 0, "aria-label": name, "data-name": name,
  });
  const { xs, y, size, fold } = place.columns[l + 1], apart = y.length > 1 ? y[1] - y[0] : Infinity;
  putOver(node, xs[j], y[j], fold ? size + 2 : buttonSide(size, apart, place.touch));
  return node;
}

/**
 * Gives the focus back to a control that was built anew, or to its counterpart where it leads no further.
 * @param {HTMLElement} box
 * @param {string} key
 */
function focusAgain(box, key) {
  const counterpart = key.replace(/^(more|fewer)/, (name) => (name === "more" ? "fewer" : "more"));
  const found = [key, counterpart].map((name) => box.querySelector(`[data-key="${name}"]`));
  const again = found.find((node) => node instanceof HTMLElement && !node.matches(":disabled"));
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}

/**
 * The controls in a box over the diagram.
 * @param {HTMLElement} box
 * @param {Act} act
 */
export function makeControls(box, act) {
  const ink = contextOf(document.createElement("canvas"));
  /** @param {string} text */
  const measure = (text) => ink.measureText(text).width;
  /** @type {WeakMap<EventTarget, NeuronFocus>} */
  const neurons = new WeakMap();
  /** @type {HTMLElement[][]} */
  let buttons = []; // of the neurons, by layer
  let marked = false;

  /** @param {Network} net @param {Plan} plan */
  function buildNeurons({ layers }, plan) {
    buttons = layers.map(({ width }, l) => Array.from({ length: width }, (_, j) => {
      const node = neuronButton(plan, l, j);
      neurons.set(node, { kind: "neuron", l, j });
      return node;
    }));
  }

  return {
    /** Builds all anew; the control that has the keyboard keeps it. @param {Shown} state @param {Place} place */
    build(state, place) {
      const { net } = state, plan = { state, place, act, measure };
      ink.font = `14px ${state.colors.font}`;
      const folded = place.columns[0].fold !== "";
      const inputs = folded ? [inputBlockNode(plan)] : rowsListed(plan).map((row) => inputButton(plan, row));
      const heads = Array.from({ length: net.last }, (_, l) => hiddenHead(plan, l));
      buildNeurons(net, plan);
      const key = focused(box)?.dataset.key;
      keepingChoice(box, () =>
        box.replaceChildren(...inputs, inputHead(plan), ...heads, outputHead(plan), ...buttons.flat()));
      if (key) focusAgain(box, key);
    },

    /** Says at each neuron's button what is wrong with it. @param {Map<string, string>} marks by layer and number */
    mark(marks) {
      if (!marks.size && !marked) return;
      marked = marks.size > 0;
      buttons.forEach((layer, l) => layer.forEach((node, j) => {
        const { name = "" } = node.dataset, mark = marks.get(`${l},${j}`), label = mark ? `${name}, ${mark}` : name;
        if (node.getAttribute("aria-label") !== label) node.setAttribute("aria-label", label);
      }));
    },

    /** The neuron whose button an event comes from, or null. @param {EventTarget | null} target */
    neuronAt: (target) => (target && neurons.get(target)) || null,

    /**
     * The button of a neuron, if there is one.
     * @param {number} l
     * @param {number} j
     * @returns {HTMLElement | undefined}
     */
    buttonOf: (l, j) => buttons[l]?.[j],
  };
}
