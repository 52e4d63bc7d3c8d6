// Lets the probe's coordinates and its target be typed; the server reads what was typed.

import { element } from "../../live/kit/elements.js";

/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./probe-moves.js").ProbeMoves} ProbeMoves */

/**
 * A field that sends what was typed, by Enter or when it is left; Esc leaves it as it was.
 * @param {string} label
 * @param {Record<string, string | number>} attributes
 * @param {(text: string) => void} apply
 */
function numberField(label, attributes, apply) {
  const input = element("input", {
    "type": "text", "inputmode": "decimal", "autocomplete": "off", "enterkeyhint": "done", "data-action": "probe",
    "aria-label": label, ...attributes,
  });
  let written = "";
  function send() {
    if (input.value !== written) apply(input.value);
    written = input.value;
  }
  input.onblur = send;
  input.onkeydown = (event) => {
    if (event.key === "Enter") send();
    else if (event.key === "Escape" && input.value !== written) input.value = written;
    else return;
    event.preventDefault();
    event.stopPropagation();
    input.select();
  };
  return {
    input,

    /** Shows a value, unless another one is being typed. @param {string} text */
    show(text) {
      if (text === written || input.value !== written) return;
      written = input.value = text;
    },
  };
}

/** @typedef {ReturnType<typeof numberField>} NumberField */

/**
 * @param {Header} header
 * @param {ProbeMoves} moves
 */
export function coordinateFields({ probe, dataset: { coordinates } }, moves) {
  return probe.point.map((_, k) => numberField(
    `Probe, ${coordinates[k]}`, { "data-role": "probe-input", "data-index": k },
    (text) => moves.place(Array.from({ length: k + 1 }, (__, d) => (d === k ? text : null))),
  ));
}

/**
 * The control of the target: a class from a list, or a number.
 * @param {Header} header
 * @param {ProbeMoves} moves
 */
export function targetControl({ dataset: { kind, labels } }, moves) {
  const role = { "data-role": "probe-target" };
  if (kind === "regression") return numberField("Target of the probe’s loss", role, moves.aim);
  const input = element("select", { ...role, "data-action": "probe", "aria-label": "Target of the probe’s loss" },
    ...labels.map((label, k) => element("option", { value: k }, label)));
  input.onchange = () => moves.aim(Number(input.value));
  return { input, show(/** @type {string} */ text) { if (input.value !== text) input.value = text; } };
}
