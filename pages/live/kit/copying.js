// Copies texts, also where an unencrypted page is denied the clipboard.

/** The part that has the focus, in whatever view. */
function deepFocus() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

/** Copies as old browsers do, and those that an unencrypted page denies the clipboard. @param {string} text */
export function copyFromField(text) {
  const field = document.createElement("textarea"), before = deepFocus();
  field.value = text;
  field.style.cssText = "position:fixed;opacity:0";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement || before instanceof SVGElement) before.focus({ preventScroll: true });
  return copied;
}

/** @param {string} text @returns {Promise<boolean>} whether it is copied */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyFromField(text);
  }
}
