// Writes the numbers above the diagram, the line of news, and the attributes that others can rely on.

import { find, handFocusOn } from "../../live/kit/elements.js";
import { isWhole, lossText, metricText, minus, paddedEpoch } from "../../live/kit/format.js";
import { diagnosisSentence } from "./diagnosis-words.js";
import { hasTestPoints } from "./points.js";
import { probeOutputs } from "./probe-words.js";
import { offerText } from "./recovery.js";

/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {ReturnType<typeof makeReadouts>} Readouts */

/**
 * What is quietly said of the shown frame beside the message.
 * @param {Pick<Shown, "rates" | "aside" | "work"> & { frame: Pick<Frame, "learning_rate" | "clipped"> }} state
 */
export function asideText({ frame: { learning_rate: rate, clipped }, rates, aside, work }) {
  if (aside) return aside; // on a phone the inspector is out of sight then
  const said = work?.long ? [`Frame ${work.frame}: ${Math.floor(100 * work.share)} %`] : [];
  if (rates.vary && Number.isFinite(rate)) said.push(`Learning rate ${minus(rate.toPrecision(3))}`);
  if (clipped > 0) said.push("Gradient clipped in " + (clipped === 1 ? "1 step" : clipped + " of the last steps"));
  return said.join(" · ");
}

const SILENT = "The server doesn't answer. Nothing is lost: this goes on as soon as it does.";

/**
 * The message: that the server is silent, else why training has ended, else the notice, else what can be gone back to
 * or what keeps the network from learning.
 * @param {Pick<Shown, "shown" | "notice" | "silent" | "offer" | "playing" | "diagnoses"> & {
 *   header: Pick<Shown["header"], "stopped" | "last">
 * }} state
 */
export function messageText(state) {
  const { header: { stopped, last }, shown, notice, silent } = state;
  return (silent && SILENT) || (shown >= last && stopped) || notice || offerText(state) || diagnosisSentence(state);
}

/** The test loss; a dash where nothing could be tested. @param {Pick<Shown, "frame" | "points" | "header">} state */
export function testLossText(state) {
  const { test_loss: loss, metric } = state.frame;
  return Number.isNaN(loss) && Number.isNaN(metric) && !hasTestPoints(state) ? "–" : lossText(loss);
}

/**
 * What the pale curves are, once the run has been changed at a frame to which it was rewound.
 * @param {Pick<Shown, "before" | "shown" | "seen">} state
 */
export function paleText({ before, shown, seen }) {
  if (!before) return "";
  return shown < seen ? "pale: ahead and before" : "pale: before";
}

/**
 * What training adds to the train loss, where there is a penalty.
 * @param {{ header: Pick<Shown["header"], "penalty">, frame: Pick<Frame, "penalty"> }} state
 */
export const penaltyText = ({ header: { penalty: kind }, frame: { penalty } }) =>
  (kind ? `+ ${lossText(penalty)} ${kind}` : "");

/** A scalar of a frame by its name. @param {Frame} frame @param {string} name */
const scalarOf = (frame, name) => /** @type {Frame & Record<string, number>} */ (frame)[name];

/**
 * A function that writes a text into the element that shows it, if it is another one than before.
 * @param {HTMLElement} root
 */
function makeWriter(root) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  /** @param {string} name @param {string} text */
  return (name, text) => {
    if (texts.get(name) === text) return;
    texts.set(name, text);
    find(root, `[data-show="${name}"]`).textContent = text;
  };
}

/** @param {HTMLElement} root @param {string} name @param {number | boolean | string} value */
function mark(root, name, value) {
  const attribute = "data-" + name.replaceAll("_", "-"), text = String(value);
  if (root.getAttribute(attribute) !== text) root.setAttribute(attribute, text);
}

/** Makes one button of Play and Pause. @param {HTMLElement} button @param {boolean} playing */
function showPlayButton(button, playing) {
  const action = playing ? "pause" : "play";
  if (button.dataset.action === action) return;
  button.dataset.action = action;
  button.title = playing ? "Pause (space)" : "Play (space)";
  button.setAttribute("aria-label", playing ? "Pause" : "Play");
}

/** @param {HTMLElement} root */
export function makeReadouts(root) {
  const playButton = find(root, '[data-action="play"]'), write = makeWriter(root);
  const keptRuns = find(root, ".kept-runs"), lastRun = find(root, '[data-action="last-run"]');
  const scalars = Array.from(root.querySelectorAll("[data-scalar]"), (node) => {
    return { node, name: node.getAttribute("data-scalar") || "" };
  });
  return {
    write,

    /** @param {Shown} state */
    draw(state) {
      const { frame, header, header: { metric } } = state;
      const decimals = header.unit === "mini-batch" || !isWhole(frame.epoch) ? 2 : 0;
      const [zeros, epoch] = paddedEpoch(frame.epoch, decimals);
      write("zeros", zeros);
      write("epoch", epoch);
      for (const { node, name } of scalars) {
        const text = lossText(scalarOf(frame, name));
        if (node.textContent !== text) node.textContent = text;
      }
      write("penalty", penaltyText(state));
      write("before", paleText(state));
      write("unpenalized", header.penalty && !paleText(state) ? "without the penalty" : "");
      write("test", testLossText(state));
      write("metric-name", metric.label);
      write("metric", metricText(frame.metric, metric.unit));
      write("unit", metric.unit && Number.isFinite(frame.metric) ? " " + metric.unit : "");
      write("message", messageText(state));
      write("aside", asideText(state));
      if (!offerText(state)) handFocusOn(lastRun, root);
      lastRun.hidden = !offerText(state);
      const { length: keptCount } = state.keptRuns;
      if (keptRuns.hidden !== !keptCount) keptRuns.hidden = !keptCount;
      write("kept-runs", String(keptCount));
      showPlayButton(playButton, state.playing);
      mark(root, "run", `${header.run}.${header.generation}`);
      mark(root, "playing", state.playing && !state.silent);
      mark(root, "journal", header.journal);
      mark(root, "inputs", state.net.inputs.map(({ row }) => header.probe.inputs[row]).join());
      mark(root, "output", probeOutputs(state)?.join() ?? "");
      for (const name of header.scalars || []) mark(root, name, scalarOf(frame, name)); // data-frame, data-epoch, …
    },
  };
}
