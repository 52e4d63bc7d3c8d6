// What the shell adds to Streamlit's controls: number fields, refusals, and manners of the select boxes.

import { giveFocusBack } from "./focus.js";
import { makeNumberField } from "./number_field.js";
import { makeRefusal } from "./refusal.js";
import { takeWhole } from "./typing.js";

/** @typedef {import("./part.js").Message} Message */
/** @typedef {import("./part.js").Part} Part */

/** @type {Record<string, (host: HTMLElement) => Part>} */
const MAKERS = { number_field: makeNumberField, refusal: makeRefusal };

/** @param {[name: string, message: Message]} given */
function take([name, { data, parentElement: host, setTriggerValue }]) {
  host.content ||= MAKERS[name](host);
  host.content.show(data, setTriggerValue);
}

/** What Streamlit calls when it mounts the code, and again when the theme changes. */
export function render() {
  /** @type {Record<string, any>} */
  const page = globalThis;
  const early = page["backprop-parts"];
  page["backprop-parts"] = { push: take };
  if (Array.isArray(early)) early.forEach(take);
  page["backprop-stop"]?.forEach((/** @type {() => void} */ stop) => stop());
  page["backprop-stop"] = [giveFocusBack(), takeWhole()];
}
