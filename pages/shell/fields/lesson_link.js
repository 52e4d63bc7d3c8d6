// Makes a teacher's link: a list of what the page has, each to show, to lock or to hide.

import { element } from "../../live/kit/elements.js";
import { lesson } from "../../live/kit/lesson.js";

/** @typedef {"show" | "lock" | "hide"} Way */
/** @typedef {{ ways: Map<string, Way>, alone: boolean, framed: boolean }} Choice */
/** @typedef {[name: string, label: string][]} Names */
/** @typedef {{ controls: Names, actions: Names, view: string, besides: Record<string, string> }} Shown */

const SET_HERE = ["hide", "lock", "only", "embed"];
const ALONE = "player";
/** @type {[Way, string][]} */
const WAYS = [["show", "Show"], ["lock", "Lock"], ["hide", "Hide"]];

/**
 * The address of a page with what a teacher has chosen.
 * @param {string} href the page's present address
 * @param {Choice} choice
 * @param {Record<string, string>} [besides] what it has to say as soon as it says anything
 */
export function lessonAddress(href, { ways, alone, framed }, besides = {}) {
  const { origin, pathname, search } = new URL(href), query = new URLSearchParams(search);
  for (const name of SET_HERE) query.delete(name);
  /** @param {Way} way */
  const named = (way) => [...ways].filter(([, chosen]) => chosen === way)
    .map(([name]) => encodeURIComponent(name)).join("~");
  const parts = [];
  for (const way of /** @type {const} */ (["hide", "lock"])) if (named(way)) parts.push(`${way}=${named(way)}`);
  if (alone) parts.push(`only=${ALONE}`);
  if (framed) parts.push("embed=true");
  if (parts.length) for (const [name, value] of Object.entries(besides)) if (!query.has(name)) query.set(name, value);
  const whole = [query.toString(), ...parts].filter(Boolean).join("&");
  return origin + pathname + (whole ? "?" + whole : "");
}

/** Labels that stand more than once are numbered. @param {Names} rows */
export function numbered(rows) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return rows.map(([name, label]) => {
    const count = (seen.get(label) || 0) + 1;
    seen.set(label, count);
    return /** @type {[string, string]} */ ([name, count > 1 ? `${label} (${count})` : label]);
  });
}

/** Copies what stands in a field, as old browsers do if need be. @param {HTMLInputElement} field */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select(); // an unencrypted page and many frames are denied the clipboard
    return document.execCommand("copy");
  }
}

/** @param {string} name @param {string} label @param {Way} chosen @param {(way: Way) => void} choose */
function rowNode(name, label, chosen, choose) {
  const row = element("tr", {}, element("th", { scope: "row" }, label));
  for (const [way, word] of WAYS) {
    const radio = element("input", { "type": "radio", "name": `lesson-${name}`, "aria-label": `${label}: ${word}` });
    radio.checked = way === chosen;
    radio.onchange = () => choose(way);
    row.append(element("td", {}, element("label", {}, radio)));
  }
  return row;
}

/** @param {string} text @param {boolean} on @param {(on: boolean) => void} choose */
function checkNode(text, on, choose) {
  const box = element("input", { type: "checkbox" });
  box.checked = on;
  box.onchange = () => choose(box.checked);
  return element("label", { "class": "check" }, box, text);
}

const PRESETS = ["A preset brings its own values for all settings, locked ones too: lock or hide Preset with them. ",
  "The class begins with this run at frame 0; Link, beside PNG, has the frame."];

/** Rows under a heading of their own. @param {string} title @param {HTMLElement[]} rows */
const groupNode = (title, rows) => element("tbody", {},
  element("tr", { "class": "group" }, element("th", { scope: "rowgroup", colspan: 4 }, title)), ...rows);

/** @param {Shown} shown */
function openDialog({ controls, actions, view, besides }) {
  const asked = lesson(), hasPresets = controls.some(([name]) => name === "preset");
  /** @type {Choice} */
  const choice = { ways: new Map(), alone: asked?.alone ?? false, framed: false };
  for (const name of asked?.lock || []) choice.ways.set(name, "lock");
  for (const name of asked?.hide || []) choice.ways.set(name, "hide");

  const link = element("input", { "type": "text", "readonly": "", "aria-label": "Link for a lesson" });
  const said = element("span", { "role": "status", "class": "said" });
  function write() {
    link.value = lessonAddress(location.href, choice, besides);
    said.textContent = "";
  }
  /** @param {Names} rows */
  const nodesOf = (rows) => numbered(rows).map(([name, label]) =>
    rowNode(name, label, choice.ways.get(name) || "show", (way) => {
      choice.ways.set(name, way);
      write();
    }));

  const copy = element("button", { "type": "button", "class": "copy" }, "Copy");
  copy.onclick = async () => {
    said.textContent = (await copied(link)) ? "Link copied." : "Copy the link from the field.";
  };
  const close = element("button", { "type": "button" }, "Close");
  const dialog = element("dialog", { "class": "lesson-dialog", "role": "dialog", "aria-labelledby": "lesson-title" },
    element("h2", { id: "lesson-title" }, "Link for a lesson"),
    element("p", {}, "Choose what a class sees and can change. A lock helps a lesson and is no barrier: ",
      "whoever changes the address gets round it. ", ...(hasPresets ? PRESETS : [])),
    checkNode(`Only the ${view}, without the controls around it`, choice.alone, (on) => {
      choice.alone = on;
      write();
    }),
    checkNode("For a frame in another page, without the navigation", choice.framed, (on) => {
      choice.framed = on;
      write();
    }),
    element("div", { "class": "list", "tabindex": 0, "role": "group", "aria-label": "Controls and buttons" },
      element("table", {},
        element("thead", {}, element("tr", {}, element("td", {}),
          ...WAYS.map(([, word]) => element("th", { scope: "col" }, word)))),
        groupNode("Controls", nodesOf(controls)),
        ...(actions.length ? [groupNode(`In the ${view}`, nodesOf(actions))] : []))),
    element("div", { "class": "link-row" }, link, copy, close), said);
  link.onfocus = () => link.select();
  close.onclick = () => dialog.close();
  dialog.onclose = () => dialog.remove();
  write();
  return dialog;
}

/** The button that opens the dialog. @param {HTMLElement} host */
export function makeLessonLink(host) {
  /** @type {Shown} */
  let shown = { controls: [], actions: [], view: "", besides: {} };
  const button = element("button", { "type": "button", "class": "lesson-button", "aria-haspopup": "dialog" },
    "Link for a lesson");
  button.onclick = () => {
    const dialog = openDialog(shown);
    host.append(dialog);
    dialog.showModal();
  };
  host.append(button);
  return {
    /** @param {Shown} data */
    show(data) { shown = data; },
    leave() {},
  };
}
