// Where a view that can draw itself as pictures meets what saves them beside other files.

/** @typedef {{ name: string, blob: Blob }} Picture */

const PICTURES = "backprop-pictures";
/** @type {Record<string, any>} */
const common = globalThis; // to all views, each of which has a copy of this code

/** Offers pictures until the returned function is called. @param {() => Promise<Picture[]>} draw */
export function offerPictures(draw) {
  common[PICTURES] = draw;
  return () => { if (common[PICTURES] === draw) delete common[PICTURES]; };
}

/** The pictures of the page's view; none where no view can draw itself. @returns {Promise<Picture[]>} */
export async function drawnPictures() {
  return common[PICTURES] ? common[PICTURES]() : [];
}
