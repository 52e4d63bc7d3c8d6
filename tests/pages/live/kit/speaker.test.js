// When a sentence is said to those who hear the page, and when not.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { makeSpeaker } from "../../../../pages/live/kit/speaker.js";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

/** A speaker whose view has shown "one" since it opened. */
function opened() {
  const region = { textContent: "" }, speaker = makeSpeaker(region);
  speaker.rest("one", () => "One.");
  return { region, speaker };
}

test("a view that opens says nothing, and neither does one that stays as it is", () => {
  const { region, speaker } = opened();
  speaker.rest("one", () => "One.");
  mock.timers.tick(1000);
  assert.equal(region.textContent, "");
});

test("what is shown anew is said once it has come to rest, and only the last of it", () => {
  const { region, speaker } = opened();
  speaker.rest("two", () => "Two.");
  mock.timers.tick(300);
  speaker.rest("three", () => "Three.");
  mock.timers.tick(300);
  assert.equal(region.textContent, "");
  mock.timers.tick(100);
  assert.equal(region.textContent, "Three.");
});

test("what was said goes as soon as something else is shown", () => {
  const { region, speaker } = opened();
  speaker.rest("two", () => "Two.");
  mock.timers.tick(400);
  speaker.rest("three", () => "Three.");
  assert.equal(region.textContent, "");
});

test("nothing is said while a view plays, and it says where it was paused, even where it began", () => {
  const { region, speaker } = opened();
  speaker.rest("two", () => "Two.");
  speaker.move();
  mock.timers.tick(1000);
  assert.equal(region.textContent, "");
  speaker.rest("two", (moved) => (moved ? "Paused at two." : "Two."));
  mock.timers.tick(400);
  assert.equal(region.textContent, "Paused at two.");
});

test("what was asked for by another key is still said while a view plays on", () => {
  const { region, speaker } = opened();
  speaker.move();
  speaker.say(() => "A neuron.", 0);
  mock.timers.tick(0);
  speaker.move();
  assert.equal(region.textContent, "A neuron.");
});

test("a sentence is read when it is said, so that it is never out of date", () => {
  const { region, speaker } = opened();
  let now = "Old.";
  speaker.rest("two", () => now);
  now = "New.";
  mock.timers.tick(400);
  assert.equal(region.textContent, "New.");
});

test("a press that changes nothing is answered where the view insists on it", () => {
  const { region, speaker } = opened();
  speaker.insist();
  speaker.rest("one", () => "One.");
  mock.timers.tick(400);
  assert.equal(region.textContent, "One.");
});

test("what somebody else says is not said again, and what comes after it is", () => {
  const { region, speaker } = opened();
  speaker.move();
  speaker.skip("two");
  speaker.rest("two", () => "Two.");
  mock.timers.tick(1000);
  assert.equal(region.textContent, "");
  speaker.rest("three", () => "Three.");
  mock.timers.tick(400);
  assert.equal(region.textContent, "Three.");
});
