// One stroke of the brush, from the press to the end: points, or what the eraser takes away.

import { makeSpray, pointAt } from "./brush.js";
import { withPoints, withoutNear } from "./drawing.js";

/** @typedef {import("./types.js").Brush} Brush */
/** @typedef {import("./types.js").Drawing} Drawing */
/** @typedef {import("./types.js").Limits} Limits */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {ReturnType<typeof makeStroke>} Stroke */

/**
 * A stroke that begins at a place. One that doesn't move is a single point, exactly there.
 * @param {Drawing} drawing
 * @param {Brush} brush
 * @param {Place} start
 * @param {Limits} limits
 * @param {() => number} random
 */
export function makeStroke(drawing, brush, start, limits, random) {
  const points = [...drawing.points], spray = makeSpray(brush, start, limits.domain, random);
  /** @type {Drawing} */
  let live = brush.erases ? withoutNear(drawing, start, brush.width / 2) : { ...drawing, points };
  let moved = false;

  return {
    /** The drawing as the stroke leaves it so far. */
    get live() { return live; },

    get moved() { return moved; },

    /** @param {Place} place */
    to(place) {
      moved = true;
      if (brush.erases) live = withoutNear(live, place, brush.width / 2);
      else for (const point of spray(place)) if (points.length < limits.most) points.push(point);
    },

    /** The drawing that it has made. @returns {Drawing} */
    end() {
      if (!moved && !brush.erases) return withPoints(drawing, [pointAt(start, brush.kind)], limits.most);
      return live.points.length === drawing.points.length ? drawing : live;
    },
  };
}
