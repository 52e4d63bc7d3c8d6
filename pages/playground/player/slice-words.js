// Says which plane of the inputs' space the map shows.

import { fixed, shortNumber } from "../../live/kit/format.js";
import { roundUnit } from "./plane.js";
import { hasSlice, inputAxis, ownUnits } from "./slice.js";
import { probePoint } from "./slice-state.js";

/** @typedef {import("./slice.js").Axis} Axis */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {Pick<Shown, "header" | "slice" | "carried">} Sliced */

const MOST_NAMED = 4; // inputs whose values are said; of more it says how many there are
const UNIT = / \(([^)]+)\)$/;

/** The unit in a column's name, such as cm, or "". @param {string} name */
export const unitOf = (name) => UNIT.exec(name)?.[1] ?? "";

/** A column's name without its unit. @param {string} name */
export const bareName = (name) => name.replace(UNIT, "");

/** The decimals in which a value along an axis is worth saying: about one in a thousand. @param {Axis} axis */
const decimalsOf = (axis) => Math.min(12, Math.max(0, -Math.round(Math.log10(roundUnit(axis, 100)))));

/** A value in an axis's own units. @param {Axis} axis @param {number} own */
export const axisNumber = (axis, own) => fixed(own, Math.min(12, decimalsOf(axis) + 1));

/** A value in an axis's own units, as a slider has it. @param {Axis} axis @param {number} seen */
export const heldNumber = (axis, seen) => fixed(ownUnits(axis, seen), decimalsOf(axis));

/** The same with the unit. @param {Axis} axis @param {number} seen */
export function heldText(axis, seen) {
  const unit = unitOf(axis.name), text = heldNumber(axis, seen);
  return unit ? `${text} ${unit}` : text;
}

/** The inputs that the map holds. @param {Sliced} state */
export function heldInputs({ header: { dataset }, slice: { inputs } }) {
  return dataset.coordinates.map((_, d) => d).filter((d) => inputs && !inputs.includes(d));
}

/** The components that the map holds at 0, and how much the two others keep. @param {Pick<Shown, "header">} state */
export function componentWords({ header: { plane: { components }, inputs } }) {
  if (!components) return "";
  const used = inputs.filter(({ on }) => on).length, kept = components.shares[0] + components.shares[1];
  const others = used === 3 ? "The 3rd component is" : `The other ${used - 2} components are`;
  return `${used > 2 ? `${others} held at 0. ` : ""}The two shown keep ${fixed(100 * kept, 1)} % of the variance.`;
}

/** How much each input counts in each of the components. @param {Sliced} state */
export function loadingWords({ header: { dataset: { coordinates } }, slice }) {
  if (slice.inputs) return "";
  const each = [slice.across, slice.up].map((loadings, k) => {
    const said = loadings.map((value, d) => `${coordinates[d]} ${fixed(value, 3)}`);
    return `${["1st", "2nd"][k]} component: ${said.join(", ")}`;
  });
  return `Loadings of the ${each.join("; of the ")}.`;
}

/** What the map shows besides its axes, in words; "" for points in the plane. @param {Sliced} state */
export function sliceWords(state) {
  const { header, slice: { inputs, axes: [across, up] }, carried } = state;
  if (!hasSlice(header)) return "";
  if (!inputs) return `plane of the ${across.name} and the ${up.name}`;
  const held = heldInputs(state), point = probePoint({ carried, header });
  const said = held.slice(0, MOST_NAMED).map((d) => {
    const axis = inputAxis(header.dataset, d);
    return `${bareName(axis.name)} ${heldText(axis, point[d])}`;
  });
  const more = held.length > MOST_NAMED ? [`${held.length - MOST_NAMED} more inputs held`] : [];
  return `${bareName(up.name)} over ${bareName(across.name)} at ${[...said, ...more].join(", ")}`;
}

/** Over which plane the map goes. @param {Sliced} state */
export function planeWords(state) {
  const { header, slice: { axes: [across, up] } } = state;
  const { dataset: { domain, scales } } = header;
  if (!hasSlice(header) && !scales.length) return `over the plane from −${domain} to ${domain}`;
  const [from, to] = [across, up].map((axis) =>
    [axis.low, axis.high].map((end) => shortNumber(ownUnits(axis, end))).join(" to "));
  const held = hasSlice(header) ? `: ${sliceWords(state)}` : "", loadings = loadingWords(state);
  return `with ${across.name} across from ${from} and ${up.name} up from ${to}${held}${loadings && `. ${loadings}`}`;
}
