// Draws f and ‖∇f‖ against the steps on a logarithmic axis, with ε and the step at which each test holds.

import { minus } from "../../live/kit/format.js";
import { markPath } from "../../live/kit/shapes.js";
import { roundTicks } from "../../live/kit/ticks.js";
import { curveScale, fitDecades } from "./logscale.js";
import { halo, stroked, textAt } from "./svg.js";
import { svgText } from "./text.js";

/** @typedef {import("./logscale.js").CurveScale} CurveScale */
/** @typedef {import("./types.js").Floats} Floats */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Ready} Ready */

const JOINED = 'stroke-linejoin="round"';
const MIDDLE = 'text-anchor="middle"';
const PAPER = 'stroke="var(--bg)" stroke-width="1.5"';

/** @param {CurveScale} scale */
function decadeLines({ left, right, decades: { top, bottom, every }, Y }) {
  let text = "";
  for (let exponent = top; exponent >= bottom; exponent -= every) {
    const y = Y(10 ** exponent), label = svgText(`10^{${minus(String(exponent))}}`);
    text += stroked(`M${left},${y}H${right}`, "var(--hair)", 1.2)
      + textAt(left - 8, y + 5, 14, 'text-anchor="end" fill="var(--ink2)"', label);
  }
  return text;
}

/** @param {CurveScale} scale @param {number} width */
function stepTicks({ floor, extent, X }, width) {
  const ticks = roundTicks(0, extent, width < 420 ? 4 : 5).filter(Number.isInteger);
  const gap = ticks.length > 1 ? ticks[ticks.length - 1] - 0.5 * (ticks[1] - ticks[0]) : extent / 2;
  let text = "";
  for (const tick of ticks) {
    text += stroked(`M${X(tick)},${floor}v5`, "var(--ink2)", 1)
      + textAt(X(tick), floor + 20, 14, MIDDLE + ' fill="var(--ink2)"', String(tick));
  }
  return text + textAt(X(gap), floor + 20, 14, MIDDLE + ' fill="var(--ink)"', svgText("step *k*"));
}

/** The tolerances, one line where both are equal. @param {CurveScale} scale @param {Header} header @param {number} k */
function tolerances({ left, right, X, Y }, { epsilon: { f, grad } }, k) {
  /** @param {string} name @param {number} epsilon */
  const line = (name, epsilon) => {
    const y = Y(epsilon), x = left + (Math.abs(X(k) - left - 16) < 16 ? 36 : 12); // clear of the line at step k
    return stroked(`M${left},${y}H${right}`, "var(--ink)", 1.4, 'stroke-dasharray="2 4"')
      + textAt(x, y - 7, 15, 'fill="var(--ink)"', svgText(name));
  };
  return f === grad ? line("ε", grad) : line("ε_{1}", f) + line("ε_{2}", grad);
}

/** @param {Floats} series @param {CurveScale} scale */
function curveLine(series, { X, Y }) {
  let d = "";
  for (let i = 0; i < series.length; i++) d += (i ? "L" : "M") + X(i).toFixed(1) + "," + Y(series[i]).toFixed(1);
  return d;
}

/** Cut off at the lower edge. @param {CurveScale} scale @param {string} lines */
const cut = ({ left, right, floor }, lines) =>
  `<clipPath id="curves-room"><rect x="${left}" width="${right - left + 8}" height="${floor}"/></clipPath>`
  + `<g clip-path="url(#curves-room)">${lines}</g>`;

/** @param {CurveScale} scale @param {Ready} state */
const bothCurves = (scale, { heights, norms }) =>
  cut(scale, stroked(curveLine(heights, scale), "var(--train)", 2.6, JOINED)
    + stroked(curveLine(norms, scale), "var(--test)", 2.6, 'stroke-dasharray="7 4" ' + JOINED));

/** The two axes, and a line at the shown step. @param {CurveScale} scale @param {number} k */
const axesAndStep = ({ left, right, top, floor, X }, k) =>
  stroked(`M${left},${top}V${floor}H${right}`, "var(--ink2)", 1.2)
  + stroked(`M${X(k)},${top}V${floor}`, "var(--accent)", 2);

