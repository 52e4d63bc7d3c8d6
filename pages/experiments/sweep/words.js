// What is said of a cell.

import { lossText } from "../../live/kit/format.js";

/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {import("./types.js").Sweep} Sweep */

/** A loss, ∞ where it has overflowed. @param {number | null | undefined} loss */
export const lossSaid = (loss) => (loss === null || loss === undefined ? "∞" : lossText(loss));

/** A place in the grid, as a key. @param {{ row: number, column: number }} cell */
export const placeOf = ({ row, column }) => `${row},${column}`;

/** A cell's values: "ReLU, learning rate 0.03". @param {Sweep} sweep @param {Cell} cell */
export function nameOf({ down, across }, { said }) {
  return [down, across].filter((axis) => axis !== null)
    .map((axis, k) => `${axis.label} ${said[k]}`).join(", ");
}

/** What stands in a cell without runs. @param {Sweep} sweep @param {Cell} cell */
export function emptyText({ state }, { refusal }) {
  if (refusal) return "can’t be";
  return state === "running" ? "waiting" : "not run";
}

/** "8 of 10", and while runs are missing how far it is. @param {Cell} cell */
export function countText({ count, wanted, successes }) {
  return count < wanted ? `${count} of ${wanted} seeds` : `${successes} of ${wanted}`;
}

/** A cell for those who can't see it. @param {Sweep} sweep @param {Cell} cell */
export function spokenOf(sweep, cell) {
  const name = nameOf(sweep, cell), { refusal, count, wanted, quartiles, successes, judged } = cell;
  if (refusal) return `${name}: ${refusal}`;
  if (!count || !quartiles) return `${name}: ${emptyText(sweep, cell)}`;
  const [low, middle, high] = quartiles.map(lossSaid), runs = count < wanted ? `${count} of ${wanted} runs done, ` : "";
  const won = `${successes} of ${count} at or below ${sweep.success}`;
  return `${name}: ${runs}${won}, median ${judged} ${middle}, middle half from ${low} to ${high}`;
}

/** How far the sweep is. @param {Sweep} sweep */
export function progressText({ state, total, cells }) {
  const whole = cells.filter(({ count, wanted }) => count === wanted && wanted).length;
  if (state === "running") return ` of ${total} runs, ${whole} of ${cells.length} cells`;
  return ` of ${total} runs done${state === "cancelled" ? ", the rest not run" : ""}`;
}
