// The drawing on the page: what it has in hand, and how its parts follow.

import { takeTheme } from "../../../live/kit/colors.js";
import { find } from "../../../live/kit/elements.js";
import { makeSpeaker } from "../../../live/kit/speaker.js";
import { tabStore } from "../../../live/kit/storage.js";
import { keepWatch } from "../../../live/kit/watch.js";
import { BLANK, readDrawing } from "./drawing.js";
import { makeHistory } from "./history.js";
import { makePlane } from "./plane.js";
import { makePointsTable } from "./points-table.js";
import { makeTools } from "./tools.js";
import { changeText, fullText, pointsText } from "./words.js";

/** @typedef {import("./types.js").Brush} Brush */
/** @typedef {import("./types.js").Data} Data */
/** @typedef {import("./types.js").Drawing} Drawing */
/** @typedef {ReturnType<typeof makeView>} View */

const KEPT = "drawing"; // its name in the tab's store

/** What a pointer does. @param {Brush} brush */
function hintOf({ erases }) {
  if (matchMedia("(pointer: coarse)").matches) return `Drag to ${erases ? "erase" : "draw"}, two fingers scroll`;
  return erases ? "Drag to erase points" : "Drag to draw points, click for one";
}

/**
 * @param {HTMLElement} root
 * @param {Data} given
 */
export function makeView(root, given) {
  const { limits, shapes } = given, history = makeHistory(readDrawing(tabStore.read(KEPT), limits) || BLANK);
  /** @type {Brush} */
  const brush = { kind: 0, width: 1.4, density: 4, erases: false };
  const speaker = makeSpeaker(find(root, "[data-role=drawing-spoken]"));
  const plane = makePlane(root, limits.domain), tools = makeTools(root);
  const table = makePointsTable(root, limits, take, refuse);
  /** @type {import("../../../live/kit/colors.js").Themed} */
  const themed = { colors: null };
  const state = {
    data: given, brush, history, plane, table, limits,
    cross: { x1: 0, x2: 0 },
    /** @type {import("./stroke.js").Stroke | null} */
    stroke: null,
    drawn, say, take, refuse, step, follow,
  };
  let due = false;

  /** What is drawn now, with the stroke that isn't finished. */
  function drawn() { return state.stroke ? state.stroke.live : history.present; }
  /** @param {string} sentence */
  function say(sentence) { speaker.say(() => sentence); }
  /** @param {string} sentence why something can't be; empty takes it away */
  function refuse(sentence) { find(root, ".refusal").textContent = sentence; }

  /**
   * Goes on with another drawing.
   * @param {Drawing} next
   * @param {string} [sentence] what is said of it; how many points came or went where it isn't given
   */
  function take(next, sentence) {
    const before = history.present, more = next.points.length > before.points.length;
    history.take(next);
    refuse(next.points.length >= limits.most ? fullText(limits.most) : "");
    say(sentence || changeText(before, next, brush.kind, limits.most));
    if (more) table.turnTo(next.points.length - 1);
    kept();
  }
  /** @param {"undo" | "redo"} way */
  function step(way) {
    if (!(way === "undo" ? history.canUndo : history.canRedo)) return;
    history[way]();
    refuse("");
    say(`${way === "undo" ? "Undone" : "Done again"}: ${pointsText(history.present.points.length)} in all.`);
    kept();
  }
  function kept() {
    brush.kind = Math.min(brush.kind, history.present.classes.length - 1);
    tabStore.write(KEPT, history.present);
    follow();
  }

  function draw() {
    due = false;
    if (!themed.colors || !plane.side) return;
    const drawing = drawn();
    plane.draw(drawing.points);
    plane.point(state.cross, brush, themed.colors);
    tools.show(drawing, brush, history, state.data);
    if (!state.stroke) table.show(drawing);
    root.dataset.points = String(drawing.points.length);
    find(root, ".hint").textContent = hintOf(brush);
    find(root, ".place").textContent = placeShown();
  }
  function placeShown() {
    const [x1, x2] = [state.cross.x1, state.cross.x2].map((value) => value.toFixed(2).replace("-", "−"));
    return `x₁ ${x1}, x₂ ${x2}`;
  }
  /** Draws what has changed with the browser's next frame. */
  function follow() {
    if (!due) requestAnimationFrame(draw);
    due = true;
  }
  function layout() {
    if (themed.colors) plane.dress(themed.colors, shapes);
    follow();
  }
  function look() { if (takeTheme(root, themed, shapes.length)) layout(); }

  /** @type {(() => void) | null} */
  let stop = null;
  return Object.assign(state, {
    /** Begins to follow the page's size and theme. */
    wake() {
      look();
      stop ||= keepWatch(plane.node, layout, look);
      follow();
    },
    rest() {
      stop?.();
      stop = null;
      speaker.hush();
    },
  });
}
