// What the scripts of the drawing hand to each other.

/**
 * A point of the plane with the index of its class.
 * @typedef {Readonly<{ x1: number, x2: number, kind: number }>} Point
 */
/** @typedef {Readonly<{ points: readonly Point[], classes: readonly string[] }>} Drawing classes: their names */

/**
 * What the server says a drawing may be.
 * @typedef {object} Limits
 * @property {number} domain points lie in the square from −domain to domain
 * @property {number} most points
 * @property {number} classes most classes
 * @property {number} longest most characters of a class's name
 */

/**
 * A data set that the drawing may start from.
 * @typedef {object} Start
 * @property {string} label
 * @property {string[]} classes
 * @property {[x1: number, x2: number, kind: number][]} points
 */

/**
 * What the server sends.
 * @typedef {object} Data
 * @property {string[]} shapes of the classes
 * @property {Limits} limits
 * @property {Start | null} start
 * @property {number} trainShare how many of the points will be for training
 * @property {string} refused why the drawing that was sent can't be used; empty if none was refused
 */

/** @typedef {{ kind: number, width: number, density: number, erases: boolean }} Brush */
/** @typedef {{ x1: number, x2: number }} Place */
/** @typedef {import("../../../live/kit/colors.js").Colors} Colors */

export {};
