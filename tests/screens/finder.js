// Finds what is wrong with how a page lies on the screen: text that overlaps something, is cut or too small, and
// sideways scroll. Looks into shadow roots. What is painted on a canvas can't be read, and so isn't judged.

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box in px of the window */
/** @typedef {{ box: Box, element: Element, owner: Element, layer: Element | null, text: string }} Line of text */
/** @typedef {{ what: string, where: string, example: string, amount: number }} Fault `amount` is in px, or 0 */
/** @typedef {(what: string, where: string, example: string, amount: number) => void} Report */

const SMALLEST = 13; // px of a font
const SLACK = 2; // px that two things may share, or that a text may lose
const ABOVE = 100; // least z-index of what floats above the page
const LONGEST = 40; // characters of a text that are quoted
const CONTROLS = "a[href], button, input, select, textarea, summary, "
  + "[role=button], [role=checkbox], [role=combobox], [role=radio], [role=slider], [role=switch], [role=tab]";
const LANDMARKS = "[data-action], [data-role]:not([data-role=erratum]), .panel, canvas, h1, h2, [class*=st-key-]";
const TYPED = /^(?:email|number|search|tel|text|url)$/;

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/** Every element in the order of the document, those in open shadow roots included.
 * @param {Document | ShadowRoot | Element} root
 * @returns {Generator<Element>}
 */
function* elements(root) {
  for (const child of root.children) {
    yield child;
    if (child.shadowRoot) yield* elements(child.shadowRoot);
    yield* elements(child);
  }
}

/** @param {Element} element @returns {Element | null} its parent, the host for the top of a shadow root */
function above(element) {
  const root = element.parentElement ? null : element.getRootNode();
  return element.parentElement || (root instanceof ShadowRoot ? root.host : null);
}

/** @param {Element} element @returns {Generator<Element>} the element and all above it */
function* upwards(element) {
  for (let at = /** @type {Element | null} */ (element); at; at = above(at)) yield at;
}

/** @param {Element} outer @param {Element} inner */
function holds(outer, inner) {
  for (const at of upwards(inner)) if (at === outer) return true;
  return false;
}

/** @param {Element} element */
function seen(element) {
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

/** @param {Box} a @param {Box} b @returns {Box} what both cover; turned inside out if they are apart */
function common(a, b) {
  return {
    left: Math.max(a.left, b.left), top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right), bottom: Math.min(a.bottom, b.bottom),
  };
}

/** @param {Box} box @returns {number} the shorter side */
function thickness(box) {
  return Math.min(box.right - box.left, box.bottom - box.top);
}

/** @param {Element} element @returns {Box} */
function boxOf(element) {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
}

/** @param {Element} element @returns {Box} what is inside its borders */
function inside(element) {
  const box = boxOf(element);
  if (!(element instanceof HTMLElement)) return box;
  const x = box.left + element.clientLeft, y = box.top + element.clientTop;
  return { left: x, top: y, right: x + element.clientWidth, bottom: y + element.clientHeight };
}

/** The elements above a text that may cut it: those that contain it as CSS has it, and hide or scroll the rest.
 * @param {Element} element
 * @returns {Generator<{ frame: Element, style: CSSStyleDeclaration }>}
 */
function* frames(element) {
  let position = "static";
  for (const frame of upwards(element)) {
    if (frame === document.body || frame === document.documentElement) return;
    const style = getComputedStyle(frame);
    const contains = style.position !== "static" || style.transform !== "none" || style.contain !== "none";
    if (position === "fixed" ? style.transform === "none" : position === "absolute" && !contains) continue;
    const box = frame instanceof SVGElement ? !frame.ownerSVGElement : style.display !== "inline";
    if (box && style.overflow !== "visible") yield { frame, style };
    position = style.position;
  }
}

/**
 * @param {Element} element
 * @returns {boolean} whether all of the page is in it, so that no text is out of its reach; a table that is wider than
 *   its place scrolls in a region of its own, which has a name and takes the focus
 */
