import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { render } from "../../../../pages/live/saver/saver.js";

test("a file is saved once, and reported each time until the server has heard it", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {string[]} */
  const saved = [], /** @type {string[]} */ heard = [];
  const link = { download: "", click() { saved.push(this.download); }, remove() {} };
  Object.assign(globalThis, { document: { createElement: () => link, body: { append() {} } } });
  const setTriggerValue = (/** @type {string} */ _, /** @type {string} */ id) => heard.push(id);
  const data = { id: "a1", name: "numbers.csv", type: "text/csv", base64: btoa("1,2\n") };
  render({ data, setTriggerValue });
  render({ data, setTriggerValue });
  render({ data: { ...data, id: "a2", name: "more.csv" }, setTriggerValue });
  assert.deepEqual(saved, ["numbers.csv", "more.csv"]);
  assert.deepEqual(heard, ["a1", "a1", "a2"]);
});

test("bytes are saved as they are", async () => {
  /** @type {Blob[]} */
  const blobs = [];
  mock.method(URL, "createObjectURL", (/** @type {Blob} */ blob) => { blobs.push(blob); return "blob:x"; });
  const link = { click() {}, remove() {} };
  Object.assign(globalThis, { document: { createElement: () => link, body: { append() {} } } });
  const data = { id: "b1", name: "all.zip", type: "application/zip", base64: "AP+AUEs=" };
  render({ data, setTriggerValue() {} });
  assert.deepEqual([...new Uint8Array(await blobs[0].arrayBuffer())], [0, 255, 128, 80, 75]);
  assert.equal(blobs[0].type, "application/zip");
});
