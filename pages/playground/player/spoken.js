// What the player tells those who hear the page: where it has come to rest, and what the map and the curve show.

import { find, findAs } from "../../live/kit/elements.js";
import { epochText, fixed, lossText, metricText } from "../../live/kit/format.js";
import { captionText, thinned, writeTable } from "../../live/kit/tables.js";
import { mapTitle } from "./headings.js";
import { mapsOf } from "./pictures.js";
import { isAtEnd } from "./playback.js";
import { probeSentence } from "./probe-words.js";
import { testLossText } from "./readouts.js";
import { MAP_MISSING, MAP_ONE } from "./sampling.js";
import { ownUnits } from "./slice.js";
import { axisNumber, planeWords } from "./slice-words.js";

/** @typedef {import("../../live/kit/speaker.js").Speaker} Speaker */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {"reset" | "new-weights" | ""} Asked what was pressed that begins anew */

const BEGINNINGS = { "reset": "Reset to epoch", "new-weights": "New weights at epoch" };
const PLACES = 5; // along each side of the map's table
const DESCRIBE_AFTER = 300; // ms of rest until the charts' texts and tables follow
const POINT_KEYS_TEXT = "Keys [ and ] go to the point left or right, up and down to the one above or below; "
  + "Enter puts the probe there.";

/** The losses, as they are written above the diagram. @param {Shown} state */
export function lossesText(state) {
  const train = `training loss ${lossText(state.frame.train_loss)}`, test = testLossText(state);
  return test === "–" ? train : `${train}, test loss ${test}`;
}

/**
 * Where the player has come to rest: "Paused at epoch 120: training loss 0.0312, test loss 0.0401."
 * @param {Shown} state
 * @param {boolean} moved whether it has just been playing
 * @param {Asked} asked
 */
export function whereText(state, moved, asked) {
  const begun = asked && state.shown === 0 ? BEGINNINGS[asked] : "";
  const said = begun || (isAtEnd(state) && "Ended at epoch") || (moved && "Paused at epoch") || "Epoch";
  return `${said} ${epochText(state.frame.epoch)}: ${lossesText(state)}.`;
}

/** The metric, such as "test accuracy 93.6 %". @param {Shown} state */
function metricSaid({ frame, header: { metric: { label, unit } } }) {
  const text = metricText(frame.metric, unit);
  return text === "–" ? "" : `${label.toLowerCase()} ${text}${unit && ` ${unit}`}`;
}

/** What the map shows, in one sentence, and its keys. @param {Shown} state */
export function mapLabel(state) {
  const { header: { dataset: { train } }, points } = state, tests = points.length / 3 - train;
  const counts = `${train} training ${tests ? `and ${tests} test ` : ""}points`, metric = metricSaid(state);
  const title = mapTitle(state, false).trim(), plane = planeWords(state);
  return `${title} ${plane}, with ${counts}${metric && `; ${metric}`}. ${probeSentence(state)} ${POINT_KEYS_TEXT}`;
}

/** What the curves show, in one sentence. @param {Shown} state */
export function curveLabel(state) {
  const { history: { epoch, train_loss: train, test_loss: test }, shown, seen, frame } = state;
  if (!seen) return `Loss by epoch: ${lossesText(state)} at epoch ${epochText(frame.epoch)}.`;
  const tested = testLossText(state) !== "–", end = `at epoch ${epochText(epoch[shown])}`;
  /** @param {string} name @param {Float64Array} losses */
  const course = (name, losses) => `${name} loss from ${lossText(losses[0])} to ${lossText(losses[shown])}`;
  const courses = [course("training", train), ...(tested ? [course("test", test)] : [])].join(", ");
  return `Loss by epoch: ${courses} ${end}.`;
}

/** Epoch and losses of some frames of the curve, up to the last one that was seen. @param {Shown} state */
export function curveRows({ history: { epoch, train_loss: train, test_loss: test }, seen }) {
  return thinned(seen + 1).map((k) => [epochText(epoch[k]), lossText(train[k]), lossText(test[k])]);
}

