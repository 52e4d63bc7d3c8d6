// Gives Plotly's saved pictures the page's typefaces: Plotly draws one as an image, which knows no font of the page.

import { svgElement } from "../../live/kit/elements.js";
import { embeddedFaces } from "../../live/kit/faces.js";

const CAMERA = ".js-plotly-plot .modebar-btn"; // the only button of our charts

/** All that a chart says of its fonts. @param {Element} chart */
const fontsOf = (chart) => [...chart.querySelectorAll(".main-svg text")].map((text) => {
  const { fontFamily, fontStyle } = getComputedStyle(text);
  return `${fontFamily} ${fontStyle}`;
}).join("\n");

/**
 * Puts style rules into the copy of a chart that Plotly makes next, which is what becomes the picture.
 * @param {string} rules
 */
function styleNextCopy(rules) {
  const watch = new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    const copy = added.find((node) => node instanceof Element && node.matches(".js-plotly-plot"));
    if (!(copy instanceof Element)) return;
    copy.querySelector(".main-svg")?.prepend(svgElement("style", {}, rules));
    watch.disconnect();
  });
  watch.observe(document.body, { childList: true });
  return watch;
}

/** Begins to listen for cameras that are pressed; returns how to stop. */
export function embedFacesInCharts() {
  let passing = false;

  /** @param {Event} event */
  async function onClick(event) {
    const camera = !passing && event.target instanceof Element ? event.target.closest(CAMERA) : null;
    const chart = camera?.closest(".js-plotly-plot");
    if (!camera || !chart) return;
    event.stopImmediatePropagation();
    const watch = styleNextCopy(await embeddedFaces(fontsOf(chart)));
    passing = true;
    camera.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    passing = false;
    setTimeout(() => watch.disconnect()); // the copy is made at once
  }
  addEventListener("click", onClick, true);
  return () => removeEventListener("click", onClick, true);
}
