// Adds files to a zip, stored as they are.

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{ name: string, bytes: Bytes }} Entry */

const LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50; // what each kind of record begins with
const LOCAL_LENGTH = 30, CENTRAL_LENGTH = 46, END_LENGTH = 22; // bytes without names
const VERSION = 20, DATE = 0x21; // what is needed to unpack it; the day from which zips count
const POLYNOMIAL = 0xedb88320; // of the check sum, CRC-32

const REMAINDERS = Uint32Array.from({ length: 256 }, (_, k) => {
  let rest = k;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

/** The check sum of a file in a zip. @param {Bytes} bytes */
export function crc32(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = REMAINDERS[(rest ^ byte) & 255] ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}

/**
 * What both records of a file say of it.
 * @param {DataView} view of the record
 * @param {number} at where that begins
 * @param {Entry} entry
 * @param {Bytes} name
 */
function describe(view, at, { bytes }, name) {
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 8, DATE, true); // stored, at midnight: both are 0
  view.setUint32(at + 10, crc32(bytes), true);
  view.setUint32(at + 14, bytes.length, true);
  view.setUint32(at + 18, bytes.length, true);
  view.setUint16(at + 22, name.length, true);
}

/** @param {Entry} entry @param {number} from where its local record begins */
function recordsOf(entry, from) {
  const name = new TextEncoder().encode(entry.name);
  const local = new Uint8Array(LOCAL_LENGTH + name.length), central = new Uint8Array(CENTRAL_LENGTH + name.length);
  const localView = new DataView(local.buffer), centralView = new DataView(central.buffer);
  localView.setUint32(0, LOCAL, true);
  describe(localView, 4, entry, name);
  local.set(name, LOCAL_LENGTH);
  centralView.setUint32(0, CENTRAL, true);
  centralView.setUint16(4, VERSION, true);
  describe(centralView, 6, entry, name);
  centralView.setUint32(42, from, true);
  central.set(name, CENTRAL_LENGTH);
  return { local, central };
}

/** @param {Bytes[]} parts */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * A zip with more files at its end.
 * @param {Bytes} zip that ends without a comment
 * @param {Entry[]} entries with names in ASCII
 */
export function withFiles(zip, entries) {
  const end = zip.slice(-END_LENGTH), view = new DataView(end.buffer);
  if (view.getUint32(0, true) !== END) throw new Error("A zip must end with its list of files.");
  const count = view.getUint16(10, true) + entries.length, listed = view.getUint32(16, true);
  const files = [zip.subarray(0, listed)], list = [zip.subarray(listed, zip.length - END_LENGTH)];
  let at = listed;
  for (const entry of entries) {
    const { local, central } = recordsOf(entry, at);
    files.push(local, entry.bytes);
    list.push(central);
    at += local.length + entry.bytes.length;
  }
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, list.reduce((length, part) => length + part.length, 0), true);
  view.setUint32(16, at, true);
  return joined([...files, ...list, end]);
}
