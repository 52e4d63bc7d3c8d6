// Draws the network: input tiles, links by sign and size of their weight, neuron tiles with their biases.

import { sizeCanvas } from "../../live/kit/canvas.js";
import { markPath } from "../../live/kit/shapes.js";
import { makeAtlas } from "./atlas.js";
import {
  drawBand, drawClassCell, drawInputBlock, drawValueCell, frameCell, makeWeightPictures,
} from "./blocks.js";
import { drawTileMark, drawUnitWords } from "./diagnosis-marks.js";
import { isInked } from "./digit-state.js";
import { idleLinks, unitMarks } from "./diagnosis-words.js";
import { focusInDiagram, isLit, tileOpacity } from "./emphasis.js";
import { drawGlow, drawIdleLinks, drawLinks, makeSorted } from "./links.js";
import { biasPlace, linkX, linkY, placeNetwork } from "./place.js";
import { biasLevel, makeSprites } from "./sprites.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("./place.js").Column} Column */
/** @typedef {import("./emphasis.js").DiagramFocus} DiagramFocus */

/**
 * What the diagram is drawn with, from one layout to the next.
 * @typedef {object} Drawing
 * @property {CanvasRenderingContext2D} ctx
 * @property {Place} place
 * @property {ReturnType<typeof makeAtlas> | null} atlas none where the inputs are a picture: maps say nothing there
 * @property {ReturnType<typeof makeWeightPictures> | null} weights
 * @property {import("./sprites.js").Sprites} sprites
 * @property {import("./links.js").Sorted} sorted
 */

/**
 * The tile of a neuron or input, paler if its opacity is below 1; what is drawn next has that opacity too.
 * @param {Drawing} drawing
 * @param {number} slot of the atlas
 * @param {Column} column
 * @param {number} j
 * @param {number} opacity
 * @param {Colors} colors
 */
function drawTile({ ctx, atlas, sprites }, slot, { xs, y, size }, j, opacity, colors) {
  const left = xs[j] - size / 2, top = y[j] - size / 2, frame = sprites.tileFrame(size);
  if (opacity < 1) {
    ctx.fillStyle = colors.bg;
    ctx.fillRect(left - 1, top - 1, size + 2, size + 2);
    ctx.globalAlpha = opacity;
  }
  atlas?.draw(ctx, slot, left, top, size);
  ctx.drawImage(frame, left - 2, top - 2, size + 4, size + 4);
}

/**
 * @param {Drawing} drawing
 * @param {number} l
 * @param {number} j
 * @param {number} b
 */
function drawBias({ ctx, place, sprites }, l, j, b) {
  const { x, y, side } = biasPlace(place, l, j), square = sprites.biasSquare(side, biasLevel(b));
  ctx.drawImage(square, x - side / 2 - 1, y - side / 2 - 1, side + 2, side + 2);
}

/**
 * A line around a square with rounded corners.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x its middle
 * @param {number} y
 * @param {number} side
 * @param {number} radius of the corners
 * @param {number} lineWidth
 */
function strokeAround(ctx, x, y, side, radius, lineWidth) {
  ctx.lineWidth = lineWidth;
  ctx.beginPath();
  ctx.roundRect(x - side / 2 - 3, y - side / 2 - 3, side + 6, side + 6, radius);
  ctx.stroke();
}

/**
 * A neuron that has no map: its weights as a picture, the class that it stands for, or what it makes of the picture.
 * @param {Drawing} drawing
 * @param {Shown} state
 * @param {Column} column
 * @param {number} l
 * @param {number} j
 */
function drawUnit({ ctx, weights }, { header, net, digit, colors }, { xs, y, size, fold }, l, j) {
  if (fold === "weights") {
    weights?.draw(ctx, j, xs[j], y[j], size);
    frameCell(ctx, xs[j], y[j], size, colors.ink, 1.2);
    return;
  }
  const values = digit && isInked(digit) ? digit.values[l] : null;
  if (l !== net.last || net.outputs === 1) drawValueCell(ctx, xs[j], y[j], size, values ? values[j] : 0, colors);
  else {
    const most = values !== null && values[j] === Math.max(...values);
    drawClassCell(ctx, xs[j], y[j], size, header.dataset.labels[j], most, colors);
  }
}

/**
 * Inputs and neurons, each with its bias, and a line around the one in focus.
 * @param {Drawing} drawing
 * @param {Shown} state
 * @param {DiagramFocus | null} focus
 * @param {Map<string, string>} marks of neurons that something is wrong with
 */
function drawNeurons(drawing, state, focus, marks) {
  const { ctx, place } = drawing, { net, frame, colors } = state;
  for (let k = 0; k < place.columns.length; k++) {
    const column = place.columns[k], l = k - 1, { xs, y, size } = column;
    for (let j = 0; j < y.length; j++) {
      const slot = k ? net.layers[l].tile + j : net.tiles + net.inputs[j].row;
      if (k && net.picture) drawUnit(drawing, state, column, l, j);
      else drawTile(drawing, slot, column, j, column.fold ? 1 : tileOpacity(focus, k, j), colors);
      if (marks.size && marks.has(`${l},${j}`)) drawTileMark(ctx, xs[j] - size / 2, y[j] - size / 2, size, colors);
      if (k && net.hasBias && !column.bare) drawBias(drawing, l, j, frame.theta[net.biasAt(l, j)]);
      ctx.globalAlpha = 1;
      if (focus?.kind !== "neuron" || focus.l !== l || focus.j !== j) continue;
      ctx.strokeStyle = colors.accent;
      strokeAround(ctx, xs[j], y[j], column.fold ? size - 4 : size, column.fold ? 3 : size * 0.2, 4);
    }
  }
}

