// One law for all sources. A new source is one more line at the end of this file.

import assert from "node:assert/strict";
import { test } from "node:test";

import { recordingOf } from "../../gan_lab/front_end/recording/recording.js";
import { FRAMES_PER_SECOND, recordingSource } from "../../gan_lab/front_end/source/recording_source.js";
import { bytesFrom, smallRun } from "./bytes.mjs";
import { handClock } from "./clock.mjs";

export function keepsTheContract(name, make) {
  const begin = () => {
    const clock = handClock();
    const source = make(clock);
    const heard = [];
    const stop = source.listen((moment) => heard.push(moment));
    return { clock, source, heard, stop, last: () => heard.at(-1), second: (n) => n / FRAMES_PER_SECOND };
  };
  const law = (words, check) => test(`${name}: ${words}`, () => check(begin()));

  law("a listener hears the present moment at once, with everything a view needs", ({ heard, last }) => {
    assert.equal(heard.length, 1);
    const { frame, now, length, history, playing, speed, panels, note } = last();
    assert.deepEqual([now, playing, speed, typeof note], [0, false, 1, "string"]);
    assert.equal(history.V.length, length);
    assert.equal(frame.V, history.V[0]);
    assert.equal(typeof panels, "object");
  });
  law("play moves at the stated pace, skips no frame at this pace, and ends paused", (game) => {
    game.source.play();
    assert.ok(game.last().playing);
    game.clock.pass(game.second(2.5));
    assert.equal(game.last().now, 2);
    game.clock.pass(100);
    assert.deepEqual([game.last().now, game.last().playing], [game.last().length - 1, false]);
    assert.ok(game.clock.asleep());
    const seen = game.heard.map((moment) => moment.now);
    for (let i = 1; i < seen.length; i++) assert.ok(seen[i] - seen[i - 1] <= 1 && seen[i] >= seen[i - 1]);
  });
  law("play at the end starts again", ({ source, last, clock }) => {
    source.seek(Infinity);
    source.play();
    assert.deepEqual([last().now, last().playing], [0, true]);
    clock.pass(100);
    assert.equal(last().now, last().length - 1);
  });
  law("play twice is play once", (game) => {
    game.source.play();
    game.source.play();
    game.clock.pass(game.second(1.5));
    assert.equal(game.last().now, 1);
  });
  law("pause stands still, whatever time passes", ({ source, last, clock, second }) => {
    source.play();
    clock.pass(second(1.5));
    source.pause();
    clock.pass(10);
    assert.deepEqual([last().now, last().playing], [1, false]);
    assert.ok(clock.asleep());
  });
  law("step pauses and moves, no further than the ends", ({ source, last }) => {
    source.play();
    source.step();
    assert.deepEqual([last().now, last().playing], [1, false]);
    source.step(-1);
    source.step(-1);
    assert.equal(last().now, 0);
    source.step(1e6);
    assert.equal(last().now, last().length - 1);
  });
  law("seek keeps what it was doing; it stays inside the ends", ({ source, last, clock, second }) => {
    source.seek(2);
    assert.deepEqual([last().now, last().playing], [2, false]);
    source.seek(-7);
    assert.equal(last().now, 0);
    source.play();
    source.seek(2);
    assert.ok(last().playing);
    clock.pass(second(1.5));
    assert.equal(last().now, 3);
  });
  law("rewind pauses at the first frame", ({ source, last, clock }) => {
    source.seek(3);
    source.play();
    source.rewind();
    clock.pass(1);
    assert.deepEqual([last().now, last().playing], [0, false]);
  });
  law("speed changes the pace from now on", ({ source, last, clock, second }) => {
    source.speed(0.25);
    source.play();
    clock.pass(second(3.5));
    assert.equal(last().now, 0);
    source.speed(4); // seven eighths of a frame have passed
    clock.pass(second(0.1));
    assert.deepEqual([last().now, last().speed], [1, 4]);
    clock.pass(second(0.5));
    assert.equal(last().now, 3);
  });
  law("who stops listening hears no more; others do", ({ source, heard, stop }) => {
    let others = 0;
    source.listen(() => others++);
    stop();
    const before = heard.length;
    source.step();
    assert.deepEqual([heard.length, others], [before, 2]);
  });
  law("a frame is the same whenever it is shown", ({ source, last }) => {
    source.seek(2);
    const once = structuredClone(last().frame);
    source.rewind();
    source.seek(2);
    assert.deepEqual(structuredClone(last().frame), once);
  });
}

keepsTheContract("recording", (clock) => recordingSource(recordingOf(bytesFrom(smallRun())), clock));
