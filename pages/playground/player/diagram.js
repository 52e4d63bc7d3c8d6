// Draws the network: input tiles, links by sign and size of their weight, neuron tiles with their biases.

const ATLAS_COLUMNS = 16;

// The frame of a tile: ground-coloured corners outside the rounding, and the outline.
function tileFrame(size, colors) {
  const canvas = document.createElement("canvas"), ctx = sizeCanvas(canvas, size + 4, size + 4);
  ctx.fillStyle = colors.bg;
  ctx.beginPath();
  ctx.rect(1, 1, size + 2, size + 2);
  ctx.roundRect(2, 2, size, size, size * 0.16);
  ctx.fill("evenodd");
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  ctx.roundRect(2, 2, size, size, size * 0.16);
  ctx.stroke();
  return canvas;
}

function biasSquare(side, level, colors) { // level -16 … 16 stands for a bias of -1 … 1
  const canvas = document.createElement("canvas"), ctx = sizeCanvas(canvas, side + 2, side + 2);
  const fill = colors.diverging(level / 16);
  ctx.fillStyle = cssColor(fill);
  ctx.strokeStyle = colors.ink;
  ctx.lineWidth = 1.3;
  ctx.beginPath();
  ctx.roundRect(1, 1, side, side, 3);
  ctx.fill();
  ctx.stroke();
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const light = luminance(fill), [inkLight, groundLight] = [luminance(rgbOf(colors.ink)), luminance(rgbOf(colors.bg))];
  ctx.strokeStyle = contrast(light, inkLight) >= contrast(light, groundLight) ? colors.ink : colors.bg;
  ctx.lineWidth = side < 12 ? 1.5 : 1.8;
  const c = 1 + side / 2, arm = side * 0.25;
  ctx.beginPath();
  ctx.moveTo(c - arm, c);
  ctx.lineTo(c + arm, c);
  if (level >= 0) {
    ctx.moveTo(c, c - arm);
    ctx.lineTo(c, c + arm);
  }
  ctx.stroke();
  return canvas;
}

function lockSign(colors) {
  const canvas = document.createElement("canvas"), ctx = sizeCanvas(canvas, 14, 16);
  ctx.fillStyle = colors.bg;
  ctx.beginPath();
  ctx.roundRect(0, 0, 14, 16, 5);
  ctx.fill();
  ctx.strokeStyle = ctx.fillStyle = colors.ink;
  ctx.lineWidth = 1.7;
  ctx.beginPath();
  ctx.moveTo(4.3, 8);
  ctx.lineTo(4.3, 5.6);
  ctx.arc(7, 5.6, 2.7, Math.PI, 0);
  ctx.lineTo(9.7, 8);
  ctx.stroke();
  ctx.beginPath();
  ctx.roundRect(2.2, 7.2, 9.6, 6.8, 1.4);
  ctx.fill();
  return canvas;
}

