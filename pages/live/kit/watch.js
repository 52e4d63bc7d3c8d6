// Watches a part of the page while it is there: its size, the sharpness of the screen, what can only be polled, and
// whether it is being printed.

const LOOK_EVERY = 250; // ms
const PAPER_WIDTH = 880; // px of width of a view for A4; the style sheets make it smaller by --paper-zoom

/**
 * Lays a view out for paper, in the light theme, just before it is printed, and for the screen again afterwards. A
 * browser gives no time for it once the page is being laid out for paper.
 * @param {Element} part
 * @param {() => void} layout
 * @param {() => void} look
 * @returns {() => void} ends it
 */
function listenForPrinting(part, layout, look) {
  /** @param {boolean} on */
  function turn(on) {
    const root = part.closest("[data-theme]");
    if (!(root instanceof HTMLElement)) return;
    root.toggleAttribute("data-printing", on);
    root.style.width = on ? PAPER_WIDTH + "px" : "";
    look();
    layout();
  }
  const begin = () => turn(true), end = () => turn(false);
  addEventListener("beforeprint", begin);
  addEventListener("afterprint", end);
  return () => {
    removeEventListener("beforeprint", begin);
    removeEventListener("afterprint", end);
  };
}

/**
 * Lays out whenever the size of a part or the sharpness of the screen changes, once the fonts have come, and to print.
 * @param {Element} part
 * @param {() => void} layout
 * @param {() => void} look called four times a second
 * @param {Element} [inner] a part of it whose size may change while its own doesn't
 * @returns {() => void} stops the watch
 */
export function keepWatch(part, layout, look, inner = part) {
  const measure = () => [part, inner].flatMap((one) => [one.clientWidth, one.clientHeight]).join() + devicePixelRatio;
  let known = measure();
  function check() {
    if (measure() === known) return;
    known = measure();
    layout();
  }
  const observer = new ResizeObserver(check);
  for (const one of [part, inner]) observer.observe(one);
  const timer = setInterval(() => {
    look();
    check();
  }, LOOK_EVERY);
  document.fonts.ready.then(layout);
  const stopPrinting = listenForPrinting(part, layout, look);
  return () => {
    stopPrinting();
    clearInterval(timer);
    observer.disconnect();
  };
}
