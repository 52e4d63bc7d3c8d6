// Watches over a part of the page while it is there: its size, the screen and the fonts, and what has to be looked at again and again.

// Lays out whenever the width of root, the sharpness of the screen or the fonts change, and looks four times a second; returns how to stop it.
function keepWatch(root, layout, look) {
  let width = root.clientWidth, sharpness = window.devicePixelRatio;
  function check() {
    if (root.clientWidth === width && window.devicePixelRatio === sharpness) return;
    width = root.clientWidth;
    sharpness = window.devicePixelRatio;
    layout();
  }
  const observer = new ResizeObserver(check);
  observer.observe(root);
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
