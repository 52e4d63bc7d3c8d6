// Shows the numbers of what is in focus; it formats what the server computed.

import { contextOf, find, handFocusOn } from "../../live/kit/elements.js";
import { makeDiagnosisCard } from "./diagnosis-card.js";
import { focusKey, isParameter, sameFocus } from "./focus.js";
import { neuronNodes } from "./neuron-card.js";
import { pointLine, pointNodes } from "./point-card.js";
import { hasPicture, pictureNodes } from "./picture-card.js";
import { makeWeightCard } from "./weight.js";

/** @typedef {import("./types.js").Act} Act */
/** @typedef {import("./types.js").NeuronFocus} NeuronFocus */
/** @typedef {import("./types.js").ParameterFocus} ParameterFocus */
/** @typedef {import("./types.js").PointFocus} PointFocus */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./weight.js").WeightCard} WeightCard */
/** @typedef {ReturnType<typeof makeInspector>} Inspector */

const SMALL = 420; // px of width, below which the numbers are smaller
const MARGINS = 28; // px beside a line
const SAY_AFTER = 100; // ms after a key, until what it leads to is drawn

/** A function that measures texts in the font of the formulas. */
function makeRuler() {
  const ink = contextOf(document.createElement("canvas"));
  /** @param {boolean} small */
  return (small) => {
    ink.font = `${small ? 15 : 18}px KaTeX_Main, "Source Serif 4", serif`;
    return (/** @type {string} */ text) => ink.measureText(text).width;
  };
}

/**
 * @param {HTMLElement} box
 * @param {Act} act
 * @param {import("../../live/kit/speaker.js").Speaker} speaker
 */
export function makeInspector(box, act, speaker) {
  const detail = find(box, ".detail"), undo = find(box, ".undo"), ruler = makeRuler();
  const diagnoses = makeDiagnosisCard(find(box, ".diagnosis"), act);
  const isSmall = () => box.clientWidth < SMALL;
  /** @type {WeightCard | null} */
  let card = null;
  let shownKey = "", wantsTyping = false; // shownKey: what the detail was made from

  /** @param {Shown} state @param {ParameterFocus} focus @param {boolean} held */
  function drawParameter(state, focus, held) {
    const small = isSmall(), { run, own_scales: scales } = state.header;
    const key = [focusKey(focus), held, small, run, scales !== null].join();
    if (shownKey !== key || !card) {
      [shownKey, card] = [key, makeWeightCard(state, focus, held, small, act)];
      detail.replaceChildren(...card.nodes);
    }
    card.draw();
    if (wantsTyping) card.type();
  }

  /** @param {Shown} state @param {NeuronFocus | PointFocus} focus */
  function drawTexts(state, focus) {
    const small = isSmall(), size = { small, room: box.clientWidth - MARGINS, measure: ruler(small) };
    card = null;
    if (focus.kind === "point" && act.small()) state.aside = pointLine(state, focus.n);
    const nodes = focus.kind === "point" ? pointNodes(state, focus)
      : hasPicture(state, focus) ? pictureNodes(state, focus, small) : neuronNodes(state, focus, size);
    const key = nodes.map((node) => node.textContent).join("|");
    if (key === shownKey) return;
    shownKey = key;
    detail.replaceChildren(...nodes);
  }

  /** What is said of the part in focus. */
  const spoken = () => (card ? card.spoken() : detail.innerText.replace(/\s+/g, " "));

  return {
    spoken,

    /** Puts the keyboard into the field of the next weight that is drawn. */
    type() { wantsTyping = true; },

    /** After a key, for those who hear the page. */
    say() { speaker.say(spoken, SAY_AFTER); },

    /** @param {Shown} state */
    draw(state) {
      const { focus, header } = state, held = isParameter(focus) && sameFocus(focus, state.held);
      box.classList.toggle("hot", !!focus);
      const undoable = header.undo > 0 && (!focus || held);
      if (!undoable) handFocusOn(undo, act.view());
      box.classList.toggle("undoable", undoable);
      state.aside = "";
      diagnoses.draw(state);
      box.classList.toggle("ill", diagnoses.shown);
      if (!focus) {
        [shownKey, card] = ["", null];
        return;
      }
      box.classList.toggle("small", isSmall());
      if (isParameter(focus)) drawParameter(state, focus, held);
      else drawTexts(state, focus);
      wantsTyping = false;
    },
  };
}
