// Shows beside the network, in place of the map, a picture and what the network takes it for: a sample, or one drawn.

import { find, findAs } from "../../live/kit/elements.js";
import { fixed } from "../../live/kit/format.js";
import { writeTable } from "../../live/kit/tables.js";
import { buildBars, writeBars } from "./digit-bars.js";
import { clearStrokes, makePad, undoStroke } from "./digit-pad.js";
import { countsOf, digitWords, isInked, makeDigit, pointWith, sampleBeside } from "./digit-state.js";
import { verdictOf } from "./digit-words.js";

/** @typedef {import("./digit-state.js").Digit} Digit */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").State} State */
/** @typedef {ReturnType<typeof makeDigitPanel>} DigitPanel */

const LEAST_PAD = 132, LARGEST_PAD = 250; // px
const AROUND_PAD = 130; // px of height of what stands above and below the pad
const LEAST_BESIDE = 150; // px that the table beside the pad needs
const LEAST_BAR = 16, LARGEST_BAR = 22; // px of height of one class
const CURVE_ROOM = { small: 0, wide: 128 }; // px of height that the loss curve keeps

const PAD_KEYS = "Drawing pad. Arrow keys move the pen, space puts it down and lifts it, "
  + "Backspace takes back a stroke, Delete clears.";

const MADE = "What is drawn is made as high as the picture, with its ink in the middle across. "
  + "Narrow digits become a little broader, and broad ones narrower, as those of the data.";

/** @param {HTMLElement | null} node @param {string} text */
function renewText(node, text) {
  if (node && node.textContent !== text) node.textContent = text;
}

/**
 * The ink of each pixel for those who hear the page.
 * @param {HTMLTableElement} table
 * @param {string} caption
 * @param {Digit} digit
 * @param {[height: number, width: number]} shape
 */
function writePixels(table, caption, { ink }, [rows, columns]) {
  const heads = Array.from({ length: columns }, (_, c) => `column ${c + 1}`);
  const lines = Array.from({ length: rows }, (_, r) =>
    [String(r + 1), ...heads.map((_head, c) => fixed(ink[r * columns + c], 2))]);
  writeTable(table, caption, ["Row", ...heads], lines);
}

/**
 * What is looked at and what the network takes it for, in one sentence.
 * @param {State} state
 */
function spokenDigit(state) {
  const shown = /** @type {Shown} */ (state), { digit } = state;
  if (!digit) return "";
  const { said, judged } = verdictOf(shown, digit);
  return `${digitWords(shown, digit).join(", ")}: ${said}, ${judged}.`;
}

/**
 * Writes what only changes with the run, or when the other way is chosen.
 * @param {HTMLElement} root
 * @param {HTMLElement} panel
 * @param {Shown} shown
 * @param {Digit} digit
 */
function buildPanel(root, panel, { header: { dataset: { labels, target } }, net }, { way }) {
  root.dataset.digit = way;
  renewText(find(panel, "h2"), `Which ${target} is it?`);
  renewText(find(panel, '[data-action="digit-yours"]'), `Your ${target}`);
  for (const each of ["sample", "yours"]) {
    find(panel, `[data-action="digit-${each}"]`).setAttribute("aria-pressed", String(each === way));
  }
  find(panel, ".digit-pad").setAttribute("role", way === "yours" ? "application" : "img");
  buildBars(findAs(panel, ".digit-bars", HTMLTableElement), labels, target, net.softmax);
}

/**
 * Writes what changes with the picture and with each frame.
 * @param {HTMLElement} root
 * @param {HTMLElement} panel
 * @param {Shown} shown
 * @param {Digit} digit
 */
function writePanel(root, panel, shown, digit) {
  const { header: { dataset: { train, target } }, net } = shown, [name, which] = digitWords(shown, digit);
  const from = `From the ${digit.n < train ? "training" : "test"} ${target}s`;
  renewText(find(panel, ".digit-source"), digit.way === "yours" ? "Draw here" : from);
  renewText(root.querySelector('[data-show="digit-name"]'), name);
  renewText(root.querySelector('[data-show="digit-which"]'), which);
  writeBars(findAs(panel, ".digit-bars", HTMLTableElement), isInked(digit) ? digit.values[net.last] : null);
  const { said, judged, isRight } = verdictOf(shown, digit);
  renewText(find(panel, ".digit-said"), said);
  renewText(find(panel, ".digit-judged"), judged);
  panel.dataset.right = isRight === null ? "" : String(isRight);
  for (const act of ["undo", "clear"]) {
    findAs(panel, `[data-action="digit-${act}"]`, HTMLButtonElement).disabled = !digit.strokes.length;
  }
}

