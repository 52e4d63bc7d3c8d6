// What is said of a drawing.

import { minus } from "../../../live/kit/format.js";

/** @typedef {import("./types.js").Drawing} Drawing */
/** @typedef {import("./types.js").Place} Place */

/** A whole number with its thousands apart. @param {number} count */
export const countText = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** @param {number} count */
export const pointsText = (count) => (count === 1 ? "1 point" : `${countText(count)} points`);

/** What a class is called on the page: one that is a number needs the word. @param {string} name */
export const className = (name) => (/^\d+$/.test(name) ? `class ${name}` : name);

/** A coordinate as it is, to the last digit. @param {number} value */
export const coordinateText = (value) => minus(String(value));

/** @param {Place} place */
export const placeText = ({ x1, x2 }) => `x₁ ${coordinateText(x1)}, x₂ ${coordinateText(x2)}`;

/** Why no more points are added. @param {number} most */
export const fullText = (most) => `A drawing has room for ${pointsText(most)}, and no more.`;

/**
 * What happened to a drawing, and how many points it has now.
 * @param {Drawing} before
 * @param {Drawing} after
 * @param {number} kind the class of the brush
 * @param {number} most points
 */
export function changeText(before, after, kind, most) {
  const more = after.points.length - before.points.length, all = `${pointsText(after.points.length)} in all.`;
  const room = after.points.length >= most ? ` ${fullText(most)}` : "";
  if (more > 0) return `${pointsText(more)} of ${className(after.classes[kind])} added, ${all}${room}`;
  if (more < 0) return `${pointsText(-more)} erased, ${all}`;
  return `Nothing changed, ${all}${room}`;
}

/**
 * A coordinate as it was typed, or NaN; with a comma or a point, a hyphen or a minus.
 * @param {string} text
 */
export function readCoordinate(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}
