// A field for a number: it sends what is typed as it is, and shows the server's answer. It computes nothing.

import { element } from "../../live/kit/elements.js";
import { makeActs } from "./acts.js";
import { keepInside, refusalNode } from "./refusal.js";

/**
 * What the server sends.
 * @typedef {object} Shown
 * @property {string} label
 * @property {string} text the value
 * @property {[client: string, number: number]} answered the last act that was done
 * @property {[text: string, sentence: string]} [refused] what was typed instead, and why it is no value
 * @property {boolean} whole
 * @property {boolean} disabled
 * @property {string | null} hint that the page's link locks it; null if it doesn't
 * @property {boolean} down whether a step down is possible
 * @property {boolean} up
 */
/** @typedef {(name: "act", message: import("./acts.js").Message) => void} Trigger */

let made = 0;

/** @param {string} sign */
const stepButton = (sign) => element("button", { type: "button", tabindex: "-1", class: "step" }, sign);

function makeNodes() {
  const id = `number-field-${++made}`;
  const label = element("label", { "for": id });
  const input = element("input", { id, "type": "text", "autocomplete": "off", "spellcheck": "false" });
  const down = stepButton("−"), up = stepButton("+");
  const box = element("div", { "class": "box" }, input, element("div", { "class": "steps" }, down, up));
  const root = element("div", { "class": "number-field" }, label, box);
  return { root, label, input, down, up };
}

/**
 * Shows a refusal below the field, or takes it away.
 * @param {ReturnType<typeof makeNodes>} nodes
 * @param {Shown["refused"]} refused
 */
function showRefusal({ root, input }, refused) {
  const old = root.querySelector(".refusal");
  input.setAttribute("aria-invalid", String(Boolean(refused)));
  root.classList.toggle("refused", Boolean(refused));
  if (!refused) {
    old?.remove();
    input.removeAttribute("aria-describedby");
  } else if (old?.textContent !== refused[1]) {
    old?.remove();
    const node = refusalNode(refused[1]);
    node.id = `${input.id}-refusal`;
    input.setAttribute("aria-describedby", node.id);
    root.append(node);
    keepInside(node);
  }
}

/** @param {HTMLElement} host */
export function makeNumberField(host) {
  const nodes = makeNodes(), { root, label, input, down, up } = nodes;
  /** @type {Trigger} */
  let trigger = () => {};
  /** @type {Shown | undefined} */
  let shown;
  let settled = ""; // what the field showed when it was last set or sent: any other text is being typed
  const acts = makeActs((message) => trigger("act", message));
  const typing = () => input.value !== settled;

  function commit() {
    if (!typing()) return;
    settled = input.value;
    acts.ask(settled);
  }
  /** @param {number} count */
  function step(count) {
    commit();
    acts.ask(count);
  }
  /** Brings the old value back; false if it is there. */
  function giveUp() {
    if (!shown || (!typing() && !shown.refused && !acts.wait)) return false;
    if (shown.refused || acts.wait) acts.ask(null);
    input.value = settled = shown.text;
    showRefusal(nodes, undefined);
    return true;
  }
  /** What a key does here, if anything; true takes it from all others. @param {string} key */
  function press(key) {
    if (key === "Enter") commit();
    else if (key === "ArrowUp") step(1);
    else if (key === "ArrowDown") step(-1);
    else return key === "Escape" && giveUp();
    return key !== "Enter";
  }

  // It hears before all others: a popover would close on Escape, and what was typed with it.
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const plain = !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (event.target !== input || !plain || !press(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  input.addEventListener("focus", () => window.addEventListener("keydown", onKey, true));
  input.addEventListener("blur", () => {
    window.removeEventListener("keydown", onKey, true);
    commit();
  });
  root.addEventListener("focusout", acts.flush);
  down.addEventListener("click", () => step(-1));
  up.addEventListener("click", () => step(1));
  host.append(root);

  return {
    /** @param {Shown} data @param {Trigger} send */
    show(data, send) {
      trigger = send;
      shown = data;
      acts.answered(data.answered);
      label.textContent = data.label;
      down.setAttribute("aria-label", `Decrement ${data.label}`);
      up.setAttribute("aria-label", `Increment ${data.label}`);
      input.inputMode = data.whole ? "numeric" : "decimal";
      input.disabled = data.disabled;
      root.title = input.title = data.hint || "";
      root.classList.toggle("locked", data.hint !== null);
      down.disabled = !data.down;
      up.disabled = !data.up;
      if (acts.wait) return;
      showRefusal(nodes, data.refused);
      const text = data.refused ? data.refused[0] : data.text;
      if (typing() || text === input.value) return;
      input.value = settled = text;
    },

    /** Sends what was typed before the field goes. */
    leave() {
      commit();
      acts.flush();
      acts.stop();
      window.removeEventListener("keydown", onKey, true);
    },
  };
}