/**
 * Takes the place of the map, or leaves it; gives the pad's side.
 * @param {HTMLElement} root
 * @param {HTMLElement} panel
 * @param {Shown} shown
 * @param {boolean} small
 */
function layoutPanel(root, panel, { net: { picture, outputs } }, small) {
  root.toggleAttribute("data-picture", picture !== null);
  panel.hidden = picture === null;
  find(panel, ".digit-pad").tabIndex = picture === null ? -1 : 0;
  const across = panel.clientWidth, high = find(root, ".right").clientHeight - AROUND_PAD - CURVE_ROOM.wide;
  const most = Math.min(LARGEST_PAD, small ? LARGEST_PAD : high, across - LEAST_BESIDE, 0.5 * across);
  const side = Math.round(Math.max(LEAST_PAD, most)), bar = Math.min(LARGEST_BAR, (side - 4) / outputs);
  panel.style.setProperty("--pad", side + "px");
  panel.style.setProperty("--row", Math.max(LEAST_BAR, bar) + "px");
  return side;
}

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Pick<import("./probe-moves.js").ProbeMoves, "use">} moves
 * @param {import("../../live/kit/speaker.js").Speaker} speaker
 */
export function makeDigitPanel(root, state, moves, speaker) {
  const panel = find(root, ".digit"), canvas = findAs(panel, ".digit-pad", HTMLCanvasElement);
  const pixels = findAs(root, '[data-table="map"]', HTMLTableElement);
  const speak = () => speaker.say(() => spokenDigit(state));
  let built = "", told = "", asked = "", side = LEAST_PAD;

  /** @param {boolean} done */
  function changed(done) {
    state.dirty = true;
    if (done) speak();
  }
  const pad = makePad(canvas, () => (state.digit?.way === "yours" ? state.digit : null), changed);

  /** @param {(digit: Digit) => void} change */
  const changing = (change) => () => {
    change(state.digit ||= makeDigit());
    pad.lift();
    changed(true);
  };
  /** @param {1 | -1} by */
  const stepping = (by) => changing((digit) => {
    digit.n = sampleBeside(countsOf(/** @type {Shown} */ (state)), digit.n, by);
    moves.use(digit.n);
  });
  const acts = Object.entries({
    "sample": changing((digit) => { digit.way = "sample"; }), "yours": changing((digit) => { digit.way = "yours"; }),
    "back": stepping(-1), "next": stepping(1), "clear": changing(clearStrokes), "undo": changing(undoStroke),
  });
  for (const [name, act] of acts) find(panel, `[data-action="digit-${name}"]`).addEventListener("click", act);

  /** The probe goes where a run's first sample is. @param {Shown} shown @param {Digit} digit */
  function bringProbe(shown, digit) {
    const { session, run, probe } = shown.header, begun = `${session} ${run}`;
    if (asked === begun) return;
    asked = begun;
    if (pointWith(shown, probe.point) !== digit.n) moves.use(digit.n);
  }

  /** @param {Shown} shown @param {Digit} digit @param {[height: number, width: number]} shape */
  function describePicture(shown, digit, shape) {
    const words = digitWords(shown, digit).join(", "), now = `${words} ${digit.inked}`;
    if (now === told) return;
    told = now;
    canvas.setAttribute("aria-label", digit.way === "sample" ? words : PAD_KEYS);
    canvas.title = digit.way === "sample" ? "" : MADE;
    writePixels(pixels, `Ink from 0 to 1, ${words}`, digit, shape);
  }

  return {
    /** @param {Shown} shown @param {boolean} small */
    layout(shown, small) { side = layoutPanel(root, panel, shown, small); },

    /** @param {Shown} shown */
    draw(shown) {
      const { digit, header: { session, run }, net: { picture } } = shown;
      if (!digit || !picture) return;
      const key = [session, run, digit.way].join();
      if (built !== key) buildPanel(root, panel, shown, digit);
      built = key;
      pad.draw(canvas, shown, digit, side);
      writePanel(root, panel, shown, digit);
      describePicture(shown, digit, picture);
      bringProbe(shown, digit);
    },

    /**
     * For a saved picture: the pad, sharper.
     * @param {HTMLCanvasElement} onto
     * @param {Shown} shown
     * @param {number} sharpness
     */
    paint(onto, shown, sharpness) {
      if (shown.digit) pad.draw(onto, shown, shown.digit, side, sharpness);
    },
  };
}