function scrollsPage(element) {
  if (element.matches('[role="region"][tabindex="0"]')) return false;
  return element.clientWidth > 0.6 * innerWidth && element.clientHeight > 0.8 * innerHeight
    && /auto|scroll/.test(getComputedStyle(element).overflowX);
}

/** What can be seen of a text, or reached by scrolling, and how much of it is hidden for good.
 * @param {Box} box
 * @param {Element} element
 * @returns {{ box: Box, lost: number } | null} null if it's hidden on purpose
 */
function uncut(box, element) {
  let left = box, lost = 0;
  for (const { frame, style } of frames(element)) {
    if (scrollsPage(frame)) break;
    const room = inside(frame), part = common(left, room);
    const across = { ...left, left: part.left, right: part.right };
    const down = { ...left, top: part.top, bottom: part.bottom };
    if (thickness(room) <= SLACK) return null;
    for (const [overflow, kept, cut] of /** @type {[string, Box, number][]} */ ([
      [style.overflowX, across, left.right - left.left - (part.right - part.left)],
      [style.overflowY, down, left.bottom - left.top - (part.bottom - part.top)],
    ])) {
      if (overflow === "visible") continue;
      if (overflow === "hidden" || overflow === "clip") lost = Math.max(lost, cut);
      left = common(left, kept);
    }
    if (thickness(left) <= 0) break;
  }
  return { box: left, lost };
}

/** @param {Element} element @returns {Element} the block whose lines a text belongs to, or the label of a drawing */
function ownerOf(element) {
  for (const at of upwards(element)) {
    if (at instanceof SVGElement ? at.tagName === "text" : at instanceof HTMLElement && isBlock(at)) return at;
  }
  return element;
}

/** @param {Element} element */
function isBlock(element) {
  const { display } = getComputedStyle(element);
  return display !== "inline" && display !== "contents";
}

/** @param {Element} element @returns {Element | null} the popover, bar or dialog that it floats in */
function layerOf(element) {
  for (const at of upwards(element)) {
    const { position, zIndex } = getComputedStyle(at);
    if (position === "fixed" || position === "sticky" || (position === "absolute" && +zIndex >= ABOVE)) return at;
  }
  return null;
}

/** @param {Element} element @returns {DOMMatrix | null} how a drawing is scaled and turned on the screen */
function turned(element) {
  return element instanceof SVGGraphicsElement ? element.getScreenCTM() : null;
}

/** @param {Element} element @returns {number} px of its letters as they are on the screen */
function fontSize(element) {
  const matrix = turned(element), scale = matrix ? Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c)) : 1;
  return parseFloat(getComputedStyle(element).fontSize) * scale;
}

/** The box of the letters, without the room that a font leaves above and below them.
 * @param {DOMRect} line
 * @param {string} text
 * @param {Element} element
 * @returns {Box}
 */
function ink(line, text, element) {
  const { left, top, right, bottom } = line, matrix = turned(element), style = getComputedStyle(element);
  if (style.writingMode !== "horizontal-tb" || (matrix && Math.abs(matrix.b) > 1e-3)) {
    return { left, top, right, bottom };
  }
  pen.font = `${style.fontStyle} ${style.fontWeight} ${fontSize(element)}px ${style.fontFamily}`;
  const size = pen.measureText(text), baseline = top + size.fontBoundingBoxAscent;
  return {
    left, right,
    top: Math.max(top, baseline - size.actualBoundingBoxAscent),
    bottom: Math.min(bottom, baseline + size.actualBoundingBoxDescent),
  };
}

/** @param {Element} element @returns {boolean} whether its letters are an icon font's, which draws one for a word */
function isIcon(element) {
  return getComputedStyle(element).fontFamily.includes("Material Symbols");
}

