// The line below map and diagram: where the probe is, what the network says there, and its loss against a target.

import { element, find, svgElement } from "../../live/kit/elements.js";
import { markPath } from "../../live/kit/shapes.js";
import { symbolNode } from "../../live/kit/symbols.js";
import { listedOutputs, othersText, outputsListed } from "./many-classes.js";
import { coordinateFields, targetControl } from "./probe-fields.js";
import {
  coordinateText, probeFacts, probeNote, probeOutputs, probePlace, probeSaid, probeTexts,
} from "./probe-words.js";
import { ownUnits, placeOn } from "./slice.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./probe-moves.js").ProbeMoves} ProbeMoves */

const MANY = 4; // coordinates and outputs, beyond which the line is two
const CAPTIONED = 4; // outputs, up to which a narrow line says what they are
const SHORT = 6; // outputs, beyond which they have two decimals

/** The shape of a class, which can become that of another one in its place. @param {Shown} state @param {number} [k] */
function classMark({ shapes }, k) {
  const path = svgElement("path", { class: "filled" });
  /** @type {number | null} */
  let of = null;
  /** @param {number | null} sort null: of none */
  function become(sort) {
    if (sort === of) return;
    of = sort;
    path.setAttribute("d", sort === null ? "" : markPath(shapes[sort], 7, 7, 5));
    path.setAttribute("style", `--mark:var(--mark-${sort})`);
  }
  if (k !== undefined) become(k);
  const attributes = { "width": 14, "height": 14, "viewBox": "0 0 14 14", "aria-hidden": "true" };
  return { node: svgElement("svg", attributes, path), become };
}

/** @param {Node} node @param {string} text */
function renew(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * What the network says, with a place for each number.
 * @param {Shown} state
 */
function sayingNodes(state) {
  const { net: { outputs: K }, header: { dataset: { labels, kind } } } = state, { name } = probeFacts(state);
  const values = Array.from({ length: outputsListed(K) }, () => element("b")), look = ["saying"];
  if (K > CAPTIONED) look.push("many");
  if (K > SHORT) look.push("short");
  const sorts = values.map((_, k) => ({ mark: classMark(state, k), label: document.createTextNode(labels[k]) }));
  const shares = values.map((value, k) => (K > 1
    ? element("span", { class: "share" }, sorts[k].mark.node, sorts[k].label, value)
    : element("span", { class: "only" }, value)));
  const mark = classMark(state), label = element("span"), caption = element("span", { class: "caption-word" }, name);
  const predicted = element("b", { class: "predicted" }, mark.node, label);
  const sort = K > 1 || kind === "regression" ? [] : [element("span", { class: "sort" }, "→ class", predicted)];
  const saying = element("span", { class: look.join(" ") }, caption, ...shares, othersText(K));
  return { values, sorts, shares, predicted: { mark, label }, nodes: [saying, ...sort] };
}

/** @typedef {ReturnType<typeof buildStrip>} Built what changes; of several outputs the likeliest is the class */

/**
 * @param {HTMLElement} box
 * @param {Shown} state
 * @param {ProbeMoves} moves
 */
function buildStrip(box, state, moves) {
  const { header } = state, fields = coordinateFields(header, moves), target = targetControl(header, moves);
  const saying = sayingNodes(state), loss = element("b", { class: "loss" }), note = element("span", { class: "note" });
  const mark = classMark(state), marked = header.dataset.kind === "regression" ? [] : [mark.node];
  box.replaceChildren(
    element("span", { class: "coordinates" }, ...fields.map(({ input }, k) =>
      element("label", { title: header.dataset.coordinates[k] },
        symbolNode(header.dataset.short_coordinates[k], "i"), input))), note,
    ...saying.nodes,
    element("label", { class: "target" }, "Target", ...marked, target.input),
    element("span", { class: "of-loss" }, "Loss", loss),
  );
  return { fields, target, ...saying, loss, note, mark };
}

/**
 * Writes what has changed.
 * @param {Built} built
 * @param {Shown} state
 */
function writeStrip({ fields, target, values, sorts, shares, predicted, loss, note, mark }, state) {
  const { header, header: { probe, dataset: { labels, kind } } } = state, facts = probeFacts(state);
  probeTexts(header).forEach((text, k) => fields[k].show(text));
  target.show(kind === "regression" ? coordinateText(probe.target) : String(probe.target));
  if (kind !== "regression") mark.become(probe.target);
  listedOutputs(probeOutputs(state), facts.values.length).forEach((k, place) => {
    renew(values[place], facts.values[k]);
    shares[place].classList.toggle("most", k === facts.predicted);
    if (values.length === facts.values.length) return;
    sorts[place].mark.become(k);
    renew(sorts[place].label, labels[k]);
  });
  predicted.mark.become(facts.predicted);
  renew(predicted.label, facts.predicted === null ? "–" : labels[facts.predicted]);
  renew(loss, facts.loss);
  renew(note, probeNote(header));
}

/**
 * Puts the handle where the probe is, and says to those who hear the page what it is worth.
 * @param {HTMLElement} handle
 * @param {Shown} state
 * @param {[x: number, y: number]} pixel of the map
 */
function writeHandle(handle, state, [x, y]) {
  const { header, slice } = state, [axis] = slice.axes, [at] = placeOn(slice, header.probe.point);
  Object.assign(handle.style, { left: `${x}px`, top: `${y}px` });
  const [min, max, now] = [axis.low, axis.high, at].map((value) => ownUnits(axis, value));
  const values = { min, max, now, text: `${probePlace(header)}: ${probeSaid(state)}` };
  for (const [name, value] of Object.entries(values)) {
    const attribute = `aria-value${name}`, text = String(value);
    if (handle.getAttribute(attribute) !== text) handle.setAttribute(attribute, text);
  }
}

/**
 * @param {HTMLElement} root
 * @param {ProbeMoves} moves
 * @param {Pick<ReturnType<typeof import("./map.js").makeMap>, "pixelOf">} map
 */
export function makeProbeStrip(root, moves, map) {
  const box = find(root, ".probe-facts"), handle = find(root, ".probe-handle");
  const use = /** @type {HTMLButtonElement} */ (find(root, '[data-action="probe-point"]'));
  /** @type {Built | null} */
  let built = null;
  let of = "";
  return {
    /** @param {Shown} state */
    draw(state) {
      const { header, header: { probe, dataset }, net, held } = state, point = held?.kind === "point" ? held.n : null;
      const names = [dataset.name, dataset.labels, dataset.coordinates, dataset.kind];
      const kind = [header.session, ...names, net.outputs, net.softmax].join();
      if (kind !== of || !built) {
        [of, built] = [kind, buildStrip(box, state, moves)];
        if (dataset.named) root.dataset.named = dataset.named;
        else delete root.dataset.named;
        const isLong = !dataset.picture && probe.point.length + net.outputs > MANY;
        root.dataset.strip = dataset.named || isLong ? "two" : "one";
      }
      writeStrip(built, state);
      writeHandle(handle, state, map.pixelOf(state));
      use.disabled = point === null;
      use.onclick = () => { if (point !== null) moves.use(point); };
    },
  };
}
