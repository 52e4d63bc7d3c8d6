// Shows one weight or bias with its gradient, and lets it be typed, frozen and taken back; nothing moves while that is
// done.

import { element } from "../../live/kit/elements.js";
import { minus, significant, signed } from "../../live/kit/format.js";
import { isOff, lesson } from "../../live/kit/lesson.js";
import { symbolNode } from "../../live/kit/symbols.js";
import { focusKey, inspectionOf } from "./focus.js";
import { signClass, spanOf, variable } from "./notation.js";
import {
  neuronName, parameterHint, parameterIndex, parameterKind, parameterLetter, stepText,
} from "./weight-text.js";
import { ownUnit, ownValue } from "./own-units.js";
import { arrowStep } from "./walk.js";

/** @typedef {import("./types.js").Act} Act */
/** @typedef {import("./types.js").ParameterFocus} ParameterFocus */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {ReturnType<typeof makeWeightCard>} WeightCard */

/**
 * The parts of a card that change.
 * @typedef {object} CardParts
 * @property {HTMLInputElement} input
 * @property {HTMLElement} value
 * @property {HTMLElement} gradient
 * @property {HTMLElement} step
 * @property {HTMLElement} stepName
 * @property {HTMLElement} frozenSign
 * @property {HTMLButtonElement} freeze
 * @property {HTMLElement} own its value in the data's own units
 * @property {HTMLElement} ownName what that is per
 * @property {HTMLElement} foot
 * @property {HTMLElement} refusal
 */

const SET = "set-weight"; // what a teacher's link calls typing a value

/** What can be done with a held parameter, in words. @param {boolean} typed @param {boolean} small */
function keysText(typed, small) {
  if (typed) return small ? "Enter applies" : "Enter applies, ↑ ↓ by 0.1, Esc cancels";
  const asked = lesson();
  return asked?.lock.includes(SET) ? asked.locked : "";
}

/** @param {ParameterFocus} focus @returns {CardParts} */
function makeCardParts(focus) {
  const label = parameterKind(focus) + ": type a value, Enter applies, arrows step, Escape cancels";
  return {
    input: element("input", {
      "type": "text", "inputmode": "decimal", "data-role": "weight-value", "data-action": SET, "autocomplete": "off",
      "enterkeyhint": "done", "aria-label": label,
    }),
    value: element("b"),
    gradient: element("b"),
    step: element("b"),
    stepName: element("span"),
    frozenSign: spanOf("frozen"),
    freeze: element("button", {
      "type": "button", "class": "switch", "data-action": "freeze", "aria-pressed": "false",
    }, "Freeze", element("i")),
    own: element("b"),
    ownName: element("span"),
    foot: element("div", { class: "foot" }),
    refusal: element("div", { "class": "refusal", "role": "alert" }),
  };
}

/**
 * Between what the parameter lies.
 * @param {import("./types.js").Network} net
 * @param {ParameterFocus} focus
 * @param {boolean} small
 */
function whereNode(net, { kind, l, i, j }, small) {
  const to = neuronName(net, l, j, small);
  if (kind === "bias") return element("span", {}, to);
  const from = l === 0 ? symbolNode(net.inputs[i].label) : neuronName(net, l - 1, i, small);
  return element("span", {}, from, " → ", to);
}

/**
 * @param {CardParts} parts
 * @param {Shown} state
 * @param {ParameterFocus} focus
 * @param {boolean} held
 * @param {boolean} typed whether its value can be typed
 * @param {boolean} small
 */
function cardNodes(parts, { net, header }, focus, held, typed, small) {
  const { input, value, gradient, step, stepName, frozenSign, freeze, own, ownName, foot, refusal } = parts;
  const kind = parameterKind(focus), letter = parameterLetter(focus);
  const symbol = variable(letter, parameterIndex(net, focus), String(focus.l + 1));
  /** @param {string} name @param {Node} content */
  const fact = (name, content) => element("div", {}, element("span", {}, name), content);
  const facts = element("div", { class: "facts" }, fact(kind, typed ? input : value),
    fact(`Gradient ∂L/∂${letter}`, gradient), element("div", {}, stepName, step));
  if (header.own_scales && focus.l === 0) facts.append(element("div", { class: "own-value" }, ownName, own));
  if (held) foot.append(freeze, element("span", {}, keysText(typed, small)));
  const title = element("div", { class: "title" }, kind, symbol, whereNode(net, focus, small), frozenSign);
  return [title, facts, foot, refusal];
}