/** @param {Element} element @returns {Generator<{ box: Box, text: string }>} its own lines of text */
function* ownLines(element) {
  for (const node of element.childNodes) {
    const text = node.nodeType === Node.TEXT_NODE ? (node.nodeValue || "").trim() : "";
    if (!text) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      if (line.width > 0 && line.height > 0) yield { box: ink(line, text, element), text };
    }
  }
}

/** @param {string} text */
function quoted(text) {
  const short = text.replace(/\s+/g, " ").trim();
  return `“${short.length > LONGEST ? short.slice(0, LONGEST) + "…" : short}”`;
}

/** @param {Element} element @returns {string} where it is, in the names that the page gives it */
export function place(element) {
  let key = "", role = "";
  for (const at of upwards(element)) {
    const { role: named, action, show, key: which, name } = /** @type {HTMLElement} */ (at).dataset || {};
    key ||= [...at.classList].find((one) => one.startsWith("st-key-")) || "";
    role ||= [named || action || show, which || name].filter(Boolean).join(" ");
  }
  const marks = element.matches("[data-action]") ? [] : [...element.classList]; // a button's tell its state
  const classes = marks.filter((name) => /^[a-z][a-z-]*$/.test(name) && !name.startsWith("st-"));
  const own = [element.tagName.toLowerCase(), ...classes.slice(0, 2)].join(".");
  return [key && "." + key, role && `[${role}]`, own].filter(Boolean).join(" ");
}

/** @param {Element} element @returns {boolean} whether it stands below or above the line */
function isScript(element) {
  for (const at of upwards(element)) {
    const name = at.tagName.toLowerCase();
    if (name === "sub" || name === "sup" || (name === "tspan" && at.matches("[baseline-shift], [dy]"))) return true;
    const up = at.parentElement;
    if (up && /^m(?:sub|sup|subsup|under|over|underover)$/.test(up.tagName) && up.children[0] !== at) return true;
  }
  return false;
}

/** @param {Element} control @returns {boolean} whether it has a ground or an edge, and isn't just room to press on */
function isPainted(control) {
  const style = getComputedStyle(control);
  /** @param {string} color */
  const paints = (color) => !/^transparent$|, 0\)$|\/ 0\)$/.test(color);
  return paints(style.backgroundColor) || (parseFloat(style.borderTopWidth) > 0 && paints(style.borderTopColor));
}

/** @param {Element[]} all @param {Report} report @returns {Line[]} the lines that can be seen, cut ones reported */
function readLines(all, report) {
  /** @type {Line[]} */
  const lines = [];
  for (const element of all) {
    if (!element.childNodes.length || /^(?:SCRIPT|STYLE|TITLE)$/i.test(element.tagName)) continue;
    for (const { box, text } of ownLines(element)) {
      if (!seen(element) || isIcon(element) || box.right <= 0 || box.bottom <= 0) break;
      const kept = uncut(box, element);
      if (!kept) continue;
      if (kept.lost > SLACK) report("text is cut", place(element), quoted(text), kept.lost);
      lines.push({ box: kept.box, element, owner: ownerOf(element), layer: layerOf(element), text });
    }
  }
  return lines;
}

/** @param {HTMLInputElement | HTMLSelectElement} field @returns {{ text: string, lost: number }} what it shows */
function shownIn(field) {
  if (field instanceof HTMLInputElement) {
    const text = TYPED.test(field.type) ? field.value || field.placeholder : "";
    return { text, lost: text ? field.scrollWidth - field.clientWidth : 0 };
  }
  const style = getComputedStyle(field), text = field.selectedOptions[0]?.text || "";
  pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return { text, lost: pen.measureText(text).width - room };
}

/** @param {Element[]} all @param {Report} report */
function judgeFields(all, report) {
  for (const field of all) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement) || !seen(field)) continue;
    const { text, lost } = shownIn(field), kept = uncut(boxOf(field), field);
    if (!text || !kept || thickness(kept.box) <= SLACK || kept.box.right <= 0) continue;
    if (lost > SLACK) report("text is cut", place(field), quoted(text), lost);
    judgeSize(field, text, report);
  }
}

