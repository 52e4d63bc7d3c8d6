// The column beside the plane: classes, eraser, sliders of the brush, and counts.

import { element, find, findAs, handFocusOn, svgElement } from "../../../live/kit/elements.js";
import { markPath } from "../../../live/kit/shapes.js";
import { countsOf } from "./drawing.js";
import { className, countText } from "./words.js";

/** @typedef {import("./types.js").Brush} Brush */
/** @typedef {import("./types.js").Data} Data */
/** @typedef {import("./types.js").Drawing} Drawing */
/** @typedef {import("./history.js").History} History */

const MARK = 22; // px

/** @param {string} shape @param {number} k */
function markNode(shape, k) {
  const path = svgElement("path", { d: markPath(shape, MARK / 2, MARK / 2, 7) });
  path.style.fill = `var(--mark-${k})`;
  return svgElement("svg", { "width": MARK, "height": MARK, "aria-hidden": "true" }, path);
}

/**
 * The button of a class, with the key that chooses it.
 * @param {string} shape
 * @param {number} k
 */
function kindButton(shape, k) {
  const key = element("kbd", { "aria-hidden": "true" }, String((k + 1) % 10));
  return element("button", { "type": "button", "class": "tool", "data-action": "class", "data-class": k },
    markNode(shape, k), element("span"), key, element("b"));
}

/**
 * How a drawing is divided into points for training and for testing.
 * @param {number} count
 * @param {number} share of those for training
 */
export function splitOf(count, share) {
  const train = count ? Math.max(1, Math.round(count * share)) : 0;
  return [train, count - train];
}

/** @param {HTMLElement} root */
export function makeTools(root) {
  const kinds = find(root, ".kinds"), add = findAs(root, "[data-action=add-class]", HTMLButtonElement);
  const name = findAs(root, "[data-role=class-name]", HTMLInputElement);
  const plane = find(root, ".plane");
  let revealed = 0;
  /** @param {string} act */
  const buttonOf = (act) => findAs(root, `[data-action=${act}]`, HTMLButtonElement);

  /**
   * The keyboard goes on to the plane from a button that can't be used any more.
   * @param {HTMLButtonElement} button
   * @param {boolean} on
   */
  function enable(button, on) {
    if (!on) handFocusOn(button, plane);
    button.disabled = !on;
  }

  /** @param {string[]} classes @param {string[]} shapes */
  function showKinds(classes, shapes) {
    while (kinds.children.length > classes.length) kinds.lastElementChild?.remove();
    while (kinds.children.length < classes.length) {
      kinds.append(kindButton(shapes[kinds.children.length], kinds.children.length));
    }
  }

  /** Scrolls the list, and only it, to a class. @param {number} kind */
  function reveal(kind) {
    const node = kinds.children[kind];
    if (kind === revealed || !(node instanceof HTMLElement)) return;
    revealed = kind;
    const top = node.offsetTop - kinds.offsetTop, over = top + node.offsetHeight - kinds.clientHeight;
    kinds.scrollTop = Math.max(over, Math.min(top, kinds.scrollTop));
  }

  /** @param {Drawing} drawing @param {Brush} brush */
  function showCounts(drawing, brush) {
    const counts = countsOf(drawing);
    [...kinds.children].forEach((node, k) => {
      find(node, "span").textContent = className(drawing.classes[k]);
      find(node, "b").textContent = countText(counts[k]);
      node.setAttribute("aria-pressed", String(!brush.erases && k === brush.kind));
    });
  }

  /** @param {string} role @param {number} value @param {number} decimals */
  function showSlider(role, value, decimals) {
    const slider = findAs(root, `[data-role=${role}]`, HTMLInputElement);
    slider.value = String(value);
    find(/** @type {HTMLElement} */ (slider.parentElement), "output").textContent = value.toFixed(decimals);
  }

  return {
    /**
     * @param {Drawing} drawing
     * @param {Brush} brush
     * @param {History} history
     * @param {Data} data
     */
    show(drawing, brush, history, { shapes, limits, start, trainShare }) {
      const count = drawing.points.length;
      showKinds([...drawing.classes], shapes);
      showCounts(drawing, brush);
      reveal(brush.kind);
      enable(add, drawing.classes.length < limits.classes);
      add.title = `Up to ${limits.classes} classes`;
      if (!name.matches(":focus")) name.value = drawing.classes[brush.kind];
      buttonOf("eraser").setAttribute("aria-pressed", String(brush.erases));
      showSlider("brush-width", brush.width, 1);
      showSlider("density", brush.density, 0);
      enable(buttonOf("undo-drawing"), history.canUndo);
      enable(buttonOf("redo-drawing"), history.canRedo);
      enable(buttonOf("clear-drawing"), count > 0);
      buttonOf("start-from").hidden = !start;
      buttonOf("start-from").textContent = start ? `Start from ${start.label}` : "";
      find(root, "[data-show=points]").textContent = `${countText(count)} of ${countText(limits.most)}`;
      find(root, "[data-show=split]").textContent = splitOf(count, trainShare).map(countText).join(", ");
    },
  };
}
