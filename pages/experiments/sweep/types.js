// The shapes of what the server sends of a sweep.

/** @typedef {{ label: string, values: string[] }} Axis a setting that is varied, and its values as they are shown */
/** @typedef {{ side: number, values?: string, area?: string, sure?: string }} CellMap bytes in base64, see maps.py */
/** @typedef {{ seed: number, epoch: number, loss: number | null, succeeded: boolean, overflowed: boolean }} CellRun */
/** @typedef {Omit<import("../../live/kit/kept-runs.js").Kept, "id">} UnplacedRun */
/**
 * The run that was made ready to be kept last: it, or why it can't be kept, until that was taken.
 * @typedef {{ number: number, run?: UnplacedRun, said?: string, refusal?: string }} ReadyRun
 */
/**
 * One combination of values; from `successes` on only where runs are done.
 * @typedef {object} Cell
 * @property {number} row
 * @property {number} column
 * @property {string[]} said its values
 * @property {string} refusal why they don't suit each other
 * @property {number} count how many runs are done
 * @property {number} wanted of how many
 * @property {string} [judged] which loss its runs are judged by
 * @property {number} [successes]
 * @property {(number | null)[]} [quartiles] lower quartile, median and upper quartile of the final loss
 * @property {number[]} [moments] epochs of the curve
 * @property {(number | null)[][]} [curve] the same three at each of them
 * @property {CellMap} [map] of the median run
 * @property {string} [query] of a link to its runs, without seed and frame
 * @property {CellRun[]} [runs] from best to worst
 * @property {number} [median] which of them is the median run
 * @property {number | null} [seconds] of the median run's training
 */
/**
 * @typedef {object} Sweep
 * @property {"empty" | "running" | "cancelled" | "done"} state
 * @property {number} done
 * @property {number} total
 * @property {number} success the loss that counts as success
 * @property {number} seeds
 * @property {number} epochs
 * @property {string} view
 * @property {{ name: string, label: string }[]} views
 * @property {Axis | null} down
 * @property {Axis} across
 * @property {Cell[]} cells
 * @property {string} judged which loss all runs are judged by
 * @property {string} caveat a sentence where their losses can't be compared, or ""
 * @property {number | null} domain half the side of the maps; null where they differ in it
 * @property {string[]} inputs names of the maps' axes
 * @property {string} provenance
 * @property {string} notice
 * @property {ReadyRun} kept
 */
/** @typedef {{ width: number, height: number, parts: Node[] }} Picture */
/**
 * What a picture is drawn with.
 * @typedef {object} Ink
 * @property {import("../../live/kit/colors.js").Colors} colors
 * @property {string} chosen the place of the selected cell
 * @property {boolean} lined whether negative values are hatched
 */

export {};
