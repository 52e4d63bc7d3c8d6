// What the shell adds to Streamlit's page: number fields, refusals, numbers of charts, manners of the select boxes, the
// dialogs of lessons and of pictures, a way out of an error.

import { bringLesson } from "../../live/kit/lesson.js";
import { embedFacesInCharts } from "./chart_faces.js";
import { makeChartNumbers } from "./chart_numbers.js";
import { giveFocusBack } from "./focus.js";
import { makeLessonLink } from "./lesson_link.js";
import { markLocked } from "./locked.js";
import { closeMenuAfterChoice } from "./menu.js";
import { makeNumberField } from "./number_field.js";
import { keepFocusNear } from "./pressed.js";
import { fitChartsToPaper } from "./printing.js";
import { makeRefusal } from "./refusal.js";
import { reloadWhenEmpty } from "./reload.js";
import { explainFramedSaves } from "./saving.js";
import { makeSpoken } from "./spoken.js";
import { takeWhole } from "./typing.js";

/** @typedef {import("./part.js").Message} Message */
/** @typedef {import("./part.js").Part} Part */

/** @type {Record<string, (host: HTMLElement) => Part>} */
const MAKERS = {
  number_field: makeNumberField, refusal: makeRefusal, lesson_link: makeLessonLink, chart_numbers: makeChartNumbers,
  spoken: makeSpoken,
};

/** @param {[name: string, message: Message]} given */
function take([name, { data, parentElement: host, setTriggerValue }]) {
  host.content ||= MAKERS[name](host);
  host.content.show(data, setTriggerValue);
}

/**
 * What Streamlit calls when it mounts the code, and again when the theme changes.
 * @param {{ data: import("../../live/kit/lesson.js").Lesson }} message what the address asks
 */
export function render({ data }) {
  bringLesson(data);
  /** @type {Record<string, any>} */
  const page = globalThis;
  const early = page["backprop-parts"];
  page["backprop-parts"] = { push: take };
  if (Array.isArray(early)) early.forEach(take);
  page["backprop-stop"]?.forEach((/** @type {() => void} */ stop) => stop());
  const manners = [
    giveFocusBack, keepFocusNear, closeMenuAfterChoice, takeWhole, fitChartsToPaper, explainFramedSaves,
    embedFacesInCharts, reloadWhenEmpty, markLocked,
  ];
  page["backprop-stop"] = manners.map((begin) => begin());
}