/** @param {Element} element @param {string} text @param {Report} report */
function judgeSize(element, text, report) {
  const size = fontSize(element);
  if (size >= SMALLEST - 0.05 || isScript(element)) return;
  report(`text of ${Math.round(10 * size) / 10} px`, place(element), quoted(text), 0);
}

/** @param {Line[]} lines @param {Report} report */
function judgeOverlaps(lines, report) {
  lines.forEach((a, k) => {
    for (const b of lines.slice(k + 1)) {
      const shared = thickness(common(a.box, b.box));
      if (shared <= SLACK || a.owner === b.owner || a.layer !== b.layer) continue;
      const both = `${place(a.element)} and ${place(b.element)}`;
      report("texts overlap", both, `${quoted(a.text)} and ${quoted(b.text)}`, shared);
    }
  });
}

/** @param {Element[]} all @param {Line[]} lines @param {Report} report */
function judgeControls(all, lines, report) {
  const controls = all.filter((one) => one instanceof HTMLElement && one.matches(CONTROLS)
    && getComputedStyle(one).display !== "inline" && seen(one) && isPainted(one));
  for (const control of controls) {
    const kept = uncut(boxOf(control), control), layer = layerOf(control);
    if (!kept) continue;
    for (const { box, element, layer: its, text } of lines) {
      const shared = thickness(common(box, kept.box));
      if (shared <= SLACK || its !== layer || holds(control, element) || holds(element, control)) continue;
      report("text overlaps a control", `${place(element)} and ${place(control)}`, quoted(text), shared);
    }
  }
}

/** @param {Element[]} all @param {Report} report */
function judgeSideways(all, report) {
  for (const one of new Set([document.documentElement, ...all.filter(scrollsPage)])) {
    const excess = one.scrollWidth - one.clientWidth;
    if (excess <= 1) continue;
    const free = all.filter((at) => holds(one, at) && seen(at) && thickness(boxOf(at)) > 0
      && ![...frames(at)].some(({ frame }) => frame !== at && frame !== one && holds(one, frame)));
    const farthest = Math.max(...free.map((at) => boxOf(at).right));
    const widest = free.findLast((at) => boxOf(at).right > farthest - 1);
    report("the page scrolls sideways", place(widest || one), "", excess);
  }
}

/** @returns {Fault[]} of the page as it is now; each kind and place once, with the worst of its amounts */
export function findFaults() {
  /** @type {Map<string, Fault>} */
  const faults = new Map();
  /** @type {Report} */
  const report = (what, where, example, amount) => {
    const key = what + where, known = faults.get(key);
    if (!known || amount > known.amount) faults.set(key, { what, where, example, amount: Math.round(amount) });
  };
  const all = [...elements(document)], lines = readLines(all, report);
  for (const { element, text } of lines) judgeSize(element, text, report);
  judgeFields(all, report);
  judgeOverlaps(lines, report);
  judgeControls(all, lines, report);
  judgeSideways(all, report);
  return [...faults.values()];
}

/** @param {Element} element @returns {number[]} how far all that it lies in is scrolled */
function scrolled(element) {
  let x = 0, y = 0;
  for (const at of upwards(element)) [x, y] = [x + at.scrollLeft, y + at.scrollTop];
  return [x, y];
}

/** Left, top, width and height of what should stay where it is, by its place. Scrolling changes none of them, as what
 * floats above the page is left out.
 * @returns {Record<string, number[]>}
 */
export function landmarks() {
  /** @type {Record<string, number[]>} */
  const found = {};
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const element of elements(document)) {
    if (!element.matches(LANDMARKS) || !seen(element) || layerOf(element)) continue;
    const name = place(element), count = (counts.get(name) || 0) + 1;
    counts.set(name, count);
    const { left, top, width, height } = element.getBoundingClientRect(), [x, y] = scrolled(element);
    if (width && height) found[count > 1 ? `${name} (${count})` : name] = [left + x, top + y, width, height];
  }
  return found;
}