/** @param {HTMLElement} node @param {string} text */
function rewrite(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * A number with four significant digits, if it is known.
 * @param {HTMLElement} node
 * @param {number | null} amount
 */
function writeAmount(node, amount) {
  const [text, power] = amount === null ? ["–", null] : significant(amount), wanted = text + power;
  if (node.dataset.text === wanted) return;
  node.dataset.text = wanted;
  node.replaceChildren(text, ...(power === null ? [] : [element("sup", {}, minus(String(power)))]));
}

/** The value of a parameter. @param {Pick<Shown, "net" | "frame">} state @param {ParameterFocus} focus */
const valueOf = ({ net, frame }, focus) => frame.theta[net.parameterAt(focus)];

/**
 * What the card has in its field: the value of the shown frame, or what is being typed.
 * @typedef {{ written: number | null, dirty: boolean }} Field
 * @param {CardParts} parts
 * @param {Field} field
 * @param {number} value
 * @param {boolean} typing
 */
function writeField({ input }, field, value, typing) {
  if (field.dirty || field.written === value) return;
  field.written = value;
  input.className = signClass(value);
  input.value = Number.isFinite(value) ? value.toFixed(4) : "";
  input.setAttribute("value", input.value);
  if (typing) input.select();
}

/**
 * Lets the value be typed: Enter applies it, and so does leaving the field; Escape leaves it as it is; arrows step from
 * what is there. The server reads what was typed.
 * @param {CardParts} parts
 * @param {Field} field
 * @param {ParameterFocus} focus
 * @param {Act} act
 */
function listenToField({ input }, field, focus, act) {
  function apply() {
    if (field.dirty) act.set(focus, input.value);
    restore();
  }
  function restore() { Object.assign(field, { written: null, dirty: false }); }
  input.oninput = () => {
    field.dirty = true;
    act.pause();
  };
  input.onfocus = () => act.typing(true);
  input.onblur = () => {
    act.typing(false);
    apply();
  };
  input.onkeydown = (event) => {
    const down = arrowStep(event.key);
    if (!down && event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (down) {
      act.pause();
      act.set(focus, field.dirty ? input.value : null, down > 0 ? -1 : 1);
      restore();
      return;
    }
    if (event.key === "Escape") restore();
    act.leave(event.key === "Escape"); // which applies what is typed still
  };
}

/**
 * The card of the parameter in focus.
 * @param {Shown} state
 * @param {ParameterFocus} focus
 * @param {boolean} held whether it can be edited, unless a teacher's link locks that
 * @param {boolean} small
 * @param {Act} act
 */
export function makeWeightCard(state, focus, held, small, act) {
  const typed = held && !isOff(SET), parts = makeCardParts(focus);
  const nodes = cardNodes(parts, state, focus, held, typed, small);
  const { input, value, gradient, step, stepName, frozenSign, freeze, refusal, own, ownName, foot } = parts;
  /** @type {Field} */
  const field = { written: null, dirty: false };
  listenToField(parts, field, focus, act);
  freeze.onclick = () => act.freeze(focus, freeze.getAttribute("aria-pressed") !== "true");
  return {
    nodes,

    /** Puts the keyboard into the field. */
    type() {
      if (!typed) return;
      input.focus({ preventScroll: true });
      input.select();
    },

    draw() {
      const { net, header, frame } = state, at = net.parameterAt(focus), now = frame.theta[at];
      const known = inspectionOf(state), slope = known?.gradient[at] ?? null, frozen = header.frozen.includes(at);
      if (value.textContent !== signed(now, 4)) [value.textContent, value.className] = [signed(now, 4), signClass(now)];
      writeField(parts, field, now, state.typing);
      writeAmount(gradient, slope);
      writeAmount(step, known?.step[at] ?? null);
      rewrite(stepName, stepText(header, focus, frozen));
      freeze.setAttribute("aria-pressed", String(frozen));
      rewrite(frozenSign, frozen ? "frozen" : "");
      const inOwn = ownValue(state, focus);
      writeAmount(own, inOwn);
      rewrite(ownName, ownUnit(state, focus));
      ownName.title = `In the data’s own units: ${ownName.textContent}`;
      if (!held) rewrite(foot, parameterHint(state, slope !== null));
      const refused = held && !field.dirty && state.refused?.at === focusKey(focus) ? state.refused.sentence : "";
      rewrite(refusal, refused);
      input.setAttribute("aria-invalid", String(refused !== ""));
    },

    /** What is said of it to those who hear the page. */
    spoken: () => `${nodes[0].textContent}: ${signed(valueOf(state, focus), 4)}`,
  };
}
