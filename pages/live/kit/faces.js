// The page's typefaces inside a drawing: a picture that is saved, or drawn as an image, knows no font of the page.

/** @typedef {{ rule: CSSFontFaceRule, base: string }} Face base: the address that its file is relative to */

const FILE = /url\("([^"]+)"\)/;

/** A font family without its quotation marks. @param {string} family */
const bare = (family) => family.replace(/["']/g, "");

/** The rules of a style sheet; none of one from elsewhere. @param {CSSStyleSheet} sheet */
function rulesOf(sheet) {
  try {
    return [...sheet.cssRules];
  } catch {
    return [];
  }
}

/** All faces that the page's style sheets declare. @returns {Face[]} */
const declaredFaces = () => [...document.styleSheets].flatMap((sheet) => rulesOf(sheet)
  .filter((rule) => rule instanceof CSSFontFaceRule)
  .map((rule) => ({ rule, base: sheet.href || document.baseURI })));

/**
 * Whether a drawing uses a face: it names the family, has letters in italics where these are, and the page, which
 * shows the same letters, has loaded it.
 * @param {{ family: string, style: string, weight: string }} face
 * @param {string} drawing
 * @param {Iterable<{ family: string, style: string, weight: string, status: string }>} known
 */
export function isUsed({ family, style, weight }, drawing, known) {
  if (!drawing.includes(bare(family)) || (style === "italic" && !drawing.includes("italic"))) return false;
  return [...known].some((one) => one.status === "loaded" && bare(one.family) === bare(family)
    && one.style === style && one.weight === weight);
}

/** @param {Blob} file @returns {Promise<string>} */
const dataAddress = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result));
  reader.onerror = reject;
  reader.readAsDataURL(file);
});

/** A face's rule with the file in it; "" where the file can't be had. @param {Face} face */
async function withFile({ rule: { cssText }, base }) {
  const [address, file] = FILE.exec(cssText) || [];
  if (!address) return "";
  try {
    const answer = await fetch(new URL(file, base));
    return answer.ok ? cssText.replace(address, `url(${await dataAddress(await answer.blob())})`) : "";
  } catch {
    return "";
  }
}

/**
 * The faces of a drawing as style rules that hold the fonts themselves; nothing is fetched but from the page's origin.
 * @param {string} drawing SVG, or all that it says of its fonts
 */
export async function embeddedFaces(drawing) {
  const used = declaredFaces().filter(({ rule: { style } }) => isUsed({
    family: style.getPropertyValue("font-family"), style: style.getPropertyValue("font-style") || "normal",
    weight: style.getPropertyValue("font-weight") || "400",
  }, drawing, document.fonts));
  return (await Promise.all(used.map(withFile))).join("");
}
