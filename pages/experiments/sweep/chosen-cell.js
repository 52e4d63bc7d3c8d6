// What is said of the selected cell, with a link to each of its runs.

import { element } from "../../live/kit/elements.js";
import { emptyText, lossSaid, nameOf } from "./words.js";

/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {import("./types.js").CellRun} CellRun */
/** @typedef {import("./types.js").Sweep} Sweep */

/** The address of a run at its end, in the playground. @param {Cell} cell @param {CellRun} run */
const addressOf = ({ query }, { seed, epoch }) => `./?${query ? query + "&" : ""}seed=${seed}&frame=${epoch}`;

/** @param {string} name @param {string} value @param {string} [more] */
const figure = (name, value, more = "") =>
  element("div", { "class": "figure" }, element("dt", {}, name), element("dd", {}, value), element("dd", {}, more));

/** A run as a link. @param {Sweep} sweep @param {Cell} cell @param {CellRun} run @param {boolean} isMedian */
function chip({ success }, cell, run, isMedian) {
  const loss = run.overflowed ? `numbers overflowed after epoch ${run.epoch}` : `${cell.judged} ${lossSaid(run.loss)}`;
  const won = run.succeeded ? `, at or below ${success}` : "", which = isMedian ? ", the median run" : "";
  return element("a", {
    "class": "chip", "href": addressOf(cell, run), "target": "_self", "data-role": "run", "data-seed": run.seed,
    "data-median": isMedian, "data-succeeded": run.succeeded, "title": loss + won + which,
    "aria-label": `Seed ${run.seed}, ${loss}${won}${which}: open in the playground`,
  }, String(run.seed));
}

/**
 * @param {Sweep} sweep
 * @param {Cell | undefined} cell
 * @returns {Node[]}
 */
export function chosenParts(sweep, cell) {
  if (!cell) return [];
  const name = element("div", { "class": "name" }, element("b", {}, nameOf(sweep, cell)),
    element("span", {}, cell.refusal || (cell.count ? "selected cell" : emptyText(sweep, cell))));
  const { runs, median = 0, quartiles, seconds } = cell;
  if (!runs || !quartiles) return [name];
  const [low, middle, high] = quartiles.map(lossSaid);
  const figures = element("dl", { "class": "figures" },
    figure(`Median ${cell.judged}`, middle, `${low} to ${high}`),
    figure(`${sweep.success} or less`, `${cell.successes} of ${cell.count}`),
    figure("Time per run", seconds ? `${+seconds.toPrecision(2)} s` : "–"));
  const chips = element("div", { "class": "chips" }, ...runs.map((run, k) => chip(sweep, cell, run, k === median)));
  const seeds = element("div", { "class": "seeds" },
    element("p", {}, `Seeds, best to worst, each opens its run; ${runs[median].seed} is the median`), chips);
  const open = element("a", {
    "class": "open", "href": addressOf(cell, runs[median]), "target": "_self", "data-role": "open",
    "title": "The median run",
  }, "Open in the playground");
  const keep = element("button", {
    "type": "button", "class": "keep", "data-action": "keep-run", "data-role": "keep", "data-seed": runs[median].seed,
    "title": "Keep the median run, to compare it with others in the playground",
  }, "Keep for comparing");
  return [name, figures, seeds, element("div", { "class": "acts" }, open, keep)];
}
