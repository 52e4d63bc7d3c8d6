// Says what the network makes of the probe: the numbers there as they are printed, and as a sentence.

import { fixed, lossText, minus, signed } from "../../live/kit/format.js";
import { listedOutputs, othersText } from "./many-classes.js";
import { distanceFrom, inputAxis, ownUnits, placeOn, sliceOf } from "./slice.js";

/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {Pick<Shown, "header" | "net" | "frame">} ProbeState */

const DIGITS = 2; // of a coordinate that has no more
const FEW_CLASSES = 6; // up to these the outputs have three decimals, beyond them two
const UNKNOWN = "–";
const ON_PLANE = 1e-9; // deviations that rounding may leave between the plane of components and a point of it

/**
 * Whether a frame's numbers were taken where the probe stands now; those of frames that came before a move weren't.
 * @param {{ frame: Pick<Shown["frame"], "probed">, header: { probe: Pick<Header["probe"], "number"> } }} state
 */
export const isProbed = ({ frame, header }) => frame.probed === header.probe.number;

/** What the output layer says there, if that is known. @param {ProbeState} state */
export const probeOutputs = (state) =>
  (isProbed(state) ? state.frame.probe.subarray(state.net.layers[state.net.last].tile) : null);

/** A coordinate: two decimals where that is all of it, else six significant digits. @param {number} value */
export function coordinateText(value) {
  const isShort = Math.abs(value - Number(value.toFixed(DIGITS))) < 1e-9;
  return isShort ? fixed(value, DIGITS) : minus(String(+value.toPrecision(6)));
}

/** The probe's coordinates in the data's units. @param {Pick<Header, "probe" | "dataset">} header */
export const probeTexts = ({ probe: { point }, dataset }) =>
  point.map((value, k) => coordinateText(ownUnits(inputAxis(dataset, k), value)));

/** The place as a point: (1.60, −2.20). @param {Pick<Header, "probe" | "dataset">} header */
export const probePlace = (header) =>
  header.dataset.picture ? `a ${header.dataset.target}` : `(${probeTexts(header).join(", ")})`;

/**
 * The class that outputs stand for, as the engine's predicted_classes reads it; null for a regression.
 * @param {Float64Array} outputs
 * @param {Pick<Header, "dataset" | "output">} header
 */
export function classOf(outputs, { dataset: { kind }, output: { center } }) {
  if (kind === "regression" || outputs.some(Number.isNaN)) return null;
  return outputs.length > 1 ? outputs.indexOf(Math.max(...outputs)) : Number(!(outputs[0] > center));
}

/**
 * What the strip prints of the shown frame.
 * @param {ProbeState} state
 */
export function probeFacts(state) {
  const { header, frame, net: { outputs: K, softmax } } = state, outputs = probeOutputs(state);
  const decimals = K > FEW_CLASSES ? 2 : 3;
  /** @param {number} value */
  const text = (value) => (K > 1 ? fixed(value, decimals) : signed(value, 4));
  return {
    name: K === 1 ? "Output" : softmax ? "Probabilities" : "Outputs",
    values: Array.from({ length: K }, (_, k) => (outputs ? text(outputs[k]) : UNKNOWN)),
    predicted: outputs && classOf(outputs, header),
    loss: outputs ? lossText(frame.probe_loss[0]) : UNKNOWN,
  };
}

/**
 * Why the map doesn't show what the network says at the probe, or "".
 * @param {Pick<Header, "probe" | "dataset" | "plane">} header
 */
export function probeNote(header) {
  const { probe: { point }, dataset: { spread, picture } } = header;
  if (picture) return "";
  const slice = sliceOf(header, point), place = placeOn(slice, point);
  if (slice.axes.some(({ low, high }, k) => place[k] < low || place[k] > high)) return "off the map";
  return distanceFrom(slice, point, spread) > ON_PLANE ? "off the map’s plane" : "";
}

/** The target that the loss is measured against. @param {Pick<Header, "probe" | "dataset">} header */
export const targetText = ({ probe: { target }, dataset: { kind, labels } }) =>
  (kind === "regression" ? coordinateText(target) : labels[target]);

/**
 * What the network says there: "output +0.1576, class +1, loss 0.6700 against −1".
 * @param {ProbeState} state
 */
export function probeSaid(state) {
  const { header, header: { dataset: { labels } } } = state, { name, values, predicted, loss } = probeFacts(state);
  if (!isProbed(state)) return "its numbers follow";
  const outputs = probeOutputs(state), K = values.length, others = othersText(K) && ` ${othersText(K)}`;
  const listed = listedOutputs(outputs, K).map((k) => `${labels[k]}: ${values[k]}`).join(", ") + others;
  const said = K > 1 ? listed : values[0];
  const sort = predicted === null ? "" : `, class ${labels[predicted]}`;
  return `${name.toLowerCase()} ${said}${sort}, loss ${loss} against ${targetText(header)}`;
}

/** Point and output in one sentence. @param {ProbeState} state */
export function probeSentence(state) {
  const { header } = state, note = probeNote(header);
  const { picture, target } = header.dataset;
  if (picture) return `Probe at the ${target} ${targetText(header)}: ${probeSaid(state)}.`;
  const place = probeTexts(header).map((text, k) => `${header.dataset.coordinates[k]} ${text}`).join(", ");
  return `Probe at ${place}${note && `, ${note}`}: ${probeSaid(state)}.`;
}