/**
 * One racer's ‖∇f‖, and its mark at the shown step.
 * @param {CurveScale} scale
 * @param {Floats} series
 * @param {number} k
 * @param {number} i which racer
 * @param {string} shape
 */
function racerCurve(scale, series, k, i, shape) {
  const color = `var(--mark-${i})`, at = Math.min(k, series.length - 1), value = series[at];
  const line = cut(scale, stroked(curveLine(series, scale), color, 2.2, JOINED));
  if (!scale.isShown(value)) return line;
  const look = `fill="${color}" stroke="var(--bg)" stroke-width="2" paint-order="stroke"`;
  return line + `<path d="${markPath(shape, scale.X(at), scale.Y(value), 6)}" ${look}/>`;
}

/** @typedef {{ x: number, y: number, left: boolean, base: number, at: number, name: string }} Crossing */

/**
 * The first steps at which the tests hold, and where that is written: beside the point, and not on each other.
 * @param {CurveScale} scale
 * @param {Pick<Ready, "heights" | "norms" | "count"> & { header: Pick<Header, "crossings"> }} state
 * @returns {Crossing[]}
 */
export function crossingsOf({ left: start, right, floor, X, Y }, { header: { crossings }, heights, norms, count }) {
  /** @type {Crossing[]} */
  const found = [];
  /** @param {number | null} at @param {Floats} series @param {string} name */
  const add = (at, series, name) => {
    if (at === null || at >= count) return;
    const x = X(at), y = Y(series[at]), left = x > start + (right - start) * 0.42;
    let base = left ? Math.min(floor - 7, y + 19) : y - 10;
    while (found.some((other) => Math.abs(other.base - base) < 18 && Math.abs(other.x - x) < 190)) base -= 20;
    found.push({ x, y, left, base, at, name });
  };
  add(crossings.f, heights, "|Δ*f*| < ε");
  add(crossings.grad, norms, "‖∇*f*‖ < ε");
  return found;
}

/** @param {Crossing} crossing @param {boolean} narrow */
function drawCrossing({ x, y, left, base, at, name }, narrow) {
  const anchor = left ? "end" : "start", words = `${narrow ? "" : svgText(name + ": ")}step ${at}`;
  const look = `font-weight="600" text-anchor="${anchor}" fill="var(--ink)" ${halo(4)}`;
  return `<circle cx="${x}" cy="${y}" r="7" fill="none" stroke="var(--ink)" stroke-width="2"/>`
    + textAt(x + (left ? -11 : 12), base, 15, look, words);
}

/** Both curves' points at the shown step. @param {CurveScale} scale @param {Ready} state */
function presentPoints({ X, Y, isShown }, { heights, norms, k }) {
  const x = X(k);
  let text = "";
  if (isShown(heights[k])) text += `<circle cx="${x}" cy="${Y(heights[k])}" r="5" fill="var(--train)" ${PAPER}/>`;
  if (isShown(norms[k])) {
    text += `<rect x="${x - 4.5}" y="${Y(norms[k]) - 4.5}" width="9" height="9" fill="var(--test)" ${PAPER}/>`;
  }
  return text;
}

/** @param {SVGSVGElement} svg @param {Ready} state @param {string[]} shapes */
export function drawCurves(svg, state, shapes) {
  const { header, k, racing } = state, width = svg.clientWidth;
  const series = racing ? state.raceNorms : [state.heights, state.norms];
  const decades = fitDecades(series, Math.min(header.epsilon.f, header.epsilon.grad));
  const scale = curveScale(width, svg.clientHeight, state.last, decades);
  let text = decadeLines(scale) + stepTicks(scale, width) + tolerances(scale, header, k);
  if (racing) {
    text += axesAndStep(scale, k);
    state.raceNorms.forEach((norms, i) => { text += racerCurve(scale, norms, k, i, shapes[i]); });
  } else {
    text += bothCurves(scale, state) + axesAndStep(scale, k);
    for (const crossing of crossingsOf(scale, state)) text += drawCrossing(crossing, width < 420);
    text += presentPoints(scale, state);
  }
  svg.innerHTML = text;
}
