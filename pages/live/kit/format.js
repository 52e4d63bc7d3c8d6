// Turns numbers into text of a fixed number of digits, and chooses round numbers for axes.

const minus = (text) => text.replace("-", "−");
const fixed = (value, digits) => (!Number.isFinite(value) ? spelled(value)
  : minus(Math.abs(value) < 1e7 ? value.toFixed(digits) : value.toExponential(2).replace("e+", "e")));
const signed = (value, digits) => (value < 0 ? "" : "+") + fixed(value, digits);
const spelled = (value) => (Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞");

// Four decimals; numbers from 10 on give decimals away so that the width stays.
function lossText(value) {
  if (!Number.isFinite(value)) return spelled(value);
  const size = Math.abs(value);
  if (size >= 99999.5) return minus(value.toExponential(size < 1e99 ? 1 : 0)).replace("e+", "e");
  return fixed(value, size < 10 ? 4 : size < 100 ? 3 : size < 1000 ? 2 : size < 10000 ? 1 : 0);
}

function metricText(value, unit) {
  if (!Number.isFinite(value)) return "–";
  if (unit === "%") return fixed(value, 1);
  return fixed(value, Math.abs(value) < 10 ? 3 : Math.abs(value) < 1000 ? 1 : 0);
}

// Epochs are whole; while a frame is a mini-batch they have two decimals.
const isWhole = (epoch) => Math.abs(epoch - Math.round(epoch)) < 1e-4;
const epochText = (epoch) => epoch.toFixed(isWhole(epoch) ? 0 : 2);

// Six digits in groups of three: the leading zeros apart, to be printed grey.
function paddedEpoch(epoch, decimals) {
  const [digits, fraction] = Math.max(0, epoch).toFixed(decimals).split(".");
  const text = digits.padStart(6, "0").replace(/\B(?=(\d{3})+$)/g, " ");
  const ink = digits.replace(/\B(?=(\d{3})+$)/g, " ").length;
  return [text.slice(0, text.length - ink), text.slice(text.length - ink) + (fraction ? "." + fraction : "")];
}

// The epoch axis ends at 6, 15, 30, 60, 150, 300, ...: it stands still while training runs.
function epochExtent(epochs) {
  if (epochs <= 6) return 6;
  for (let unit = 1; ; unit *= 10) {
    for (const step of [15, 30, 60]) if (step * unit >= epochs) return step * unit;
  }
}

function decadeText(power) {
  return power >= 0 ? String(10 ** power) : power >= -4 ? (10 ** power).toFixed(-power) : "1e−" + -power;
}

// A round step that divides `range` in about `parts`.
function roundStep(range, parts) {
  const raw = range / parts, unit = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].find((k) => k * unit >= raw) * unit;
}

// Four digits that count: the number's text, and a power of ten or null.
function significant(value) {
  if (!Number.isFinite(value)) return [spelled(value), null];
  if (value === 0) return ["0", null];
  const power = Math.floor(Math.log10(Math.abs(value)));
  return power >= -3 && power < 4 ? [signed(value, 3 - power), null] : [signed(value / 10 ** power, 3) + "·10", power];
}

const shortNumber = (value) => minus(String(+value.toPrecision(3)));

// "x₁²" as text pieces, each with its place: 0 on the line, -1 below, +1 above.
function symbolPieces(text) {
  const low = "₀₁₂₃₄₅₆₇₈₉", high = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return [...text].map((c) =>
    low.includes(c) ? [String(low.indexOf(c)), -1] : high.includes(c) ? [String(high.indexOf(c)), 1] : [c, 0]);
}

function symbolNode(text, letters) {
  const node = document.createElement("span");
  for (const [piece, place] of symbolPieces(text)) {
    const tag = place < 0 ? "sub" : place > 0 ? "sup" : piece === "x" && letters;
    node.append(tag ? element(tag, {}, piece) : piece);
  }
  return node;
}
