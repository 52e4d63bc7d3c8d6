// Turns short texts with λ_{max}, x^{(0)} and *x* into HTML and SVG, and numbers into text.

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

const richText = (text) => escaped(text.replace(/(^|[\s(×=])-(?=\d)/g, "$1−")).replace(/λ(max|min)\b/g, "λ<sub>$1</sub>").replace(/_\{([^}]*)\}/g, "<sub>$1</sub>").replace(/\^\{([^}]*)\}/g, "<sup>$1</sup>").replace(/\*(\S+?)\*/g, "<i>$1</i>");

// In SVG: pieces shifted down or up; the next piece is shifted back.
function svgText(text) {
  let back = 0;
  return escaped(text).split(/(_\{[^}]*\}|\^\{[^}]*\}|\*\S+?\*)/).filter(Boolean).map((piece) => {
    const low = piece.startsWith("_{"), high = piece.startsWith("^{");
    const dy = (low ? 4 : high ? -6 : 0) + back;
    back = low ? -4 : high ? 6 : 0;
    const shift = dy ? ` dy="${dy}"` : "";
    if (low || high) return `<tspan${shift} font-size="72%">${piece.slice(2, -1)}</tspan>`;
    return piece.startsWith("*") ? `<tspan${shift} font-family="var(--mathi)" font-style="italic">${piece.slice(1, -1)}</tspan>` : `<tspan${shift}>${piece}</tspan>`;
  }).join("");
}

const powerText = (value, digits) => { // 1.23·10^{45}
  const [mantissa, exponent] = value.toExponential(digits).split("e");
  return minus(`${mantissa}·10^{${+exponent}}`);
};

// Five decimals as long as they say something, then powers of ten.
function valueText(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return spelled(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return powerText(value, 3);
  return fixed(value, size < 100 ? 5 : size < 1e4 ? 3 : 1);
}

const coordinateText = (value) => (Math.abs(value) >= 1e5 ? powerText(value, 1) : minus(String(+value.toFixed(4))));
const etaText = (eta, step) => fixed(eta, Math.max(3, Math.min(8, -Math.floor(Math.log10(step) + 1e-9))));

// Round places for ticks within a range, about so many.
function roundTicks(low, high, parts) {
  const step = roundStep(high - low, parts), ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) ticks.push(+(k * step).toPrecision(12));
  return ticks;
}
