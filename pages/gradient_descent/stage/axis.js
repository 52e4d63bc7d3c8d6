// Draws the axis of the step size with its regimes, named in words and patterned, and the marker to drag.

const REGIME_NAMES = { monotone: "monotone", "zig-zag": "zigzag", divergent: "divergent" };

function makeAxis(svg) {
  const side = 22, y = 38, h = 26;
  let width = 0, end = 1;
  const X = (eta) => side + ((width - 2 * side) * eta) / end;
  return {
    etaAt(x) {
      const step = roundStep(end, 400);
      const eta = ((x - side) / (width - 2 * side)) * end;
      return +Math.max(step, Math.min(end, Math.round(eta / step) * step)).toPrecision(10);
    },
    step: () => roundStep(end, 400),
    draw(state) {
      const { axis, eta: given } = state.header, eta = state.eta === null ? given : state.eta;
      width = svg.clientWidth;
      end = axis.end;
      const narrow = width < 560, halo = (color) => `stroke="${color}" stroke-width="6" paint-order="stroke" stroke-linejoin="round"`;
      let text = `<defs><pattern id="zigzag" width="9" height="9" patternUnits="userSpaceOnUse"><path d="M0 9 4.5 1 9 9" fill="none" stroke="var(--zigzag)" stroke-width="1.5"/></pattern><pattern id="divergent" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V8" stroke="var(--divergent)" stroke-width="2.2"/></pattern></defs>`;
      if (!axis.zones.length) text += `<rect x="${X(0)}" y="${y}" width="${X(end) - X(0)}" height="${h}" fill="var(--field)"/><path d="M${X(0)},${y + h}H${X(end)}" stroke="var(--ink3)" stroke-width="4"/>`;
      const words = [];
      for (const { from, to, regime } of axis.zones) {
        const name = REGIME_NAMES[regime], a = X(from), b = X(Math.min(to, end));
        text += `<rect x="${a}" y="${y}" width="${b - a}" height="${h}" fill="var(--${name}-ground)"/>`;
        if (name !== "monotone") text += `<rect x="${a}" y="${y}" width="${b - a}" height="${h}" fill="url(#${name})" opacity=".55"/>`;
        text += `<path d="M${a},${y + h}H${b}" stroke="var(--${name})" stroke-width="4"/>`;
        let middle = (a + b) / 2;
        const p = eta === null ? -1 : X(eta), room = narrow ? 44 : 56;
        if (Math.abs(p - middle) < room) middle = p - a > b - p ? (a + p) / 2 - 2 : (b + p) / 2 + 2;
        const label = regime === "divergent" && narrow ? "diverges" : regime;
        words.push(`<text x="${middle}" y="${y + 18}" text-anchor="middle" font-size="${narrow ? 14 : 16}" font-weight="650" fill="var(--ink)" ${halo(`var(--${name}-ground)`)}>${label}</text>`);
      }
      text += words.join("");
      if (!axis.zones.length && axis.note) text += `<text x="${Math.abs(X(eta || 0) - width / 2) < 160 && !narrow ? X(eta) + (X(eta) > width / 2 ? -170 : 170) : width / 2}" y="${y + 18}" text-anchor="middle" font-size="${narrow ? 14 : 15}" fill="var(--ink2)">${svgText(axis.note)}</text>`;
      const labels = axis.marks.map(({ at, label, long }) => ({ x: X(at), text: narrow ? label : long, half: narrow ? 26 : long.length * 3.1 }));
      for (const { x, text: label } of labels) text += `<path d="M${x},${y - 6}V${y + h + 6}" stroke="var(--ink)" stroke-width="1.6"/><text x="${x}" y="${y + h + 22}" text-anchor="middle" font-size="14" fill="var(--ink)">${svgText(label)}</text>`;
      for (const t of roundTicks(0, end, narrow ? 4 : 6)) {
        const x = X(t), ink = 16;
        if (labels.some((label) => Math.abs(label.x - x) < label.half + ink)) continue;
        text += `<path d="M${x},${y + h + 2}v5" stroke="var(--ink2)"/><text x="${x}" y="${y + h + 22}" font-size="14" text-anchor="middle" fill="var(--ink2)">${coordinateText(t)}</text>`;
      }
      if (eta !== null) {
        const x = X(Math.min(eta, end)), anchor = x > width - 60 ? "end" : x < 60 ? "start" : "middle", lx = anchor === "end" ? width - 10 : anchor === "start" ? 10 : x;
        const clash = !narrow && x < 190 ? "" : `<text x="${side}" y="20" font-size="16" font-weight="650" fill="var(--ink)">${narrow ? "" : "Step size " + svgText("*η*")}</text>`;
        text += clash;
        text += `<g class="marker" tabindex="0" role="slider" data-role="eta" aria-label="Step size" aria-valuemin="0" aria-valuemax="${end}" aria-valuenow="${eta}"><path d="M${x},${y - 4}V${y + h + 3}" stroke="var(--bg)" stroke-width="7"/><path d="M${x},${y - 4}V${y + h + 3}" stroke="var(--accent)" stroke-width="4"/><path d="M${x},${y - 1}l-9,-11h18z" fill="var(--accent)"/><text x="${lx}" y="${y - 17}" text-anchor="${anchor}" font-size="17" font-weight="700" fill="var(--accent)">${svgText(`*η* = ${eta > end * 1.0001 ? coordinateText(eta) + " →" : etaText(eta, roundStep(end, 400))}`)}</text></g>`;
      } else text += `<text x="${side}" y="20" font-size="16" font-weight="650" fill="var(--ink)">${svgText("Step size *η*")}</text>`;
      if (axis.zones.length && axis.note && !narrow && (eta === null || X(Math.min(eta, end)) < width - 300)) text += `<text x="${width - side}" y="20" text-anchor="end" font-size="14" fill="var(--ink2)">${svgText(axis.note)}</text>`;
      const held = svg.getRootNode().activeElement && svg.contains(svg.getRootNode().activeElement);
      svg.innerHTML = text;
      if (held) { const marker = svg.querySelector(".marker"); if (marker) marker.focus({ preventScroll: true }); }
    },
  };
}
