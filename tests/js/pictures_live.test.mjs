import assert from "node:assert/strict";
import { test } from "node:test";

import { livePictures } from "../../gan_lab/front_end/ui/pictures_live.js";
import { imageBytes } from "./bytes.mjs";

// anywidget's model, with what was sent to the kernel.
function model(frames) {
  const traits = { recording: imageBytes(frames), newest: new Uint8Array(), playing: false };
  const heard = {};
  const sent = [];
  const set = (name, value) => {
    const before = traits[name];
    traits[name] = value;
    if (before !== value) for (const hear of heard[`change:${name}`] ?? []) hear();
  };
  return {
    sent,
    set,
    get: (name) => traits[name],
    save_changes() {},
    send: (content) => sent.push(content),
    on: (name, hear) => (heard[name] ??= []).push(hear),
    off: (name, hear) => (heard[name] = heard[name].filter((each) => each !== hear)),
  };
}

function watched(frames) {
  const made = model(frames);
  const source = livePictures(made);
  const seen = [];
  source.listen(({ now, length, playing }) => seen.push([now, length, playing]));
  return { made, source, seen, last: () => seen.at(-1) };
}

test("moments that come are shown, but to who looks back while the game stands", () => {
  const { made, source, last } = watched(3);
  assert.deepEqual(last(), [2, 3, false]);
  made.set("recording", imageBytes(4));
  assert.deepEqual(last(), [3, 4, false]);
  source.step(-2);
  made.set("recording", imageBytes(5));
  assert.deepEqual(last(), [1, 5, false]);
  source.play();
  assert.deepEqual([last(), made.get("playing")], [[4, 5, true], true]);
  made.set("recording", imageBytes(2)); // another game
  assert.deepEqual(last(), [1, 2, true]);
});

test("moments that come one by one go on from those before, also in a view that comes later", () => {
  const { made, source, last } = watched(3);
  source.play();
  made.set("newest", imageBytes(1));
  made.set("newest", imageBytes(1));
  assert.deepEqual(last(), [4, 5, true]);
  const whole = imageBytes(5);
  let seen = null;
  livePictures(made).listen((moment) => (seen = moment));
  assert.deepEqual([seen.length, [...seen.history.t].length, seen.history.length], [4, 4, 4]);
  assert.deepEqual(seen.frame.t, seen.history.t[3]);
  made.set("recording", whole);
  made.set("newest", new Uint8Array());
  assert.deepEqual([last(), seen.length], [[4, 5, true], 5]);
});

test("a step from the last moment is one of the game, and pauses it", () => {
  const { made, source, last } = watched(3);
  source.play();
  source.step(1);
  assert.deepEqual([made.sent, made.get("playing"), last()], [[{ press: "on" }], false, [2, 3, false]]);
  source.choose({ of: "fake", i: 4 });
  source.choose({ of: "real", i: 4 });
  assert.deepEqual(made.sent.splice(1), [{ choose: 5 }]);
  source.rewind();
  source.step(1);
  assert.deepEqual([made.sent.length, last()], [1, [1, 3, false]]);
  made.set("playing", true); // by a cell
  assert.equal(last()[2], true);
  source.pause();
  source.stop();
  made.set("recording", imageBytes(4));
  assert.deepEqual([made.get("playing"), last()], [false, [1, 3, false]]);
});
