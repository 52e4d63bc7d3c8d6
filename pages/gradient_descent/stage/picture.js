// Saves the plane with its path, the step-size axis and the curves as a picture for a slide: PNG or SVG.

const STAGE_PICTURE_SCALE = 3;
const TABLE_LINE = 26; // px
const SUBSCRIPT = { size: 0.75, drop: 0.25 }; // of the letters' size

// The text of a part of the page in pieces: [text, whether it is a subscript]; a new line becomes a comma.
function piecesOf(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_ALL), pieces = [];
  while (walker.nextNode()) {
    const { nodeName, data, parentElement } = walker.currentNode;
    if (nodeName === "BR") pieces.push([", ", false]);
    else if (nodeName === "#text") pieces.push([data.replace(/\s+/g, " "), Boolean(parentElement.closest("sub"))]);
  }
  return pieces;
}
const asPieces = (text) => (typeof text === "string" ? [[text, false]] : text);

// A drawing as text that stands alone, its colours written out.
function writtenOut(svg, style, letters) {
  const copy = svg.cloneNode(true), { width, height } = svg.getBoundingClientRect();
  if (!letters) for (const text of copy.querySelectorAll("text")) text.remove();
  Object.entries({ xmlns: "http://www.w3.org/2000/svg", width, height }).forEach(([name, value]) => copy.setAttribute(name, value));
  return new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim().replace(/"/g, "'"));
}

// The same as an image, its letters left to paintLetters, which has the page's fonts.
async function drawingImage(svg, style) {
  const { width, height } = svg.getBoundingClientRect(), written = writtenOut(svg, style, false);
  const image = new Image(width * STAGE_PICTURE_SCALE, height * STAGE_PICTURE_SCALE);
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(written);
  await image.decode();
  return image;
}

function paintLetters(ctx, svg) {
  for (const text of svg.querySelectorAll("text")) {
    let at;
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), pieces = [];
    while (walker.nextNode()) pieces.push(walker.currentNode);
    for (const halo of [true, false]) {
      at = 0;
      for (const piece of pieces) {
        const style = getComputedStyle(piece.parentElement);
        ctx.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        for (const letter of piece.data) {
          const { x, y } = text.getStartPositionOfChar(at);
          at += letter.length;
          if (halo && style.stroke !== "none") {
            [ctx.strokeStyle, ctx.lineWidth, ctx.lineJoin] = [style.stroke, parseFloat(style.strokeWidth), "round"];
            ctx.strokeText(letter, x, y);
          } else if (!halo) {
            ctx.fillStyle = style.fill;
            ctx.fillText(letter, x, y);
          }
        }
      }
    }
  }
}

// Two pens that draw the same picture: on a canvas, and into an SVG.
function pngPen(width, height, colors, style) {
  const picture = document.createElement("canvas"), ctx = picture.getContext("2d", { alpha: false });
  picture.width = Math.round(width * STAGE_PICTURE_SCALE);
  picture.height = Math.round(height * STAGE_PICTURE_SCALE);
  ctx.scale(STAGE_PICTURE_SCALE, STAGE_PICTURE_SCALE);
  ctx.fillStyle = colors.bg;
  ctx.fillRect(0, 0, width, height);
  return {
    async put(svg, x, y, shrink) {
      const box = svg.getBoundingClientRect();
      ctx.save();
      ctx.translate(x, y);
      ctx.scale(shrink, shrink);
      ctx.drawImage(await drawingImage(svg, style), 0, 0, box.width, box.height);
      paintLetters(ctx, svg);
      ctx.restore();
    },
    raster(canvas, x, y) { ctx.drawImage(canvas, x, y, canvas.clientWidth, canvas.clientHeight); },
    write(text, x, y, weight, size, color) {
      ctx.fillStyle = color;
      for (const [piece, below] of asPieces(text)) {
        ctx.font = `${weight} ${below ? size * SUBSCRIPT.size : size}px ${colors.font}`;
        ctx.fillText(piece, x, below ? y + size * SUBSCRIPT.drop : y);
        x += ctx.measureText(piece).width;
      }
    },
    fill(path, color) {
      ctx.fillStyle = color;
      ctx.fill(new Path2D(path));
    },
    blob: () => new Promise((resolve) => picture.toBlob(resolve, "image/png")),
  };
}
function svgPen(width, height, colors, style) {
  const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  const parts = [`<rect width="${width}" height="${height}" fill="${colors.bg}"/>`];
  return {
    put(svg, x, y, shrink) { parts.push(`<g transform="translate(${x} ${y}) scale(${shrink})">${writtenOut(svg, style, true)}</g>`); },
    raster(canvas, x, y) { parts.push(`<image x="${x}" y="${y}" width="${canvas.clientWidth}" height="${canvas.clientHeight}" href="${canvas.toDataURL()}"/>`); },
    write(text, x, y, weight, size, color) {
      let lower = 0;
      const spans = asPieces(text).map(([piece, below]) => {
        const dy = (below ? size * SUBSCRIPT.drop : 0) - lower;
        lower += dy;
        return `<tspan dy="${dy}" font-size="${below ? size * SUBSCRIPT.size : size}">${escaped(piece)}</tspan>`;
      });
      parts.push(`<text x="${x}" y="${y}" xml:space="preserve" font-weight="${weight}" fill="${color}">${spans.join("")}</text>`);
    },
    fill(path, color) { parts.push(`<path d="${path}" fill="${color}"/>`); },
    blob: () => new Blob([`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(colors.font)}">${parts.join("")}</svg>`], { type: "image/svg+xml" }),
  };
}