function makeDiagram(canvas) {
  let place = null, ctx = null, atlas = null, sprites = new Map();
  const sprite = (key, make) => {
    if (!sprites.has(key)) sprites.set(key, make());
    return sprites.get(key);
  };

  // One raster holds all tiles of a frame; those of the inputs come after the neurons' and stay.
  function fillTiles(state) {
    const { net, colors, frame } = state, wide = ATLAS_COLUMNS * state.header.tile;
    paintTiles(frame.tiles, net.tiles, 0, (t) => {
      const output = t - net.layers[net.last - 1].tile;
      return net.softmax && output >= 0 ? colors.classTile[output] : colors.tile;
    }, state.header.tile, wide);
    atlas.show();
  }
  function paintTiles(values, count, start, tableOf, side, wide) {
    for (let t = 0, k = 0; t < count; t++) {
      const shades = tableOf(t), slot = start + t;
      const corner = Math.floor(slot / ATLAS_COLUMNS) * side * wide + (slot % ATLAS_COLUMNS) * side;
      for (let r = 0; r < side; r++) {
        for (let c = 0, to = corner + r * wide; c < side; c++) atlas.pixels[to++] = shades[values[k++]];
      }
    }
  }

  function drawTile(state, slot, x, y, size, opacity) {
    const side = state.header.tile, column = slot % ATLAS_COLUMNS, row = Math.floor(slot / ATLAS_COLUMNS);
    const left = x - size / 2, top = y - size / 2, frame = sprite("tile" + size, () => tileFrame(size, state.colors));
    if (opacity < 1) {
      ctx.fillStyle = state.colors.bg;
      ctx.fillRect(left - 1, top - 1, size + 2, size + 2);
      ctx.globalAlpha = opacity;
    }
    ctx.drawImage(atlas.canvas, column * side, row * side, side, side, left, top, size, size);
    ctx.drawImage(frame, left - 2, top - 2, size + 4, size + 4);
  }

  function drawBias(state, b, { x, y, side }) {
    const level = Math.round(16 * Math.max(-1, Math.min(1, b || 0))) || (b < 0 ? -0.01 : 0);
    const square = sprite("bias" + side + " " + level, () => biasSquare(side, level, state.colors));
    ctx.drawImage(square, x - side / 2 - 1, y - side / 2 - 1, side + 2, side + 2);
  }

  // A frozen link has its lock near its beginning, a frozen bias to the left of its square.
  function drawLock(parameter, colors) {
    const lock = sprite("lock", () => lockSign(colors));
    if (parameter.bias) {
      const { x, y, side } = biasPlace(place, parameter.l, parameter.j);
      ctx.drawImage(lock, x - side / 2 - 14, y - 8, 14, 16);
    } else {
      const t = 0.3, s = 1 - t, { x1, y1, x2, y2 } = parameter, middle = (x1 + x2) / 2;
      const x = s * s * s * x1 + 3 * s * t * middle + t * t * t * x2;
      ctx.drawImage(lock, x - 7, y1 + (y2 - y1) * t * t * (3 - 2 * t) - 8, 14, 16);
    }
  }

  return {
    get place() { return place; },
    layout(state, available, height, narrow) {
      const { net, header } = state;
      place = placeNetwork(net, available, height, narrow, header.inputs.length);
      ctx = sizeCanvas(canvas, place.width, place.height, true);
      atlas = makeRaster(ATLAS_COLUMNS * header.tile, Math.ceil((net.tiles + header.inputs.length) / ATLAS_COLUMNS) * header.tile);
      sprites = new Map();
      paintTiles(state.inputTiles, header.inputs.length, net.tiles, () => state.colors.tile, header.tile, ATLAS_COLUMNS * header.tile);
    },
    draw(state) {
      if (!place) return;
      const { net, colors, frame } = state, { x, y, size } = place;
      const focus = state.focus && state.focus.kind !== "point" ? state.focus : null, neuron = focus && focus.kind === "neuron";
      const lit = focus && ((link) => (neuron
        ? (link.l === focus.l && link.j === focus.j) || (link.l === focus.l + 1 && link.i === focus.j)
        : link.l === focus.l && link.j === focus.j && link.i === focus.i));
      const opacityOf = (l, j) => {
        if (!focus || (focus.l === l && focus.j === j)) return 1;
        if (!neuron) return l === focus.l - 1 && j === focus.i ? 1 : 0.4;
        return Math.abs(l - focus.l) === 1 ? 1 : 0.45;
      };
      ctx.fillStyle = colors.bg;
      ctx.fillRect(0, 0, place.width, place.height);
      fillTiles(state);
      if (focus && focus.kind === "link") {
        const link = place.links.find(lit);
        ctx.strokeStyle = colors.accent;
        ctx.globalAlpha = 0.28;
        ctx.lineWidth = linkWidth(frame.theta[link.at]) + 8;
        ctx.lineCap = "round";
        strokeLink(ctx, link);
        ctx.lineCap = "butt";
      }
      drawLinks(ctx, place, frame.theta, colors, lit);
      for (let l = 0; l < net.dims.length; l++) {
        for (let j = 0; j < net.dims[l]; j++) {
          const slot = l ? net.layers[l - 1].tile + j : net.tiles + net.inputs[j].row;
          drawTile(state, slot, x[l], y[l][j], size[l], opacityOf(l, j));
          if (l && net.hasBias) drawBias(state, frame.theta[net.biasAt(l, j)], biasPlace(place, l, j));
          ctx.globalAlpha = 1;
          if (neuron && focus.l === l && focus.j === j) {
            ctx.strokeStyle = colors.accent;
            ctx.lineWidth = 4;
            ctx.beginPath();
            ctx.roundRect(x[l] - size[l] / 2 - 3, y[l][j] - size[l] / 2 - 3, size[l] + 6, size[l] + 6, size[l] * 0.2);
            ctx.stroke();
          }
        }
      }
      if (focus && focus.kind === "bias") {
        const { x: left, y: top, side } = biasPlace(place, focus.l, focus.j);
        ctx.strokeStyle = colors.accent;
        ctx.lineWidth = 3;
        ctx.beginPath();
        ctx.roundRect(left - side / 2 - 3, top - side / 2 - 3, side + 6, side + 6, 5);
        ctx.stroke();
      }
      for (const index of state.header.frozen || []) if (place.parameters.has(index)) drawLock(place.parameters.get(index), colors);
      const edge = x[net.last] + size[net.last] / 2;
      if (net.softmax) {
        for (let k = 0; k < net.outputs; k++) {
          const mark = new Path2D(markPath(k, edge + 14, y[net.last][k], 7));
          ctx.fillStyle = colors.marks[k];
          ctx.strokeStyle = colors.ink;
          ctx.lineWidth = 1;
          ctx.fill(mark);
          ctx.stroke(mark);
        }
      } else if (net.outputs === 1 && !(neuron && focus.l !== net.last)) {
        const end = place.width - 1, level = place.middle;
        ctx.strokeStyle = colors.ink3;
        ctx.lineWidth = 2;
        ctx.beginPath();
        ctx.moveTo(edge + 5, level);
        ctx.lineTo(end, level);
        ctx.moveTo(end - 8, level - 6);
        ctx.lineTo(end, level);
        ctx.lineTo(end - 8, level + 6);
        ctx.stroke();
      }
    },
  };
}
