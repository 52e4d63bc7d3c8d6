// The controls of the map's plane: which inputs lie along its axes, a slider for each of the others, and PCA.

import { element, find, findAs } from "../../live/kit/elements.js";
import { makeInputCaptions } from "./input-captions.js";
import { roundUnit } from "./plane.js";
import { asSeen, hasSlice, inputAxis, ownUnits } from "./slice.js";
import { probePoint } from "./slice-state.js";
import { bareName, componentWords, heldInputs, heldText, loadingWords } from "./slice-words.js";

/** @typedef {import("../../live/kit/requests.js").Requests} Requests */
/** @typedef {import("./probe-moves.js").ProbeMoves} ProbeMoves */
/** @typedef {import("./slice.js").Axis} Axis */
/** @typedef {import("./types.js").Shown} Shown */

const SLIDER_STEPS = 100; // of a slider, at most ten times so many

/**
 * A slider for one input that the map holds, in the data's units.
 * @param {Axis} axis
 * @param {(value: number, done: boolean) => void} slide
 */
function heldSlider(axis, slide) {
  const step = roundUnit(axis, SLIDER_STEPS), low = Math.floor(ownUnits(axis, axis.low) / step) * step;
  const most = Math.ceil(ownUnits(axis, axis.high) / step) * step;
  const input = element("input", {
    "type": "range", "min": +low.toPrecision(12), "max": +most.toPrecision(12), step, "data-action": "probe",
    "data-role": "held", "aria-label": `${axis.name}, held`,
  });
  const value = element("output", {}), name = element("span", { class: "name", title: axis.name }, bareName(axis.name));
  input.oninput = () => slide(asSeen(axis, Number(input.value)), false);
  input.onchange = () => slide(asSeen(axis, Number(input.value)), true);
  return {
    node: element("label", { class: "held" }, name, input, value),

    /** @param {number} seen */
    show(seen) {
      const own = String(ownUnits(axis, seen)), text = heldText(axis, seen);
      if (value.textContent === text && input.dataset.own === own) return;
      input.dataset.own = own;
      input.value = own;
      input.setAttribute("aria-valuetext", text);
      value.textContent = text;
    },
  };
}

/**
 * The names that an axis can have.
 * @param {HTMLSelectElement} select
 * @param {string[]} names
 * @param {number} chosen
 */
function fillAxis(select, names, chosen) {
  if (select.dataset.of !== String(names)) {
    select.replaceChildren(...names.map((name, k) => element("option", { value: k }, name)));
    select.dataset.of = String(names);
  }
  select.value = String(chosen);
}

/**
 * @param {HTMLElement} root
 * @param {Pick<ProbeMoves, "slide">} moves
 * @param {Pick<Requests, "wish">} requests
 */
export function makeSlicePanel(root, moves, requests) {
  const box = find(root, ".slice"), held = find(root, ".slice-held"), pca = find(root, '[data-action="pca"]');
  const selects = /** @type {const} */ (["across", "up"]).map((name) => {
    const select = findAs(root, `[data-axis="${name}"]`, HTMLSelectElement);
    const label = /** @type {HTMLElement} */ (select.parentElement);
    return { name, select, label, said: find(label, "b") };
  });
  /** @type {{ of: string, sliders: Map<number, ReturnType<typeof heldSlider>> }} */
  let built = { of: "", sliders: new Map() };
  const captions = makeInputCaptions(root);

  /** @param {Record<string, unknown>} change */
  function choose(change) {
    requests.wish({ kind: "plane", change });
    requests.wish({ kind: "keep" });
  }
  for (const { name, select } of selects) select.onchange = () => choose({ [name]: Number(select.value) });
  pca.onclick = () => choose({ components: pca.getAttribute("aria-pressed") !== "true" });

  /** @param {Shown} state */
  function build(state) {
    const { header: { dataset } } = state;
    const inputs = heldInputs(state), of = [state.sliced.axes, dataset.ranges, dataset.scales].join();
    if (of === built.of) return;
    built = { of, sliders: new Map(inputs.map((d) =>
      [d, heldSlider(inputAxis(dataset, d), (value, done) => moves.slide(d, value, done))])) };
    const words = componentWords(state), said = words ? element("p", { title: loadingWords(state) }, words) : null;
    held.replaceChildren(...(said ? [said] : [...built.sliders.values()].map(({ node }) => node)));
  }

  return {
    /** @param {Shown} state */
    layout(state) {
      const { header, slice: { axes } } = state, { dataset: { coordinates }, plane } = header;
      const sliced = hasSlice(header), parts = root.dataset;
      if (sliced) parts.sliced = "";
      else delete parts.sliced;
      box.hidden = !sliced;
      selects.forEach(({ name, select, label, said }, k) => {
        label.hidden = !sliced;
        select.hidden = plane.components !== null;
        said.textContent = plane.components ? axes[k].short : "";
        said.title = plane.components ? axes[k].name : "";
        fillAxis(select, coordinates, plane[name]);
      });
      pca.setAttribute("aria-pressed", String(plane.components !== null));
      if (sliced) build(state);
    },

    /** @param {Shown} state */
    draw(state) {
      const { header, carried } = state, point = probePoint({ carried, header });
      for (const [d, { show }] of built.sliders) show(point[d]);
      captions.draw(state);
    },
  };
}