async function savePicture(root, state, kind) {
  const style = getComputedStyle(root), find = (selector) => root.querySelector(selector), { colors } = state;
  const axis = find(".axis svg").getBoundingClientRect(), plane = find(".plane > svg").getBoundingClientRect(), curves = find(".curves > svg").getBoundingClientRect();
  const wide = curves.left > plane.right, top = 62, below = top + axis.height + 8, middle = plane.width + 24;
  const width = wide ? middle + curves.width + 12 : plane.width + 24, floor = below + 30 + plane.height;
  const rows = [...root.querySelectorAll(state.racing ? ".race tr[data-racer]" : ".theory tr")];
  const [x, y] = wide ? [middle, below] : [0, floor + 8], listed = wide || state.racing;
  const ends = y + 28 + curves.height + (listed ? 34 + TABLE_LINE * rows.length : 0), height = Math.max(floor, ends + 4) + 34;
  const pen = (kind === "svg" ? svgPen : pngPen)(width, height, colors, style);
  const shrink = (svg) => Math.min(1, width / svg.getBoundingClientRect().width);
  const plain = (selector) => find(selector).textContent.replace(/\s+/g, " ").trim();
  pen.write(plain(state.racing ? '[data-show="race-title"]' : ".why b"), 16, 30, 650, 22, colors.ink);
  pen.write(`step ${state.k} of ${state.last} · ${[...root.querySelectorAll(".place > span")].map((part) => part.textContent).filter(Boolean).join(" · ")}`, 16, 52, 400, 15, colors.ink2);
  await pen.put(find(".axis svg"), 0, top, shrink(find(".axis svg")));
  pen.write(plain('[data-show="map-title"]'), 16, below + 18, 650, 16, colors.ink);
  const canvas = find(".plane canvas");
  if (state.header.dimension === 2) pen.raster(canvas, 6 + canvas.offsetLeft, below + 28 + canvas.offsetTop);
  await pen.put(find(".plane > svg"), 6, below + 28, 1);
  pen.write(plain('[data-show="curve-title"]'), x + 16, y + 18, 650, 16, colors.ink);
  await pen.put(find(".curves > svg"), x, y + 28, wide ? 1 : shrink(find(".curves > svg")));
  if (listed) writeTable(pen, state, find, rows, x + 16, y + 28 + curves.height + 34, style);
  pen.write(state.header.provenance, 16, height - 12, 400, width < 600 ? 10 : 14, colors.ink2);
  const link = element("a", { href: URL.createObjectURL(await pen.blob()), download: `gradient-descent-step-${state.k}.${kind}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// Beside the drawings: the theory, or who races and how many steps each of them needs.
function writeTable(pen, { racing, colors }, find, rows, x, line, style) {
  pen.write(racing ? "Steps to ‖∇f‖ < ε" : piecesOf(find('[data-show="theory-title"]')), x, line, 650, 16, colors.ink);
  rows.forEach((row, k) => {
    line += TABLE_LINE;
    const [label, value, instead] = row.cells;
    if (racing) pen.fill(markPath(k, x + 6, line - 5, 5.5), style.getPropertyValue(`--mark-${k}`).trim());
    pen.write(piecesOf(label), x + (racing ? 24 : 0), line, 400, 15, colors.ink);
    if (value) pen.write(racing ? instead.innerText.trim() || value.innerText : piecesOf(value), x + 314, line, 600, 15, colors.ink);
  });
}
