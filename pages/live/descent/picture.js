// Saves the plane with its path, the step-size axis and the curves as a picture for a slide.

const STAGE_PICTURE_SCALE = 3;

// A drawing as an image: its colours written out, its letters left to paintLetters, which has the page's fonts.
async function drawingImage(svg, style) {
  const copy = svg.cloneNode(true), { width, height } = svg.getBoundingClientRect();
  for (const text of copy.querySelectorAll("text")) text.remove();
  Object.entries({ xmlns: "http://www.w3.org/2000/svg", width, height }).forEach(([name, value]) => copy.setAttribute(name, value));
  const written = new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
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

async function savePicture(root, state) {
  const style = getComputedStyle(root), find = (selector) => root.querySelector(selector), { colors } = state;
  const picture = document.createElement("canvas"), ctx = picture.getContext("2d", { alpha: false });
  const axis = find(".axis svg").getBoundingClientRect(), plane = find(".plane > svg").getBoundingClientRect(), curves = find(".curves > svg").getBoundingClientRect();
  const wide = curves.left > plane.right, top = 62, below = top + axis.height + 8, middle = plane.width + 24;
  const width = wide ? middle + curves.width + 12 : plane.width + 24, floor = below + 30 + plane.height;
  const height = (wide ? floor : floor + 40 + curves.height) + 34;
  picture.width = Math.round(width * STAGE_PICTURE_SCALE);
  picture.height = Math.round(height * STAGE_PICTURE_SCALE);
  ctx.scale(STAGE_PICTURE_SCALE, STAGE_PICTURE_SCALE);
  ctx.fillStyle = colors.bg;
  ctx.fillRect(0, 0, width, height);
  const put = async (svg, x, y, w) => {
    const box = svg.getBoundingClientRect(), shrink = w ? Math.min(1, w / box.width) : 1;
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(shrink, shrink);
    ctx.drawImage(await drawingImage(svg, style), 0, 0, box.width, box.height);
    paintLetters(ctx, svg);
    ctx.restore();
  };
  const write = (text, x, y, font, color) => {
    ctx.font = `${font} ${colors.font}`;
    ctx.fillStyle = color;
    ctx.fillText(text, x, y);
  };
  const plain = (selector) => find(selector).textContent.replace(/\s+/g, " ").trim();
  write(plain(".why b"), 16, 30, "650 22px", colors.ink);
  write(`step ${state.k} of ${state.last} · ${[...root.querySelectorAll(".place > span")].map((part) => part.textContent).filter(Boolean).join(" · ")}`, 16, 52, "400 15px", colors.ink2);
  await put(find(".axis svg"), 0, top, width);
  write(plain('[data-show="map-title"]'), 16, below + 18, "650 16px", colors.ink);
  const canvas = find(".plane canvas");
  if (state.header.dimension === 2) ctx.drawImage(canvas, 6 + canvas.offsetLeft, below + 28 + canvas.offsetTop, canvas.clientWidth, canvas.clientHeight);
  await put(find(".plane > svg"), 6, below + 28);
  const [x, y] = wide ? [middle, below] : [0, floor + 8];
  write(plain('[data-show="curve-title"]'), x + 16, y + 18, "650 16px", colors.ink);
  await put(find(".curves > svg"), x, y + 28, wide ? 0 : width);
  if (wide) {
    let line = y + 28 + curves.height + 34;
    write(plain('[data-show="theory-title"]'), x + 16, line, "650 16px", colors.ink);
    for (const row of root.querySelectorAll(".theory tr")) {
      const [label, value] = [...row.cells].map((cell) => cell.innerText);
      line += 26;
      if (line > floor) break;
      write(label.replace(/\s*\n\s*/g, ", "), x + 16, line, "400 15px", colors.ink);
      if (value) write(value, x + 330, line, "600 15px", colors.ink);
    }
  }
  write(state.header.provenance, 16, height - 12, `400 ${width < 600 ? 10 : 14}px`, colors.ink2);
  picture.toBlob((blob) => {
    const link = element("a", { href: URL.createObjectURL(blob), download: `gradient-descent-step-${state.k}.png` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }, "image/png");
}
