import assert from "node:assert/strict";
import { test } from "node:test";
import {
  diagnosesAt, evidenceAt, evidenceRequest, takeDiagnoses,
} from "../../../../pages/playground/player/diagnosis-state.js";
import { fittingWords } from "../../../../pages/playground/player/diagnosis-timeline.js";
import {
  diagnosisSentence, idleLinks, momentsOf, titleOf, unitMarks,
} from "../../../../pages/playground/player/diagnosis-words.js";
import { diagnosisWith, foundAt, frameWith, headerWith } from "./made.js";

const dead = diagnosisWith({ found: [foundAt([0, 3], 10), foundAt([0, 5], 18), foundAt([1, 0], 10, 30)] });
const high = diagnosisWith({
  kind: "too_high", title: "The learning rate is too high", one: "", short: "rate too high", mark: "",
  found: [foundAt(null, 12)],
});

/** @param {number} frame @returns {import("../../../../pages/playground/player/types.js").Evidence} */
const evidenceOf = (frame) => ({ frame, epoch: frame, facts: { dead: [["neuron 4", "0 of 250"]] } });

test("a diagnosis holds from its first frame up to the one at which it has ended", () => {
  const counts = [9, 10, 18, 29, 30].map((frame) => diagnosesAt({ diagnoses: [dead] }, frame)[0]?.found.length ?? 0);
  assert.deepEqual(counts, [0, 2, 3, 3, 2]);
});

test("titles and the sentence count the units that are ill at the shown frame", () => {
  assert.equal(titleOf(dead), "Three dead ReLU units");
  assert.equal(titleOf({ ...dead, found: dead.found.slice(0, 1) }), "One dead ReLU unit");
  assert.equal(titleOf({ ...dead, found: Array(16).fill(dead.found[0]) }), "16 dead ReLU units");
  const diagnoses = [dead, high];
  assert.equal(diagnosisSentence({ diagnoses, shown: 40 }),
    "Two dead ReLU units since epoch 10; the learning rate is too high since epoch 12.");
  assert.equal(diagnosisSentence({ diagnoses, shown: 5 }), "");
  assert.match(diagnosisSentence({ diagnoses: [dead, high, high, high], shown: 40 }), /epoch 12; and two more\.$/);
});

test("neurons are marked at the frames at which something is wrong with them", () => {
  assert.deepEqual([...unitMarks({ diagnoses: [high, dead] }, 12)], [["0,3", "dead"], ["1,0", "dead"]]);
  assert.equal(unitMarks({ diagnoses: [high, dead] }, 3).size, 0);
});

test("the links into and out of a dead neuron are idle, others aren't", () => {
  const isIdle = idleLinks({ diagnoses: [dead], shown: 12 });
  const links = [{ l: 0, i: 1, j: 3 }, { l: 1, i: 3, j: 1 }, { l: 0, i: 3, j: 1 }, { l: 1, i: 1, j: 0 }];
  assert.deepEqual(links.map((link) => isIdle?.(link)), [true, true, false, true]);
  assert.equal(idleLinks({ diagnoses: [high], shown: 20 }), null);
});

test("each moment at which something began is told once, up to the last frame that was seen", () => {
  const diagnoses = [dead, high];
  assert.deepEqual(momentsOf({ diagnoses }, 40), [
    { epoch: 10, text: "2 units dead" }, { epoch: 12, text: "rate too high" }, { epoch: 18, text: "neuron 6 dead" },
  ]);
  assert.deepEqual(momentsOf({ diagnoses }, 11).map(({ epoch }) => epoch), [10]);
});

test("words on the timeline end before the next mark and before its end", () => {
  const marks = [{ place: 0, text: "dead" }, { place: 30, text: "dead" }, { place: 580, text: "dead" }];
  assert.deepEqual(fittingWords(marks, 600), ["", "dead", ""]);
});

test("the numbers are those of the shown frame, or of the nearest known one before it", () => {
  const evidence = new Map([20, 10, 30].map((frame) => [frame, evidenceOf(frame)]));
  const frames = [5, 10, 15, 20, 99].map((frame) => evidenceAt({ evidence }, "dead", frame)?.frame);
  assert.deepEqual(frames, [10, 10, 10, 20, 30]);
  assert.equal(evidenceAt({ evidence }, "plateau", 20), null);
});

test("what a payload doesn't tell again stays, and numbers of another course go", () => {
  const evidence = new Map([10, 20].map((frame) => [frame, evidenceOf(frame)]));
  const state = { diagnoses: [dead], evidence, evidenceAsked: "" };
  takeDiagnoses(state, { diagnoses: null, evidence: evidenceOf(25) }, Infinity);
  assert.deepEqual([state.diagnoses, [...state.evidence.keys()]], [[dead], [10, 20, 25]]);
  takeDiagnoses(state, { diagnoses: [], evidence: null }, 20);
  assert.deepEqual([state.diagnoses, [...state.evidence.keys()]], [[], [10]]);
  for (let frame = 0; frame < 100; frame++) {
    takeDiagnoses(state, { diagnoses: null, evidence: evidenceOf(frame) }, Infinity);
  }
  assert.deepEqual([state.evidence.size, state.evidence.has(99)], [60, true]);
});

test("at rest the numbers of a frame are asked for once, where something holds there", () => {
  const state = {
    header: headerWith(), diagnoses: [dead], evidence: new Map(), evidenceAsked: "", playing: false, seek: null,
    shown: 12, frame: frameWith(12),
  };
  assert.equal(evidenceRequest({ ...state, playing: true }), null);
  assert.equal(evidenceRequest({ ...state, shown: 5, frame: frameWith(5) }), null);
  assert.deepEqual(evidenceRequest(state), { kind: "frame", at: 12 });
  assert.equal(evidenceRequest(state), null, "it is on its way");
  assert.equal(evidenceRequest({ ...state, evidenceAsked: "", evidence: new Map([[12, evidenceOf(12)]]) }), null);
});
