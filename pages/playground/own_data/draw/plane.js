// The plane: its axes, the points on a canvas, and above them the brush with its cross-hair.

import { sizeCanvas } from "../../../live/kit/canvas.js";
import { find, findAs, svgElement } from "../../../live/kit/elements.js";
import { minus } from "../../../live/kit/format.js";
import { markPath } from "../../../live/kit/shapes.js";

/** @typedef {import("./types.js").Brush} Brush */
/** @typedef {import("./types.js").Colors} Colors */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {ReturnType<typeof makePlane>} Plane */

const RADIUS = 5, SMALL_RADIUS = 3.4; // px, the second on a phone
const SMALL_SIDE = 420; // px

/** How far a value lies from the left, in per cent of a side. @param {number} value @param {number} domain */
const across = (value, domain) => (50 * (value + domain)) / domain;

/**
 * The place of a pixel.
 * @param {number} x from the left
 * @param {number} y from the top
 * @param {number} side px
 * @param {number} domain
 * @returns {Place}
 */
export const placeOf = (x, y, side, domain) =>
  ({ x1: ((2 * x) / side - 1) * domain, x2: (1 - (2 * y) / side) * domain });

/** The grid with its numbers and the names of the axes, all in per cent. @param {Element} svg @param {number} domain */
function drawAxes(svg, domain) {
  const below = { "y": "100%", "dy": 19, "text-anchor": "middle" };
  const beside = { "x": "0", "dx": -7, "dy": 5, "text-anchor": "end" };
  for (const value of [-domain, -domain / 2, 0, domain / 2, domain]) {
    const at = `${across(value, domain)}%`, up = `${across(-value, domain)}%`, text = minus(String(value));
    svg.append(
      svgElement("line", { x1: at, x2: at, y1: "0", y2: "100%" }),
      svgElement("line", { x1: "0", x2: "100%", y1: up, y2: up }),
      svgElement("text", { ...below, x: at }, text),
      svgElement("text", { ...beside, y: up }, text),
    );
  }
  /** @param {string} digit */
  const low = (digit) => svgElement("tspan", { "dy": 4, "font-size": 11 }, digit);
  svg.append(
    svgElement("text", { ...below, "class": "axis", "x": "62.5%" }, "x", low("1")),
    svgElement("text", { ...beside, "class": "axis", "y": "37.5%" }, "x", low("2")),
    svgElement("rect", { width: "100%", height: "100%" }),
  );
}

/**
 * The mark of a class as a small picture that is drawn for each of its points.
 * @param {string} shape
 * @param {string} fill
 * @param {string} edge
 * @param {number} radius px
 */
function spriteOf(shape, fill, edge, radius) {
  const canvas = document.createElement("canvas"), half = 2 * radius;
  const context = sizeCanvas(canvas, 2 * half, 2 * half);
  const path = new Path2D(markPath(shape, half, half, radius));
  context.fillStyle = fill;
  context.strokeStyle = edge;
  context.lineWidth = 1.3;
  context.fill(path);
  context.stroke(path);
  return { canvas, half };
}

/**
 * @param {HTMLElement} root
 * @param {number} domain
 */
export function makePlane(root, domain) {
  const node = find(root, ".plane"), canvas = findAs(node, "canvas", HTMLCanvasElement);
  const ring = findAs(node, ".ring", SVGElement), cross = findAs(node, ".cross", SVGElement);
  drawAxes(findAs(node, ".axes", SVGElement), domain);
  /** @type {ReturnType<typeof spriteOf>[]} */
  let sprites = [];
  /** @type {{ points: readonly Point[], count: number, side: number } | null} */
  let there = null; // what the canvas shows

  return {
    node,
    get side() { return node.clientWidth; },

    /** Takes up the theme and the size. @param {Colors} colors @param {string[]} shapes */
    dress(colors, shapes) {
      const radius = node.clientWidth < SMALL_SIDE ? SMALL_RADIUS : RADIUS;
      sprites = shapes.map((shape, k) => spriteOf(shape, colors.marks[k], colors.bg, radius));
      there = null;
    },

    /** Draws the points; of a list that has only grown since, what is new. @param {readonly Point[]} points */
    draw(points) {
      const side = node.clientWidth, unit = side / (2 * domain);
      const grown = there?.points === points && there.side === side, first = there && grown ? there.count : 0;
      const context = sizeCanvas(canvas, side, side);
      if (!grown) context.clearRect(0, 0, side, side);
      there = { points, count: points.length, side };
      for (let k = first; k < points.length; k++) {
        const { x1, x2, kind } = points[k], { canvas: picture, half } = sprites[kind];
        context.drawImage(picture, (x1 + domain) * unit - half, (domain - x2) * unit - half, 2 * half, 2 * half);
      }
    },

    /** Shows the brush at a place. @param {Place} place @param {Brush} brush @param {Colors} colors */
    point({ x1, x2 }, { kind, width, erases }, colors) {
      const x = `${across(x1, domain)}%`, y = `${across(-x2, domain)}%`;
      ring.setAttribute("cx", x);
      ring.setAttribute("cy", y);
      ring.setAttribute("r", `${(25 * width) / domain}%`);
      ring.classList.toggle("erases", erases);
      ring.style.fill = erases ? "none" : colors.marks[kind];
      cross.setAttribute("x", x);
      cross.setAttribute("y", y);
    },
  };
}
