// A sentence of the server's for those who hear the page.

import { element } from "../../live/kit/elements.js";
import { makeSpeaker } from "../../live/kit/speaker.js";

/** @param {HTMLElement} host */
export function makeSpoken(host) {
  const region = element("p", {
    "class": "spoken", "data-role": "spoken", "aria-live": "polite", "aria-atomic": "true",
  });
  const speaker = makeSpeaker(region);
  host.append(region);

  return {
    /** @param {string} sentence empty while things move */
    show(sentence) {
      if (sentence) speaker.rest(sentence, () => sentence);
      else speaker.move();
    },
    leave() { speaker.hush(); },
  };
}
