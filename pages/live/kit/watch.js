// Watches over a part of the page while it is there: its size and the screen, and what has to be looked at again and again.

// Lays out whenever the size of a part or the sharpness of the screen changes, and once when the fonts are there; looks four times a second; returns how to stop it.
function keepWatch(part, layout, look) {
  const measure = () => [part.clientWidth, part.clientHeight, window.devicePixelRatio].join();
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
  }, 250);
  document.fonts.ready.then(layout);
  return () => {
    clearInterval(timer);
    observer.disconnect();
  };
}
