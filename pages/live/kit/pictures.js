// Where a view that can draw itself as pictures meets what saves them beside other files.

/** @typedef {{ name: string, blob: Blob }} Picture */
/** @typedef {{ figures: string[], formats: string[] }} Wanted which pictures, and as what: "png", "svg", "html" */
/** @typedef {(wanted: Wanted) => Promise<Picture[]>} Draw */

const PICTURES = "backprop-pictures";
/** @type {Record<string, any>} */
const common = globalThis; // to all views, each of which has a copy of this code

/** Offers pictures until the returned function is called. @param {Draw} draw */
export function offerPictures(draw) {
  common[PICTURES] = draw;
  return () => { if (common[PICTURES] === draw) delete common[PICTURES]; };
}

/** Pictures of the page's view; none where no view can draw itself. @type {Draw} */
export async function drawnPictures(wanted) {
  return common[PICTURES] ? common[PICTURES](wanted) : [];
}
