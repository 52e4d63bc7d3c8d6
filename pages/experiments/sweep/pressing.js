// Holds new pictures back while something is pressed: it must still be there when it is let go, or the press is lost.

/**
 * @param {HTMLElement} root where presses begin
 * @param {() => void} draw
 * @returns {() => void} draws now, or as soon as nothing is pressed any more
 */
export function unlessPressed(root, draw) {
  let pressed = false, waits = false;
  function letGo() {
    pressed = false;
    if (waits) draw();
    waits = false;
  }
  root.addEventListener("pointerdown", ({ button }) => {
    if (button || pressed) return;
    pressed = true;
    const listening = new AbortController(), { signal } = listening;
    function end() {
      listening.abort();
      setTimeout(letGo); // the click comes first
    }
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, end, { signal });
  });
  return () => {
    if (pressed) waits = true;
    else draw();
  };
}
