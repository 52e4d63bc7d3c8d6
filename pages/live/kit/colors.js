// Reads the theme's colours once and makes the look-up tables that turn numbers into pixels.

const rgbOf = (() => {
  let ink = null;
  return (color) => { // any CSS colour as [r, g, b]
    ink = ink || document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    ink.fillStyle = "#000";
    ink.fillStyle = color;
    ink.clearRect(0, 0, 1, 1);
    ink.fillRect(0, 0, 1, 1);
    return [...ink.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
})();
const mixed = (a, b, share) => a.map((value, k) => value + (b[k] - value) * share);
const cssColor = (rgb) => `rgb(${rgb.map(Math.round).join(",")})`;
const pixel = (rgb) => (255 << 24) | (Math.round(rgb[2]) << 16) | (Math.round(rgb[1]) << 8) | Math.round(rgb[0]);
const luminance = (rgb) => (0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]) / 255;

function table(length, colorAt) {
  const pixels = new Int32Array(length);
  for (let k = 0; k < length; k++) pixels[k] = pixel(colorAt(k));
  return pixels;
}

const SURE = 64; // steps of certainty in a class's colour

function readColors(root) {
  const style = getComputedStyle(root);
  const value = (name) => style.getPropertyValue("--" + name).trim();
  const colors = { font: style.fontFamily };
  for (const name of ["bg", "field", "line", "ink", "ink2", "ink3", "accent", "pos", "neg", "train", "test"]) colors[name] = value(name);
  const stops = [0, 1, 2, 3, 4].map((k) => rgbOf(value("div-" + k)));
  const zero = rgbOf(value("zero")), missing = rgbOf(colors.line);
  colors.areas = MARK_SHAPES.map((_, k) => rgbOf(value("area-" + k)));
  colors.marks = MARK_SHAPES.map((_, k) => value("mark-" + k));
  colors.diverging = (v) => {
    const u = (Math.max(-1, Math.min(1, v)) + 1) * 2, k = Math.min(3, Math.floor(u));
    return mixed(stops[k], stops[k + 1], u - k);
  };
  colors.certain = (k, sure) => mixed(zero, colors.areas[k], 0.12 + 0.84 * sure);
  const steps = (v) => (v < 0 ? -1 : 1), bands = (v) => Math.round(v * 2) / 2;
  // Maps: 512 values from -1 to 1 (int16 >> 7); the first is "not a number".
  const mapTable = (shade) => table(512, (k) => (k === 0 ? missing : shade((k - 255.5) / 250)));
  colors.map = mapTable(colors.diverging);
  colors.mapSigns = mapTable((v) => colors.diverging(steps(v)));
  colors.mapBands = mapTable((v) => colors.diverging(bands(Math.max(-1, Math.min(1, v)))));
  colors.tile = table(256, (q) => (q === 0 ? missing : colors.diverging((q - 128) / 127)));
  colors.classTile = colors.areas.map((area) => table(256, (q) =>
    q === 0 ? missing : mixed(zero, area, 0.06 + 0.94 * Math.max(0, ((q - 128) / 127 + 1) / 2))));
  colors.classSure = colors.areas.map((_, k) => table(SURE + 1, (s) => colors.certain(k, s / SURE)));
  colors.missing = pixel(missing);
  return colors;
}

// Takes up the page's theme; says whether it is another one than before.
function takeTheme(root, state) {
  const background = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  if (background === state.background && state.colors) return false;
  state.background = background;
  root.dataset.theme = background && luminance(rgbOf(background)) < 0.35 ? "dark" : "light";
  state.colors = readColors(root);
  return true;
}
