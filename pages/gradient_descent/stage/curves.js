// Draws f and ‖∇f‖ against the steps on a logarithmic axis, with ε and the step at which each test holds.

const CURVES = { left: 58, right: 18, top: 12, bottom: 38 };

function makeCurves(svg) {
  let scale = null;
  const seriesOf = ({ racing, raceNorms, heights, norms }) => (racing ? raceNorms : [heights, norms]);
  function fit(state) {
    const { header } = state;
    let high = -Infinity, low = Infinity;
    for (const series of seriesOf(state)) for (let k = 0; k < series.length; k++) {
      const v = series[k];
      if (!(v > 0) || !Number.isFinite(v)) continue;
      high = Math.max(high, v);
      low = Math.min(low, v);
    }
    const epsilon = Math.min(header.epsilon.f, header.epsilon.grad);
    const top = high > 0 ? Math.ceil(Math.log10(high) - 1e-9) : 1;
    const floor = Math.log10(Math.max(1e-300, Math.min(epsilon / 30, low < Infinity ? low : epsilon)));
    const bottom = Math.min(top - 2, Math.max(Math.floor(floor), Math.floor(Math.log10(epsilon)) - 2));
    const every = Math.max(1, Math.ceil((top - bottom) / 6));
    return { top: bottom + Math.ceil((top - bottom) / every) * every, bottom, every };
  }
  return {
    stepAt(x) { return scale ? Math.round(((x - CURVES.left) / (scale.width - CURVES.left - CURVES.right)) * scale.extent) : 0; },
    draw(state) {
      const { header, heights, norms, count, k } = state, width = svg.clientWidth, height = svg.clientHeight;
      const extent = Math.max(4, Math.ceil(state.last * 1.06));
      const { top, bottom, every } = fit(state);
      scale = { width, extent };
      const right = width - CURVES.right, floor = height - CURVES.bottom;
      const X = (step) => CURVES.left + ((right - CURVES.left) * step) / extent;
      // What is smaller than the axis shows leaves the picture at its lower edge.
      const Y = (v) => { const e = v > 0 ? Math.log10(Math.min(v, 1e308)) : bottom - 20; return CURVES.top + ((floor - CURVES.top) * (top - Math.max(bottom - 20, Math.min(top, e)))) / (top - bottom); };
      const isShown = (v) => v >= 10 ** bottom, cut = (lines) => `<clipPath id="curves-room"><rect x="${CURVES.left}" width="${right - CURVES.left + 8}" height="${floor}"/></clipPath><g clip-path="url(#curves-room)">${lines}</g>`;
      let text = "";
      for (let e = top; e >= bottom; e -= every) text += `<path d="M${CURVES.left},${Y(10 ** e)}H${right}" stroke="var(--hair)" stroke-width="1.2"/><text x="${CURVES.left - 8}" y="${Y(10 ** e) + 5}" font-size="14" text-anchor="end" fill="var(--ink2)">${svgText(`10^{${minus(String(e))}}`)}</text>`;
      const ticks = roundTicks(0, extent, width < 420 ? 4 : 5).filter(Number.isInteger), gap = ticks.length > 1 ? ticks[ticks.length - 1] - 0.5 * (ticks[1] - ticks[0]) : extent / 2;
      for (const t of ticks) text += `<path d="M${X(t)},${floor}v5" stroke="var(--ink2)"/><text x="${X(t)}" y="${floor + 20}" font-size="14" text-anchor="middle" fill="var(--ink2)">${t}</text>`;
      text += `<text x="${X(gap)}" y="${floor + 20}" font-size="14" text-anchor="middle" fill="var(--ink)">${svgText("step *k*")}</text>`;
      const same = header.epsilon.f === header.epsilon.grad;
      for (const [name, epsilon] of same ? [["ε", header.epsilon.grad]] : [["ε_{1}", header.epsilon.f], ["ε_{2}", header.epsilon.grad]])
        text += `<path d="M${CURVES.left},${Y(epsilon)}H${right}" stroke="var(--ink)" stroke-width="1.4" stroke-dasharray="2 4"/><text x="${CURVES.left + (Math.abs(X(k) - CURVES.left - 16) < 16 ? 36 : 12)}" y="${Y(epsilon) - 7}" font-size="15" fill="var(--ink)">${svgText(name)}</text>`;
      const line = (series) => { let d = ""; for (let i = 0; i < series.length; i++) d += (i ? "L" : "M") + X(i).toFixed(1) + "," + Y(series[i]).toFixed(1); return d; };
      const drawRace = () => state.raceNorms.map((series, i) => {
        const at = Math.min(k, series.length - 1);
        const mark = isShown(series[at]) ? `<path d="${markPath(i, X(at), Y(series[at]), 6)}" fill="var(--mark-${i})" stroke="var(--bg)" stroke-width="2" paint-order="stroke"/>` : "";
        return cut(`<path d="${line(series)}" fill="none" stroke="var(--mark-${i})" stroke-width="2.2" stroke-linejoin="round"/>`) + mark;
      }).join("");
      if (!state.racing) text += cut(`<path d="${line(heights)}" fill="none" stroke="var(--train)" stroke-width="2.6" stroke-linejoin="round"/><path d="${line(norms)}" fill="none" stroke="var(--test)" stroke-width="2.6" stroke-dasharray="7 4" stroke-linejoin="round"/>`);
      text += `<path d="M${CURVES.left},${CURVES.top}V${floor}H${right}" fill="none" stroke="var(--ink2)" stroke-width="1.2"/><path d="M${X(k)},${CURVES.top}V${floor}" stroke="var(--accent)" stroke-width="2"/>`;
      if (state.racing) {
        svg.innerHTML = text + drawRace();
        return;
      }
      const tests = [[header.crossings.f, heights, "|Δ*f*| < ε"], [header.crossings.grad, norms, "‖∇*f*‖ < ε"]], rows = [];
      for (const [at, series, name] of tests) {
        if (at === null || at >= count) continue;
        const x = X(at), y = Y(series[at]), left = x > CURVES.left + (right - CURVES.left) * 0.42;
        let base = left ? Math.min(floor - 7, y + 19) : y - 10;
        while (rows.some(([a, b]) => Math.abs(a - base) < 18 && Math.abs(b - x) < 190)) base -= 20;
        rows.push([base, x]);
        text += `<circle cx="${x}" cy="${y}" r="7" fill="none" stroke="var(--ink)" stroke-width="2"/><text x="${x + (left ? -11 : 12)}" y="${base}" font-size="15" font-weight="600" text-anchor="${left ? "end" : "start"}" fill="var(--ink)" stroke="var(--bg)" stroke-width="4" paint-order="stroke" stroke-linejoin="round">${width < 420 ? "" : svgText(name + ": ")}step ${at}</text>`;
      }
      if (isShown(heights[k])) text += `<circle cx="${X(k)}" cy="${Y(heights[k])}" r="5" fill="var(--train)" stroke="var(--bg)" stroke-width="1.5"/>`;
      if (isShown(norms[k])) text += `<rect x="${X(k) - 4.5}" y="${Y(norms[k]) - 4.5}" width="9" height="9" fill="var(--test)" stroke="var(--bg)" stroke-width="1.5"/>`;
      svg.innerHTML = text;
    },
  };
}
