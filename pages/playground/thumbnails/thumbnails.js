// Data sets as pictures to choose from: one radio group over all groups.

import { holdToLesson } from "../../live/kit/lesson.js";
import { element, find, svgElement } from "../../live/kit/elements.js";
import { markPath } from "../../live/kit/shapes.js";

/** @typedef {[x1: number, x2: number, target: number]} Point */
/**
 * @typedef {{ name: string, label: string, kind: string, points: Point[], ready?: boolean, pixels?: number[][] }} Item
 *   ready: a table; pixels: 0 … 1, where its rows are pictures
 */
/** @typedef {{ label: string, items: Item[] }} Group */
/** @typedef {{ name: string, label: string, path: string }} Way to bring data of one's own */
/**
 * @typedef {object} Data
 * @property {string} selected
 * @property {Group[]} groups
 * @property {string[]} shapes
 * @property {Way[]} ways
 * @property {string} opened
 * @property {boolean} tight whether the headings leave their room to another control
 */
/**
 * @typedef {object} Message
 * @property {Data} data
 * @property {ParentNode} parentElement
 * @property {(name: "dataset" | "way", value: string) => void} setTriggerValue
 */
/** @typedef {HTMLElement & { drawn?: string }} Root drawn: what the pictures were made from */

const SIZE = 44; // px
const PLANE = 13; // the plane −6…6 and half a unit of margin at each side

/**
 * The colour of a value from −1 to 1, left to CSS so that it follows the theme.
 * @param {number} value
 */
export function divergingCss(value) {
  const position = (Math.min(1, Math.max(-1, value)) + 1) * 2;
  const k = Math.min(3, Math.floor(position));
  return `color-mix(in srgb, var(--div-${k + 1}) ${(100 * (position - k)).toFixed(1)}%, var(--div-${k}))`;
}

/**
 * The picture of a data set.
 * @param {Item} item
 * @param {string[]} shapes of the classes
 */
function pictureOf({ points, kind }, shapes) {
  const unit = SIZE / PLANE, largest = Math.max(1, ...points.map((point) => Math.abs(point[2])));
  const marks = points.map(([x1, x2, target]) => {
    const x = SIZE / 2 + x1 * unit, y = SIZE / 2 - x2 * unit, regression = kind === "regression";
    const d = regression ? `M${x - 2.4},${y - 2.4}h4.8v4.8h-4.8Z` : markPath(shapes[target], x, y, 1.9);
    const node = svgElement("path", { d });
    node.style.fill = regression ? divergingCss(target / largest) : `var(--mark-${target})`;
    return node;
  });
  return svgElement("svg", { "viewBox": `0 0 ${SIZE} ${SIZE}`, "aria-hidden": "true" }, ...marks);
}

/** One picture of a data set that has pictures. @param {number[][]} pixels */
function pixelPicture(pixels) {
  const side = (SIZE - 8) / Math.max(pixels.length, pixels[0].length);
  const left = (SIZE - side * pixels[0].length) / 2, top = (SIZE - side * pixels.length) / 2;
  const marks = pixels.flatMap((row, r) => row.map((ink, c) => {
    const node = svgElement("path", { d: `M${left + c * side},${top + r * side}h${side}v${side}h${-side}Z` });
    node.style.fill = "var(--ink)";
    node.style.fillOpacity = String(ink);
    return node;
  }));
  return svgElement("svg", {
    "viewBox": `0 0 ${SIZE} ${SIZE}`, "aria-hidden": "true", "shape-rendering": "crispEdges",
  }, ...marks);
}

/**
 * @param {Item} item
 * @param {string[]} shapes
 */
function buttonOf(item, shapes) {
  const { name, label, ready, pixels } = item;
  const attributes = {
    "type": "button", "class": "item", "title": label, "role": "radio",
    "data-action": "dataset", "data-name": name, ...(ready && { "data-ready": "" }),
  };
  const picture = pixels?.length ? pixelPicture(pixels) : pictureOf(item, shapes);
  return element("button", attributes, picture, element("span", {}, label));
}

/**
 * @param {Group} group
 * @param {string[]} shapes
 */
function groupNode({ label, items }, shapes) {
  const heading = element("div", { "class": "label", "aria-hidden": "true" }, label);
  const buttons = items.map((item) => buttonOf(item, shapes));
  return element("div", { "class": "group", "role": "group", "aria-label": label }, heading, ...buttons);
}

/**
 * The button that opens a way to bring data; a radio group has radios alone, so it stands beside that.
 * @param {Way} way
 */