/**
 * What the network says at some places of the map, row by row from above: its output, or the likeliest class.
 * @param {Pick<Shown, "header" | "frame" | "net" | "pictures" | "mapped" | "playing" | "slice">} state
 * @returns {{ heads: string[], rows: string[][] }}
 */
export function mapRows(state) {
  const { header: { map: n, dataset: { labels }, output }, net: { outputs }, slice: { axes: [across, up] } } = state;
  const maps = mapsOf(state).outputs;
  const cells = thinned(n, PLACES);
  /**
   * The middle of a pixel, counted from an axis's beginning.
   * @param {import("./slice.js").Axis} axis
   * @param {number} cell
   */
  const middle = (axis, cell) =>
    axisNumber(axis, ownUnits(axis, axis.low + ((cell + 0.5) / n) * (axis.high - axis.low)));
  /** @param {number} at @param {number} k which output */
  const valueAt = (at, k) => maps[k * n * n + at];
  /** @param {number} at */
  const said = (at) => {
    const values = Array.from({ length: outputs }, (_, k) => valueAt(at, k));
    if (values.includes(MAP_MISSING)) return "–";
    if (outputs > 1) return labels[values.indexOf(Math.max(...values))];
    return fixed(output.center + (output.scale * values[0]) / MAP_ONE, 2);
  };
  const rows = cells.map((row) =>
    [`${up.name} = ${middle(up, n - 1 - row)}`, ...cells.map((column) => said(row * n + column))]);
  return { heads: ["Place", ...cells.map((column) => `${across.name} = ${middle(across, column)}`)], rows };
}

/**
 * Speaks for the player.
 * @param {HTMLElement} root
 * @param {Speaker} speaker
 * @param {() => string} details what the inspector says of the part in focus
 */
export function makeVoice(root, speaker, details) {
  const map = find(root, ".plot"), curve = find(root, ".curve canvas");
  const mapTable = findAs(root, '[data-table="map"]', HTMLTableElement);
  const curveTable = findAs(root, '[data-table="curve"]', HTMLTableElement);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let described = "";
  /** @type {Asked} */
  let asked = "";
  let runSeen = NaN;

  /** @param {Shown} state */
  function describeMap(state) {
    map.setAttribute("aria-label", mapLabel(state));
    const { heads, rows } = mapRows(state), what = state.net.outputs > 1 ? "Predicted class" : "Output";
    writeTable(mapTable, `${what} at ${rows.length} × ${rows.length} places of the map`, heads, rows);
  }

  /** Writes what the charts show. @param {Shown} state */
  function describeCharts(state) {
    curve.setAttribute("aria-label", curveLabel(state));
    if (!state.net.picture) describeMap(state);
    const losses = curveRows(state);
    const caption = captionText("Loss by epoch", losses.length, state.seen + 1, "frames");
    writeTable(curveTable, caption, ["Epoch", "Training loss", "Test loss"], losses);
  }

  return {
    /** What was pressed begins anew, and is told even where nothing changes. @param {"reset" | "new-weights"} kind */
    expect(kind) {
      asked = kind;
      speaker.insist();
    },

    /** Looks at what was drawn, and tells it if it is at rest. @param {Shown} state */
    look(state) {
      if (state.playing) {
        asked = "";
        speaker.move();
        return;
      }
      if (state.seek !== null || !state.frames.has(state.shown)) return;
      const { run } = state.header, shown = `${run} ${state.shown} ${lossesText(state)}`;
      const ofFocus = () => (state.focus ? ` ${details()}` : "");
      if (runSeen !== run && state.notice) { // the notice of a new network is heard: one choice, one sentence
        speaker.skip(shown);
        asked = "";
      } else speaker.rest(shown, (moved) => whereText(state, moved, asked) + ofFocus());
      runSeen = run;
      const chart = [shown, state.seen, state.points.length, mapTitle(state, false), probeSentence(state),
        state.sliced.axes].join();
      if (chart === described) return;
      described = chart;
      clearTimeout(timer);
      timer = setTimeout(describeCharts, DESCRIBE_AFTER, state);
    },
  };
}

