// Says one sentence to those who hear the page, once what is shown has come to rest.

/** @typedef {ReturnType<typeof makeSpeaker>} Speaker */

const REST = 400; // ms without a change; a key that is held down or a drag is said once, where it ends

/**
 * Speaks through a polite live region: a screen reader says the text that is put into it. Whatever is said first takes
 * away what was said before, so that nothing there is ever out of date, and the same sentence is heard again.
 * @param {{ textContent: string | null }} region
 */
export function makeSpeaker(region) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let told = "", moves = false, fresh = true;

  function hush() {
    clearTimeout(timer);
    if (region.textContent) region.textContent = "";
  }
  /** @param {() => string} sentence read when it is said @param {number} [rest] ms */
  function say(sentence, rest = REST) {
    hush();
    timer = setTimeout(() => { region.textContent = sentence(); }, rest);
  }

  return {
    hush, say,

    /** While a view plays nothing is said. */
    move() {
      if (!moves) hush();
      moves = true;
    },

    /** What is shown is said by somebody else. @param {string} shown tells it from all else */
    skip(shown) {
      hush();
      [moves, told, fresh] = [false, shown, false];
    },

    /** What is shown is said next, even if it is what was shown before. */
    insist() { fresh = false; told = ""; },

    /**
     * Says what a view shows at rest, if it is anything new; what it shows as it opens is not said.
     * @param {string} shown tells it from all else
     * @param {(moved: boolean) => string} sentence read when it is said; moved: whether it has just been playing
     */
    rest(shown, sentence) {
      const moved = moves, isNew = moved || shown !== told;
      [moves, told] = [false, shown];
      if (isNew && (moved || !fresh)) say(() => sentence(moved));
      fresh = false;
    },
  };
}
