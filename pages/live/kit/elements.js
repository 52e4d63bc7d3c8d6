// Makes elements of HTML and SVG, and finds those that a view's page must have.

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Record<string, string | number | boolean>} Attributes */

/**
 * @template {Element} E
 * @param {E} node
 * @param {Attributes} attributes
 * @param {(string | Node)[]} children
 * @returns {E}
 */
function furnished(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/**
 * An HTML element with its attributes and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {(string | Node)[]} children
 */
export function element(tag, attributes = {}, ...children) {
  return furnished(document.createElement(tag), attributes, children);
}

/**
 * An SVG element with its attributes and children.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {(string | Node)[]} children
 */
export function svgElement(tag, attributes = {}, ...children) {
  return furnished(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * The element of a class within root that a selector finds; a page without it is broken, and says so.
 * @template {Element} E
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => E} type
 * @returns {E}
 */
export function findAs(root, selector, type) {
  const node = root.querySelector(selector);
  if (node instanceof type) return node;
  throw new TypeError(`${selector} must be a ${type.name}. Got ${node}.`);
}

/**
 * The HTML element within root that a selector finds.
 * @param {ParentNode} root
 * @param {string} selector
 */
export const find = (root, selector) => findAs(root, selector, HTMLElement);

/**
 * The drawing context of a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 */
export function contextOf(canvas, settings) {
  const context = canvas.getContext("2d", settings);
  if (context) return context;
  throw new TypeError("This browser draws on no canvas.");
}

/**
 * Hands the focus on to a view before a part of it goes that may have it.
 * @param {HTMLElement} part
 * @param {HTMLElement} view
 */
export function handFocusOn(part, view) {
  if (focused(part) === part) view.focus({ preventScroll: true });
}

/**
 * The part of a page that has the focus, inside the shadow root or document that holds a node.
 * @param {Node} node
 */
export function focused(node) {
  const root = node.getRootNode();
  const active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  return active instanceof HTMLElement ? active : null;
}
