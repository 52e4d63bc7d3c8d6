// Makes the page's charts fit a sheet of A4, in light colours, while they are printed; style sheets do the rest.

import { element } from "../../live/kit/elements.js";
import { luminance, rgbOf } from "../../live/kit/colors.js";

const SHEET = 690; // px between the margins
const CHARTS = ".js-plotly-plot";
const COPY = "printed-scene";

/** How wide and how high a chart is on paper. @param {number} width @param {number} height */
export function sizeOnPaper(width, height) {
  const share = Math.min(1, SHEET / width);
  return { width: width * share, height: height * share };
}

/**
 * Puts a copy over each picture in space: a browser keeps none of these for the printer. How one is drawn is Plotly's
 * own affair; where it has changed, the place stays empty.
 * @param {HTMLElement & { _fullLayout?: Record<string, any> }} chart
 */
function copyScenes(chart) {
  for (const part of Object.values(chart._fullLayout || {})) {
    const plot = part?._scene?.glplot, canvas = plot?.gl?.canvas;
    if (!(canvas instanceof HTMLCanvasElement)) continue;
    plot.redraw();
    const copy = element("canvas", { "class": COPY, "width": canvas.width, "height": canvas.height });
    copy.getContext("2d")?.drawImage(canvas, 0, 0);
    canvas.after(copy);
  }
}

/** @param {HTMLElement} chart */
function fit(chart) {
  const { width, height } = sizeOnPaper(chart.offsetWidth, chart.offsetHeight);
  chart.style.setProperty("--paper-width", width + "px");
  chart.style.setProperty("--paper-height", height + "px");
  for (const svg of chart.querySelectorAll(".main-svg")) {
    svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
  }
  copyScenes(chart);
}

/** Begins to listen; returns how to stop. */
export function fitChartsToPaper() {
  const charts = () => [...document.querySelectorAll(CHARTS)].filter((node) => node instanceof HTMLElement);
  function begin() {
    const page = document.querySelector(".stApp");
    const dark = page !== null && luminance(rgbOf(getComputedStyle(page).backgroundColor)) < 0.35;
    document.documentElement.toggleAttribute("data-printed-dark", dark);
    charts().forEach(fit);
  }
  function end() {
    for (const chart of charts()) {
      for (const svg of chart.querySelectorAll(".main-svg")) svg.removeAttribute("viewBox");
      for (const copy of chart.querySelectorAll("." + COPY)) copy.remove();
    }
  }
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  return () => {
    removeEventListener("beforeprint", begin);
    removeEventListener("afterprint", end);
  };
}
