// A drawing: points by class. Whatever is done to it makes another one, so that each step can be undone.

/** @typedef {import("./types.js").Drawing} Drawing */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./types.js").Limits} Limits */

/** A drawing without a point, with two classes. @type {Drawing} */
export const BLANK = { points: [], classes: ["0", "1"] };

/** @param {number} value @param {number} domain */
export const isInside = (value, domain) => Number.isFinite(value) && Math.abs(value) <= domain;

/** How many points each class has. @param {Drawing} drawing */
export function countsOf({ points, classes }) {
  const counts = classes.map(() => 0);
  for (const { kind } of points) counts[kind]++;
  return counts;
}

/**
 * With more points, as many of them as there is room for.
 * @param {Drawing} drawing
 * @param {readonly Point[]} more
 * @param {number} most points
 * @returns {Drawing}
 */
export function withPoints(drawing, more, most) {
  return { ...drawing, points: [...drawing.points, ...more.slice(0, Math.max(0, most - drawing.points.length))] };
}

/**
 * Without the points within a radius of a place.
 * @param {Drawing} drawing
 * @param {Place} place
 * @param {number} radius
 * @returns {Drawing}
 */
export function withoutNear(drawing, { x1, x2 }, radius) {
  const points = drawing.points.filter((point) => Math.hypot(point.x1 - x1, point.x2 - x2) > radius);
  return points.length < drawing.points.length ? { ...drawing, points } : drawing;
}

/**
 * With another point at an index.
 * @param {Drawing} drawing
 * @param {number} at
 * @param {Point} point
 * @returns {Drawing}
 */
export const withPointAt = (drawing, at, point) =>
  ({ ...drawing, points: drawing.points.map((old, k) => (k === at ? point : old)) });

/** Without the point of an index. @param {Drawing} drawing @param {number} at @returns {Drawing} */
export const withoutPoint = (drawing, at) => ({ ...drawing, points: drawing.points.filter((_, k) => k !== at) });

/** Without points; the classes stay. @param {Drawing} drawing @returns {Drawing} */
export const cleared = (drawing) => ({ ...drawing, points: [] });

/** With one class more, named by the first number that is free. @param {Drawing} drawing @returns {Drawing} */
export function withClass(drawing) {
  let number = drawing.classes.length;
  while (drawing.classes.includes(String(number))) number++;
  return { ...drawing, classes: [...drawing.classes, String(number)] };
}

/**
 * With another name of a class.
 * @param {Drawing} drawing
 * @param {number} kind
 * @param {string} name
 * @returns {Drawing}
 */
export const withName = (drawing, kind, name) =>
  ({ ...drawing, classes: drawing.classes.map((old, k) => (k === kind ? name : old)) });

/**
 * Why a class can't have a name, in one sentence; empty if it can.
 * @param {Drawing} drawing
 * @param {number} kind
 * @param {string} name
 * @param {number} longest most characters
 */
export function nameRefusal({ classes }, kind, name, longest) {
  if (!name) return "A class must have a name.";
  if (name.length > longest) return `A name must have at most ${longest} characters. Got ${name.length}.`;
  return classes.some((other, k) => k !== kind && other === name) ? `Another class has the name ${name}.` : "";
}

/**
 * A drawing that was kept, or null for anything that is none.
 * @param {any} given
 * @param {Limits} limits
 * @returns {Drawing | null}
 */
export function readDrawing(given, { domain, most, classes, longest }) {
  const names = given?.classes, points = given?.points;
  if (!Array.isArray(names) || names.length < 2 || names.length > classes) return null;
  const named = { points: [], classes: names };
  if (!names.every((name, k) => typeof name === "string" && !nameRefusal(named, k, name, longest))) return null;
  /** @param {any} point */
  const isPoint = (point) => isInside(point?.x1, domain) && isInside(point?.x2, domain)
    && Number.isInteger(point.kind) && point.kind >= 0 && point.kind < names.length;
  return Array.isArray(points) && points.length <= most && points.every(isPoint) ? { points, classes: names } : null;
}

/** Why a drawing can't be learned from yet, in one sentence; empty if it can. @param {Drawing} drawing */
export function useRefusal(drawing) {
  const some = countsOf(drawing).filter((count) => count > 0).length;
  return some < 2 ? "A drawing needs points of at least two classes." : "";
}

/**
 * The drawing in columns, as the server takes it. Classes after the last one that has a point are left out: a network
 * has an output for each.
 * @param {Drawing} drawing
 */
export function columnsOf(drawing) {
  const { points, classes } = drawing, last = countsOf(drawing).findLastIndex((count) => count > 0);
  return {
    x1: points.map((point) => point.x1),
    x2: points.map((point) => point.x2),
    kind: points.map((point) => point.kind),
    classes: classes.slice(0, Math.max(2, last + 1)),
  };
}
