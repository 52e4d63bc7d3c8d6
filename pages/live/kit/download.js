// Hands a file to the browser to save.

const KEEP_ADDRESS = 60_000; // ms for which the browser may read the file

/** @param {Blob} file @param {string} name */
export function saveFile(file, name) {
  const link = document.createElement("a");
  Object.assign(link, { href: URL.createObjectURL(file), download: name });
  document.body.append(link); // so that the page hears the press
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_ADDRESS);
}