/**
 * Locks at the frozen parameters: a link has it near its beginning, a bias to the left of its square.
 * @param {Drawing} drawing
 * @param {number[]} frozen
 */
function drawLocks({ ctx, place, sprites }, frozen) {
  for (const index of frozen) {
    const parameter = place.parameters.get(index);
    if (!parameter) continue;
    const lock = sprites.lock();
    if ("x1" in parameter) {
      ctx.drawImage(lock, linkX(parameter, 0.3) - 7, linkY(parameter, 0.3) - 8, 14, 16);
    } else if (!place.columns[parameter.l + 1].bare) {
      const { x, y, side } = biasPlace(place, parameter.l, parameter.j);
      ctx.drawImage(lock, x - side / 2 - 14, y - 8, 14, 16);
    }
  }
}

const CORNER = 0.24; // of a cell’s side: the radius of the shape of its class

/**
 * The shape of each class beside its output, or in the corner of its cell.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Column} outputs
 * @param {Shown} state
 */
function drawClassMarks(ctx, { xs, y, size, fold }, { colors, shapes }) {
  const radius = fold ? Math.max(3, CORNER * size) : 7, [right, down] = fold ? [-radius, size / 2 - radius] : [14, 0];
  for (let k = 0; k < y.length; k++) {
    const mark = new Path2D(markPath(shapes[k], xs[k] + size / 2 + right, y[k] + down, radius));
    ctx.fillStyle = colors.marks[k];
    ctx.strokeStyle = colors.ink;
    ctx.lineWidth = 1;
    ctx.fill(mark);
    ctx.stroke(mark);
  }
}

/**
 * An arrow from the only output to the map, which shows it.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Place} place
 * @param {Column} output
 * @param {string} color
 */
function drawArrow(ctx, place, { x, size }, color) {
  const end = place.width - 1, level = place.middle;
  ctx.strokeStyle = color;
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.moveTo(x + size / 2 + 5, level);
  ctx.lineTo(end, level);
  ctx.moveTo(end - 8, level - 6);
  ctx.lineTo(end, level);
  ctx.lineTo(end - 8, level + 6);
  ctx.stroke();
}

/**
 * @param {Drawing} drawing
 * @param {Shown} state
 */
function drawNetwork(drawing, state) {
  const { ctx, place, sorted } = drawing, { net, colors, frame: { theta } } = state;
  const focus = focusInDiagram(state.focus), outputs = place.columns[net.layers.length];
  ctx.fillStyle = colors.bg;
  ctx.fillRect(0, 0, place.width, place.height);
  drawing.atlas?.fill(state);
  drawing.weights?.fill(theta);
  for (const band of place.bands) drawBand(ctx, band, colors);
  if (place.columns[0].fold) drawInputBlock(ctx, place.columns[0], state);
  const link = focus?.kind === "link" ? place.links.find((one) => isLit(one, focus)) : undefined;
  if (link) drawGlow(ctx, link, theta[link.at], colors.accent);
  const isIdle = idleLinks(state);
  if (isIdle) drawIdleLinks(ctx, place.links, isIdle, colors.ink3);
  drawLinks(ctx, place.links, sorted, theta, colors, focus, isIdle);
  const marks = unitMarks(state, state.shown);
  drawNeurons(drawing, state, focus, marks);
  drawUnitWords(ctx, place, marks, colors);
  if (focus?.kind === "bias" && !place.columns[focus.l + 1].bare) {
    const { x, y, side } = biasPlace(place, focus.l, focus.j);
    ctx.strokeStyle = colors.accent;
    strokeAround(ctx, x, y, side, 5, 3);
  }
  drawLocks(drawing, state.header.frozen);
  if (net.picture) return;
  if (net.softmax) drawClassMarks(ctx, outputs, state);
  else if (net.outputs === 1 && !(focus?.kind === "neuron" && focus.l !== net.last)) {
    drawArrow(ctx, place, outputs, colors.ink3);
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} [sharpness] pixels per CSS pixel; the screen's where it isn't given
 */
export function makeDiagram(canvas, sharpness) {
  /** @type {Drawing | null} */
  let drawing = null;
  return {
    get place() { return drawing && drawing.place; },

    /**
     * @param {Shown} state
     * @param {number} available px of width
     * @param {number} height
     * @param {boolean} narrow whether the page is
     */
    layout(state, available, height, narrow) {
      const touch = matchMedia("(pointer: coarse)").matches, features = state.header.inputs.length;
      const place = placeNetwork(state.net, available, height, narrow, features, touch);
      drawing = {
        ctx: sizeCanvas(canvas, place.width, place.height, { opaque: true, sharpness }),
        place,
        atlas: state.net.picture ? null : makeAtlas(state),
        weights: state.net.picture ? makeWeightPictures(state) : null,
        sprites: makeSprites(state.colors, sharpness),
        sorted: makeSorted(place.links.length),
      };
    },

    /** @param {Shown} state */
    draw(state) {
      if (drawing) drawNetwork(drawing, state);
    },
  };
}
