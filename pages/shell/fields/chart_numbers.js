// The numbers of a chart, folded away below it, and the chart's name for those who can't see it.

import { element } from "../../live/kit/elements.js";
import { writeTable } from "../../live/kit/tables.js";

/**
 * What the server sends.
 * @typedef {object} Numbers
 * @property {string} chart the key of the chart
 * @property {string} title
 * @property {string} said what it shows, in one sentence
 * @property {string} note how many rows are left out
 * @property {string[]} heads
 * @property {string[][]} rows
 */

const LOOK_EVERY = 500; // ms; Plotly draws a chart anew when it likes

/**
 * Gives the drawing one name; what it is drawn with is not read, and its camera says whose picture it saves.
 * @param {Element} plot
 * @param {Numbers} numbers
 */
export function nameChart(plot, { title, said }) {
  const [first, ...others] = plot.querySelectorAll(".main-svg, .gl-container");
  if (!first || first.getAttribute("aria-label") === said) return;
  first.setAttribute("role", "img");
  first.setAttribute("aria-label", said);
  for (const other of others) other.setAttribute("aria-hidden", "true");
  for (const camera of plot.querySelectorAll(".modebar-btn")) {
    camera.setAttribute("aria-label", `${camera.getAttribute("data-title")}: ${title}`);
  }
}

/** @param {HTMLElement} host */
export function makeChartNumbers(host) {
  const summary = element("summary"), said = element("p"), table = element("table"), note = element("p");
  const scroller = element("div", { "class": "rows", "tabindex": "0", "role": "region" }, table);
  host.append(element("details", { "class": "chart-numbers" }, summary, said, scroller, note));
  /** @type {Numbers | undefined} */
  let shown;
  function look() {
    const plot = shown && document.querySelector(`.st-key-${shown.chart} .js-plotly-plot`);
    if (plot && shown) nameChart(plot, shown);
  }
  const timer = setInterval(look, LOOK_EVERY);

  return {
    /** @param {Numbers} numbers */
    show(numbers) {
      if (JSON.stringify(numbers) === JSON.stringify(shown)) return;
      shown = numbers;
      summary.textContent = `Numbers: ${numbers.title}`;
      said.textContent = numbers.said;
      note.textContent = numbers.note;
      note.hidden = !numbers.note;
      scroller.setAttribute("aria-label", summary.textContent);
      writeTable(table, numbers.title, numbers.heads, numbers.rows);
      look();
    },
    leave() { clearInterval(timer); },
  };
}
