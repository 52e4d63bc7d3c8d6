// Draws the map alone as a picture for a slide: title, map with axes, legend, and how it was made.

import { contextOf, element, find } from "../../live/kit/elements.js";
import { epochText } from "../../live/kit/format.js";
import { mapTitle } from "./headings.js";
import { fillLegend } from "./legend.js";
import { makeMap } from "./map.js";
import { paintNode } from "./paint-node.js";
import { probePlace, probeSaid } from "./probe-words.js";
import { sliceWords } from "./slice-words.js";
import {
  FOOT_LINE, INDENT, madeOf, pictureName, provenanceLines, SHARPNESS, writeProvenance, writeTitle,
} from "./picture-words.js";

/** @typedef {import("./types.js").Shown} Shown */

const PICTURE_WIDTH = 640; // px, in 1920 pixels
const TITLE_HEIGHT = 70; // px that the title takes
const AXIS_HEIGHT = 26; // px below the map

/** What the map shows, in words. @param {Shown} state */
function subtitleOf(state) {
  const { header, frame } = state, cut = sliceWords(state);
  const probe = `probe ✛ ${probePlace(header)}: ${probeSaid(state)}`;
  return [mapTitle(state, false).trim(), `epoch ${epochText(frame.epoch)}`, ...(cut ? [cut] : []), probe].join(" · ");
}

/**
 * Paints the legend as the player has it beside the map.
 * @param {HTMLElement} root the player, as wide as on a large screen
 * @param {CanvasRenderingContext2D} ctx
 * @param {Shown} state
 * @param {number} size px of the map's side
 */
function paintLegend(root, ctx, state, size) {
  const legend = element("div", { class: "map-legend" });
  const box = element("div", { class: "map", style: `width:${PICTURE_WIDTH - 2 * INDENT}px;--size:${size}px` }, legend);
  find(root, ".right").append(box);
  fillLegend(legend, state, false);
  paintNode(ctx, legend, box.getBoundingClientRect());
  box.remove();
}

/**
 * Draws the map.
 * @param {HTMLElement} root the player, as wide as on a large screen
 * @param {Shown} state
 * @returns {import("./picture-words.js").Drawn}
 */
export function drawMapPicture(root, state) {
  const { header, net, frame, colors } = state, room = PICTURE_WIDTH - 2 * INDENT;
  const [axes, plot, picture] = [0, 1, 2].map(() => document.createElement("canvas"));
  const map = makeMap(axes, plot, SHARPNESS), ctx = contextOf(picture, { alpha: false });
  map.layout(state, room, false);
  map.draw(state);
  const made = provenanceLines(ctx, madeOf(header), room, colors.font);
  const floor = TITLE_HEIGHT + map.size + AXIS_HEIGHT + 12, height = floor + 34 + FOOT_LINE * (made.lines.length - 1);
  picture.width = PICTURE_WIDTH * SHARPNESS;
  picture.height = height * SHARPNESS;
  ctx.setTransform(SHARPNESS, 0, 0, SHARPNESS, 0, 0);
  ctx.fillStyle = colors.bg;
  ctx.fillRect(0, 0, PICTURE_WIDTH, height);
  ctx.translate(INDENT, TITLE_HEIGHT);
  ctx.drawImage(axes, 0, 0, room, map.size + AXIS_HEIGHT);
  ctx.drawImage(plot, parseFloat(plot.style.left), 1, map.size, map.size);
  paintLegend(root, ctx, state, map.size);
  ctx.translate(-INDENT, -TITLE_HEIGHT);
  ctx.textBaseline = "alphabetic";
  writeTitle(ctx, state, subtitleOf(state), room);
  writeProvenance(ctx, made, floor, colors);
  return { picture, name: pictureName(header.dataset, net.dims, frame.epoch, "map") };
}
