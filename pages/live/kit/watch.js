// Watches a part of the page while it is there: its size, the sharpness of the screen, and what can only be polled.

const LOOK_EVERY = 250; // ms

/**
 * Lays out whenever the size of a part or the sharpness of the screen changes, and once the fonts have loaded.
 * @param {Element} part
 * @param {() => void} layout
 * @param {() => void} look called four times a second
 * @returns {() => void} stops the watch
 */
export function keepWatch(part, layout, look) {
  const measure = () => [part.clientWidth, part.clientHeight, devicePixelRatio].join();
  let known = measure();
  function check() {
    if (measure() === known) return;
    known = measure();
    layout();
  }
  const observer = new ResizeObserver(check);
  observer.observe(part);
  const timer = setInterval(() => {
    look();
    check();
  }, LOOK_EVERY);
  document.fonts.ready.then(layout);
  return () => {
    clearInterval(timer);
    observer.disconnect();
  };
}
