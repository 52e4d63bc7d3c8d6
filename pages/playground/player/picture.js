// Draws the player as a picture for a slide: diagram, map, loss curve, title, and a line that says how it was made.

import { contextOf, find } from "../../live/kit/elements.js";
import { epochText } from "../../live/kit/format.js";
import { makeCurve } from "./curve.js";
import { makeDiagram } from "./diagram.js";
import { openedOf } from "./inside-state.js";
import { layerName } from "./inside-words.js";
import { makeMap } from "./map.js";
import { paintNode } from "./paint-node.js";
import {
  activationNames, INDENT, madeOf, pictureName, provenanceLines, SHARPNESS, writeFitted, writeProvenance,
  writeTitle,
} from "./picture-words.js";
import { probeSentence } from "./probe-words.js";
import { ONE_COLUMN } from "./sizes.js";
import { sliceWords } from "./slice-words.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./place.js").Place} Place */
/** @typedef {ReturnType<typeof import("./inside-panel.js").makeInsidePanel>} InsidePanel */
/** @typedef {import("./digit-panel.js").DigitPanel} DigitPanel */
/** @typedef {Record<"network" | "axes" | "plot" | "pad" | "curve", HTMLCanvasElement>} Parts */

/**
 * What a picture is painted on and from.
 * @typedef {object} Page
 * @property {HTMLElement} root the player
 * @property {CanvasRenderingContext2D} ctx
 * @property {DOMRect} panel what the picture shows; its corner is the picture's
 */


/** @param {ParentNode} root @param {string} selector */
const boxOf = (root, selector) => find(root, selector).getBoundingClientRect();

/**
 * Diagram, map and curve, drawn afresh and sharper by what draws them on the page.
 * @param {HTMLElement} root
 * @param {Shown} state
 * @param {Place} place of the diagram on the page
 * @param {DigitPanel} digit
 * @returns {Parts}
 */
function drawParts(root, state, place, digit) {
  const [network, axes, plot, pad, curve] = [0, 1, 2, 3, 4].map(() => document.createElement("canvas"));
  const diagramPart = makeDiagram(network, SHARPNESS), mapPart = makeMap(axes, plot, SHARPNESS);
  const curvePart = makeCurve(curve, SHARPNESS), curveBox = boxOf(root, ".curve");
  diagramPart.layout(state, place.available, place.height, place.narrow);
  if (!state.digit) mapPart.layout(state, boxOf(root, ".map").width, root.clientWidth < ONE_COLUMN);
  curvePart.layout(curveBox.width, curveBox.height);
  for (const part of [diagramPart, ...(state.digit ? [] : [mapPart]), curvePart]) part.draw(state);
  digit.paint(pad, state, SHARPNESS);
  return { network, axes, plot, pad, curve };
}

/**
 * Paints in the coordinates of a part of the page, at the place where it stands there.
 * @param {Page} page
 * @param {string} selector of the part
 * @param {(box: DOMRect) => void} paint
 * @param {number} [shift] px to the right
 * @param {number} [shrink] below 1 it gets smaller and stays in the middle of its height
 */
function paintPart({ root, ctx, panel }, selector, paint, shift = 0, shrink = 1) {
  const box = boxOf(root, selector);
  ctx.save();
  ctx.translate(box.left - panel.left + shift, box.top - panel.top + (box.height - box.height * shrink) / 2);
  ctx.scale(shrink, shrink);
  paint(box);
  ctx.restore();
}

/**
 * A canvas in the size that it has on the page.
 * @param {CanvasRenderingContext2D} ctx
 * @param {HTMLCanvasElement} canvas
 * @param {number} x
 * @param {number} y
 */
const drawCanvas = (ctx, canvas, x, y) =>
  ctx.drawImage(canvas, x, y, parseFloat(canvas.style.width), parseFloat(canvas.style.height));

/**
 * The diagram; one that is wider than its place, and is scrolled there, shrinks.
 * @param {Page} page
 * @param {HTMLCanvasElement} network
 */
function paintDiagram(page, network) {
  const { root, ctx } = page, sheet = boxOf(root, ".sheet"), stage = boxOf(root, ".stage");
  ctx.save();
  ctx.translate(stage.left - sheet.left, 0); // the sheet may have been scrolled
  paintPart(page, ".sheet", (box) => {
    drawCanvas(ctx, network, 0, 0);
    paintNode(ctx, find(root, ".over"), box);
  }, 0, Math.min(1, stage.width / sheet.width));
  ctx.restore();
}

/** The map with its heading and its legend. @param {Page} page @param {Parts} parts */
function paintMapPart(page, { axes, plot }) {
  const { root, ctx } = page;
  paintPart(page, ".map", (box) => {
    drawCanvas(ctx, axes, 0, 0);
    drawCanvas(ctx, plot, find(root, ".plot").offsetLeft, 1);
    paintNode(ctx, find(root, ".map-legend"), box);
  });
  paintPart(page, ".map-head", (box) => paintNode(ctx, find(root, ".map-head h2"), box));
}

/** The picture that is looked at, and what the network says of it. @param {Page} page @param {Parts} parts */
function paintDigit(page, { pad }) {
  const { root, ctx } = page;
  for (const part of [".digit h2", ".digit-source", ".digit-bars", ".digit-verdict"]) {
    paintPart(page, part, (box) => paintNode(ctx, find(root, part), box));
  }
  paintPart(page, ".digit-pad", () => drawCanvas(ctx, pad, 0, 0));
}