function wayButton({ name, label, path }) {
  const picture = svgElement("svg", { "viewBox": `0 0 ${SIZE} ${SIZE}`, "aria-hidden": "true" },
    svgElement("path", { "d": path, "class": "line" }));
  const attributes = { "type": "button", "class": "way", "data-action": "own-data", "data-name": name };
  return element("button", attributes, picture, element("span", {}, label));
}

/** @param {Way[]} ways */
function waysNode(ways) {
  const heading = element("div", { "class": "label", "aria-hidden": "true" }, "your data");
  const attributes = { "class": "group", "role": "group", "aria-label": "your data" };
  return element("div", attributes, heading, ...ways.map(wayButton));
}

/**
 * Marks the way that is open.
 * @param {ParentNode} root
 * @param {string} opened
 */
function mark(root, opened) {
  for (const node of root.querySelectorAll(".way")) {
    node.setAttribute("aria-pressed", String(node.getAttribute("data-name") === opened));
  }
}

/** @typedef {{ left: number, top: number }} Corner */

/**
 * The index of the picture that a key leads to, or −1; past either end left and right go round.
 * @param {Corner[]} corners of all pictures, in order
 * @param {number} at the index of the present one
 * @param {string} key
 */
export function neighbour(corners, at, key) {
  const last = corners.length - 1;
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key === "ArrowLeft") return at > 0 ? at - 1 : last;
  if (key === "ArrowRight") return at < last ? at + 1 : 0;
  if (key !== "ArrowUp" && key !== "ArrowDown") return -1;
  const sign = key === "ArrowUp" ? -1 : 1;
  let nearest = at, least = Infinity;
  corners.forEach(({ left, top }, k) => {
    const down = sign * (top - corners[at].top), distance = 1000 * down + Math.abs(left - corners[at].left);
    if (down > 1 && distance < least) [nearest, least] = [k, distance];
  });
  return nearest;
}

/** The pictures that are shown: a low window has no room for some. @param {ParentNode} root @returns {HTMLElement[]} */
const itemsOf = (root) => [...root.querySelectorAll(".item")].filter((node) => node instanceof HTMLElement)
  .filter((node) => node.getClientRects().length > 0);

/**
 * Marks the chosen data set, the one that the Tab key reaches.
 * @param {ParentNode} root
 * @param {string} name
 */
function select(root, name) {
  const items = itemsOf(root), chosen = items.findIndex((item) => item.dataset.name === name);
  items.forEach((item, k) => {
    item.setAttribute("aria-checked", String(k === chosen));
    item.tabIndex = k === Math.max(0, chosen) ? 0 : -1;
  });
}

/**
 * @param {HTMLElement} root
 * @param {Element} ground its colour is the page's, with a transition that tells when it changes
 */
function followTheme(root, ground) {
  const [r, g, b] = (getComputedStyle(ground).backgroundColor.match(/[\d.]+/g) || []).map(Number);
  root.dataset.theme = 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
}

/** The item that an event comes from. @param {Event} event */
const itemAt = ({ target }) => (target instanceof Element ? target.closest(".item") : null);

/**
 * What Streamlit calls for each message.
 * @param {Message} message
 */
export function render({ data, parentElement, setTriggerValue }) {
  /** @type {Root} */
  const root = find(parentElement, ".thumbnails");
  const ground = find(root, ".ground"), wanted = JSON.stringify(data.groups);
  if (!root.drawn) holdToLesson(root);
  if (root.drawn !== wanted) {
    root.drawn = wanted;
    find(root, ".groups").replaceChildren(...data.groups.map((group) => groupNode(group, data.shapes)));
    find(root, ".ways").replaceChildren(waysNode(data.ways));
  }
  root.toggleAttribute("data-tight", data.tight);
  mark(root, data.opened);
  select(root, data.selected);
  followTheme(root, ground);

  /** @param {Element | null} item */
  function choose(item) {
    if (!(item instanceof HTMLElement) || item.getAttribute("aria-checked") === "true") return;
    const name = item.dataset.name || "";
    select(root, name);
    setTriggerValue("dataset", name);
  }
  root.onclick = (event) => {
    const way = event.target instanceof Element ? event.target.closest(".way") : null;
    if (way) setTriggerValue("way", way.getAttribute("data-name") || "");
    else choose(itemAt(event));
  };
  root.onkeydown = (event) => {
    const current = itemAt(event);
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
    const items = itemsOf(root), corners = items.map((item) => item.getBoundingClientRect());
    const next = items[neighbour(corners, items.findIndex((item) => item === current), event.key)];
    if (!next) return;
    event.preventDefault();
    next.focus();
    choose(next);
  };
  ground.ontransitionend = () => followTheme(root, ground);
}
