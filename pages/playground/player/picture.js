// Saves the player as a picture for a slide: diagram, map, loss curve, title, and a line that says how it was made.

const PICTURE_SCALE = 3;
const LEFT_OUT = ".head .row button, .spin button, .act svg, .act select, .input[aria-pressed='false'], .hint, .foot, kbd, .undo, .frozen-key[hidden], .spoken";

function savePicture(root, state, place) {
  const { net, header, frame, colors } = state, panel = root.querySelector(".panel").getBoundingClientRect();
  const find = (selector) => root.querySelector(selector), boxOf = (selector) => find(selector).getBoundingClientRect();
  const picture = document.createElement("canvas"), ctx = picture.getContext("2d", { alpha: false });
  picture.width = Math.round(panel.width * PICTURE_SCALE);
  picture.height = Math.round(panel.height * PICTURE_SCALE);
  ctx.setTransform(PICTURE_SCALE, 0, 0, PICTURE_SCALE, 0, 0);
  ctx.fillStyle = colors.bg;
  ctx.fillRect(0, 0, panel.width, panel.height);

  const [network, axes, plot, curve] = [0, 1, 2, 3].map(() => document.createElement("canvas"));
  pictureScale = PICTURE_SCALE; // the parts are drawn afresh by their own functions, only sharper
  try {
    const parts = [makeDiagram(network), makeMap(axes, plot), makeCurve(curve)], curveBox = boxOf(".curve");
    parts[0].layout(state, place.available, place.height, place.narrow);
    parts[1].layout(state, boxOf(".map").width, root.clientWidth < ONE_COLUMN);
    parts[2].layout(curveBox.width, curveBox.height);
    for (const part of parts) part.draw(state);
  } finally {
    pictureScale = 0;
  }

  // A part stands where it stands on the page; a diagram that is wider than its place shrinks.
  function put(selector, canvases, nodes, shift = 0, shrink = 1) {
    const box = boxOf(selector);
    ctx.save();
    ctx.translate(box.left - panel.left + shift, box.top - panel.top + (box.height - box.height * shrink) / 2);
    ctx.scale(shrink, shrink);
    for (const [canvas, x, y, width, height] of canvases) ctx.drawImage(canvas, x, y, width, height);
    for (const node of nodes) paintNode(ctx, node, box);
    ctx.restore();
  }
  const css = (canvas) => [parseFloat(canvas.style.width), parseFloat(canvas.style.height)];
  const sheet = boxOf(".sheet"), stage = boxOf(".stage"), shrink = Math.min(1, stage.width / sheet.width);
  ctx.save();
  ctx.translate(stage.left - sheet.left, 0); // the sheet may have been scrolled
  put(".sheet", [[network, 0, 0, ...css(network)]], [find(".over")], 0, shrink);
  ctx.restore();
  put(".map", [[axes, 0, 0, ...css(axes)], [plot, find(".plot").offsetLeft, 1, ...css(plot)]], [find(".map-legend")]);
  put(".map-head", [], [find(".map-head h2")]);
  put(".curve", [[curve, 0, 0, ...css(curve)]], [find(".curve-head")]);
  put(".inspector", [], [find(".inspector")]);
  const metrics = boxOf(".metrics"), shift = panel.right - 17 - metrics.right;
  put(".metrics", [], [find(".metrics")], shift);

  const text = (value, x, y, font, color) => {
    ctx.font = `${font} ${colors.font}`;
    ctx.fillStyle = color;
    ctx.fillText(value, x, y);
  };
  const fitted = (value, y, weight, size, room, color) => {
    ctx.font = `${weight} ${size}px ${colors.font}`;
    text(value, 17, y, `${weight} ${Math.min(size, (size * room) / ctx.measureText(value).width)}px`, color);
  };
  const room = metrics.left - panel.left + shift - 44, names = header.layers.map(({ activation }) => (header.activations.find((a) => a.name === activation) || { label: activation }).label);
  ctx.textBaseline = "alphabetic";
  fitted(`${header.dataset.label} · ${net.dims.join("–")}`, 31, 650, 22, room, colors.ink);
  fitted(`${new Set(names).size > 1 ? names.join(", ") : names[0]} · epoch ${epochText(frame.epoch)}`, 54, 400, 15, room, colors.ink2);
  const timeline = boxOf(".timeline");
  const floor = timeline.top - panel.top;
  ctx.fillStyle = colors.line;
  for (const [x, y, w, h] of [[0, 67, panel.width, 1], [0, floor, panel.width, 1], [boxOf(".right").left - panel.left, 68, 1, floor - 68]]) ctx.fillRect(x, y, w, h);
  const made = header.provenance || "Backprop Playground";
  for (const size of [14, 13]) { // the smaller one if that saves a line
    ctx.font = `400 ${size}px ${colors.font}`;
    const lines = wrapped(ctx, made, panel.width - 34);
    if (size === 14 && lines.length > 1) continue;
    lines.forEach((line, k) => text(line, 17, floor + 24 + 18 * k, `400 ${size}px`, colors.ink2));
    break;
  }

  picture.toBlob((blob) => {
    const link = element("a", { href: URL.createObjectURL(blob), download: `backprop-${header.dataset.name}-${net.dims.join("-")}-epoch-${epochText(frame.epoch)}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }, "image/png");
}

function wrapped(ctx, text, room) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines[lines.length - 1] ? lines[lines.length - 1] + " " + word : word;
    if (ctx.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// Paints what a piece of the page shows: grounds and borders, small drawings, then every letter at its place.
function paintNode(ctx, node, origin) {
  const leftOut = (part) => part.closest(LEFT_OUT);
  for (const part of [node, ...node.querySelectorAll("*")]) {
    if (leftOut(part)) continue;
    const style = getComputedStyle(part);
    if (style.visibility === "hidden") continue;
    if (part.localName === "svg") paintDrawing(ctx, part, origin);
    else if (part instanceof HTMLElement && part.matches(".bar, .class i, .inspector")) paintGround(ctx, part, style, origin);
    else if (part.localName === "input") {
      const box = part.getBoundingClientRect();
      ctx.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      ctx.fillStyle = style.color;
      ctx.fillText(minus(part.value), box.left - origin.left + 7, box.bottom - origin.top - 7);
    }
  }
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement, style = getComputedStyle(parent);
    if (!text.data.trim() || leftOut(parent) || parent.closest("option") || style.visibility === "hidden") continue;
    ctx.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    ctx.fillStyle = style.color;
    const aside = parent.closest(".spin") ? 8 : parent.matches(".act:has(svg)") ? 7 : 0; // what stood beside it is left out
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = ctx.measureText("x");
    let at = 0;
    for (const letter of text.data) {
      range.setStart(text, at);
      range.setEnd(text, (at += letter.length));
      const box = range.getBoundingClientRect();
      if (letter.trim() && box.width) ctx.fillText(letter, box.left - origin.left + aside, box.top - origin.top + (box.height * up) / (up + down));
    }
  }
}

function paintGround(ctx, part, style, origin) {
  const box = part.getBoundingClientRect(), x = box.left - origin.left, y = box.top - origin.top, hot = part.classList.contains("hot");
  const stops = style.backgroundImage.startsWith("linear-gradient") ? style.backgroundImage.slice(16, -1).split(/,\s*(?![^(]*\))/) : [];
  ctx.fillStyle = style.backgroundColor;
  if (stops.length) {
    const way = /^(to|\d+deg)/.test(stops[0]) ? stops.shift() : "to bottom";
    const [x2, y2] = /right|90deg/.test(way) && !/270/.test(way) ? [box.width, 0] : /left|270/.test(way) ? [-box.width, 0] : [0, box.height];
    const shade = ctx.createLinearGradient(x2 < 0 ? x - x2 : x, y, x2 < 0 ? x : x + x2, y + y2);
    stops.forEach((stop, k) => shade.addColorStop(k / (stops.length - 1), stop));
    ctx.fillStyle = shade;
  }
  ctx.beginPath();
  ctx.roundRect(x, y, box.width, box.height, parseFloat(style.borderTopLeftRadius) * (style.borderTopLeftRadius.endsWith("%") ? box.width / 100 : 1));
  ctx.fill();
  const border = hot ? 2 : parseFloat(style.borderTopWidth);
  if (!border) return;
  ctx.lineWidth = border;
  ctx.strokeStyle = hot ? getComputedStyle(part).getPropertyValue("--accent") : style.borderTopColor;
  ctx.stroke();
}

function paintDrawing(ctx, svg, origin) {
  const box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
  if (!box.width) return;
  ctx.save();
  ctx.translate(box.left - origin.left, box.top - origin.top);
  if (view && view.width) ctx.scale(box.width / view.width, box.height / view.height);
  for (const shape of svg.querySelectorAll("path, rect, circle")) {
    const style = getComputedStyle(shape), path = new Path2D(shape.getAttribute("d") || ""), number = (name) => parseFloat(shape.getAttribute(name));
    if (shape.localName === "rect") path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"));
    if (shape.localName === "circle") path.arc(number("cx"), number("cy"), number("r"), 0, 7);
    if (style.fill !== "none") {
      ctx.fillStyle = style.fill;
      ctx.fill(path);
    }
    if (style.stroke === "none") continue;
    ctx.strokeStyle = style.stroke;
    ctx.lineWidth = parseFloat(style.strokeWidth);
    ctx.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
    ctx.stroke(path);
  }
  ctx.restore();
}