/**
 * Everything that the page shows in the parts of the player.
 * @param {Page} page
 * @param {Parts} parts
 * @param {boolean} isDigit whether a picture stands in place of the map
 * @param {number} shift px by which the metrics lie further to the right than on the page
 */
function paintPage(page, parts, isDigit, shift) {
  const { root, ctx } = page, { network, curve } = parts;
  paintDiagram(page, network);
  if (isDigit) paintDigit(page, parts);
  else paintMapPart(page, parts);
  paintPart(page, ".curve", (box) => {
    drawCanvas(ctx, curve, 0, 0);
    paintNode(ctx, find(root, ".curve-head"), box);
  });
  paintPart(page, ".inspector", (box) => {
    ctx.beginPath();
    ctx.rect(0, 0, box.width, box.height); // of what is scrolled there
    ctx.clip();
    paintNode(ctx, find(root, ".inspector"), box);
  });
  paintPart(page, ".metrics", (box) => paintNode(ctx, find(root, ".metrics"), box), shift);
}

/**
 * The lines between the parts.
 * @param {Page} page
 * @param {number} floor px at which the lowest one lies
 * @param {string} color
 */
function paintRules({ root, ctx, panel }, floor, color) {
  ctx.fillStyle = color;
  ctx.fillRect(0, 67, panel.width, 1);
  ctx.fillRect(0, floor, panel.width, 1);
  const below = root.dataset.inside === "open" ? ".inspector" : ".probe"; // in a low window the probe lies below
  const end = Math.min(floor, boxOf(root, below).top - panel.top);
  ctx.fillRect(boxOf(root, ".right").left - panel.left, 68, 1, end - 68);
}

/**
 * The line below the parts: where the probe is and what the network says there.
 * @param {Page} page
 * @param {Shown} state
 */
function writeProbe({ root, ctx, panel }, state) {
  const { colors: { line, ink, font } } = state, box = boxOf(root, ".probe"), top = box.top - panel.top;
  ctx.fillStyle = line;
  ctx.fillRect(0, top, panel.width, 1);
  ctx.fillStyle = ink;
  writeFitted(ctx, `✛ ${probeSentence(state)}`, top + box.height / 2 + 5, 400, 15, panel.width - 2 * INDENT, font);
}

/**
 * The inside view that is open, with its name and its caption.
 * @param {Page} page
 * @param {Shown} state
 * @param {InsidePanel} inside
 */
function paintInside(page, state, inside) {
  const { root, ctx, panel } = page, { colors: { line, ink, ink2, font }, header } = state;
  const { view, layer } = openedOf(state), top = boxOf(root, ".inside").top - panel.top;
  const row = header.inside_views.find(({ name }) => name === view);
  if (!row) return;
  const canvas = document.createElement("canvas"), room = panel.width - 2 * INDENT;
  inside.paint(canvas, state, SHARPNESS);
  ctx.fillStyle = line;
  ctx.fillRect(0, top, panel.width, 1);
  ctx.fillStyle = ink;
  const title = row.by_layer ? `${row.label} · ${layerName(state.net, layer)}` : row.label;
  writeFitted(ctx, title, top + 28, 650, 16, room, font);
  paintPart(page, ".inside-panel canvas", () => drawCanvas(ctx, canvas, 0, 0));
  const caption = boxOf(root, ".inside-caption");
  ctx.fillStyle = ink2;
  writeFitted(ctx, inside.said(state), caption.top - panel.top + 15, 400, 14, room, font);
}

/**
 * Draws what the player shows. The bar of inside views that are closed is left out: nothing stands below it then.
 * @param {HTMLElement} root the player
 * @param {Shown} state
 * @param {Place} place of the diagram on the page
 * @param {{ inside: InsidePanel, digit: DigitPanel }} parts that draw themselves
 * @returns {import("./picture-words.js").Drawn}
 */
export function drawPicture(root, state, place, { inside, digit }) {
  const { header, net, frame, colors } = state, panel = boxOf(root, ".panel"), bar = boxOf(root, ".inside");
  const spare = openedOf(state).view ? 0 : bar.height;
  const picture = document.createElement("canvas"), ctx = contextOf(picture, { alpha: false });
  picture.width = Math.round(panel.width * SHARPNESS);
  picture.height = Math.round((panel.height - spare) * SHARPNESS);
  ctx.setTransform(SHARPNESS, 0, 0, SHARPNESS, 0, 0);
  ctx.fillStyle = colors.bg;
  ctx.fillRect(0, 0, panel.width, panel.height);

  const page = { root, ctx, panel }, metrics = boxOf(root, ".metrics"), shift = panel.right - INDENT - metrics.right;
  const timeline = boxOf(root, ".timeline"), floor = timeline.top - (bar.top < timeline.top ? spare : 0) - panel.top;
  paintPage(page, drawParts(root, state, place, digit), state.digit !== null, shift);
  ctx.textBaseline = "alphabetic";
  const cut = sliceWords(state);
  const below = `${activationNames(header)} · epoch ${epochText(frame.epoch)}${cut && ` · map: ${cut}`}`;
  writeTitle(ctx, state, below, metrics.left - panel.left + shift - 44);
  paintRules(page, floor, colors.line);
  writeProbe(page, state);
  paintInside(page, state, inside);
  writeProvenance(ctx, provenanceLines(ctx, madeOf(header), panel.width - 2 * INDENT, colors.font), floor, colors);
  return { picture, name: pictureName(header.dataset, net.dims, frame.epoch) };
}
