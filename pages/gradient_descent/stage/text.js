// Turns short texts with λ_{max}, x^{(0)} and *x* into HTML and SVG, and numbers into text.

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const MARKUP = [["sub", "_{", "}"], ["sup", "^{", "}"], ["italic", "*", "*"]];
const TAGS = { sub: "sub", sup: "sup", italic: "i" };

// A short text as pieces: _{below}, ^{above}, *italic* without a space in it; all else stands for itself.
function textPieces(text) {
  const pieces = [{ style: "", text: "" }];
  for (let at = 0; at < text.length;) {
    const [style, open, close] = MARKUP.find((mark) => text.startsWith(mark[1], at)) || ["", "", ""];
    const end = style ? text.indexOf(close, at + open.length) : -1, inside = text.slice(at + open.length, end);
    if (end > at && inside && !(style === "italic" && inside.includes(" "))) {
      pieces.push({ style, text: inside }, { style: "", text: "" });
      at = end + close.length;
    } else pieces[pieces.length - 1].text += text[at++];
  }
  return pieces.filter((piece) => piece.text);
}

function richText(text) {
  const html = ({ style, text }) => (style ? `<${TAGS[style]}>${escaped(text)}</${TAGS[style]}>` : escaped(text));
  return textPieces(text).map(html).join("");
}

// In SVG: pieces shifted down or up; the next piece is shifted back.
function svgText(text) {
  let back = 0;
  return textPieces(text).map(({ style, text }) => {
    const low = style === "sub", high = style === "sup", dy = (low ? 4 : high ? -6 : 0) + back;
    back = low ? -4 : high ? 6 : 0;
    const look = low || high ? ' font-size="72%"' : style ? ' font-family="var(--mathi)" font-style="italic"' : "";
    return `<tspan${dy ? ` dy="${dy}"` : ""}${look}>${escaped(text)}</tspan>`;
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
