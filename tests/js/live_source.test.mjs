// The live source, over a client whose replies come when the test says so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameHistory } from "../../gan_lab/front_end/source/frame_history.js";
import { liveSource } from "../../gan_lab/front_end/source/live_source.js";
import { measurer } from "../../gan_lab/front_end/source/measurer.js";
import { handClock } from "./clock.mjs";
import { countingClient, settled } from "./counting_client.mjs";

const RECIPE = { lr_D: 0.1, k: 2 };

async function begin({ recipe = RECIPE, ...options } = {}) {
  const clock = handClock();
  const client = countingClient();
  const source = liveSource(client, recipe, { clock, pace: 1, ...options });
  const heard = [];
  source.listen((moment) => heard.push(moment));
  await source.ready;
  return { clock, client, source, heard, last: () => heard.at(-1) };
}

// Frames of the screen, and whatever is answered between them.
async function frames(game, n) {
  for (let i = 0; i < n; i++) {
    game.clock.pass(1 / 60);
    await settled();
  }
}

test("a view hears at once that nothing is there yet, and then the start of the game", async () => {
  const { heard, last } = await begin();
  assert.equal(heard[0].frame, null);
  const { frame, now, length, playing, live, recipe, history } = last();
  assert.deepEqual([frame.t, now, length, playing, live, recipe], [0, 0, 1, false, true, RECIPE]);
  assert.equal(history.V.length, length);
});

test("playing asks once for each frame of the screen, and shows what comes", async () => {
  const game = await begin({ pace: 3 });
  game.source.play();
  await frames(game, 4);
  assert.deepEqual(game.last().history.t, [0, 3, 6, 9, 12]);
  assert.deepEqual([game.last().now, game.last().frame.t, game.last().playing], [4, 12, true]);
  const trains = game.client.asked.filter((request) => request.do === "train");
  assert.ok(trains.every((request) => request.most === 3 && request.budget > 0));
});

test("as fast as it can: a game, and a change of its rules, are first seen in small steps", async () => {
  const game = await begin({ pace: "fast" });
  const gaps = () =>
    game
      .last()
      .history.t.slice(1)
      .map((t, i) => t - game.last().history.t[i]);
  game.source.play();
  await frames(game, 8);
  assert.deepEqual(gaps(), [1, 2, 4, 8, 16, 32, 50, 50]); // 50 are all that the budget allows
  await game.source.change({ lr_D: 0.7 });
  await frames(game, 3);
  assert.deepEqual(gaps().slice(8), [1, 2, 4]);
});

test("two asks are in flight, and no more while nothing is answered", async () => {
  const game = await begin();
  const before = game.client.asked.length;
  game.client.holding(true);
  game.source.play();
  await frames(game, 30);
  assert.equal(game.client.asked.length - before, 2);
  await game.client.release();
  await frames(game, 3);
  assert.equal(game.client.asked.length - before, 3);
});

test("a page that is hidden has no frames of the screen, and nothing is asked", async () => {
  const game = await begin();
  game.source.play();
  await frames(game, 2);
  const before = game.client.asked.length;
  await settled(); // time passes, no frame is due
  assert.equal(game.client.asked.length, before);
});

test("after a pause what was under way still comes and is kept, and then all is still", async () => {
  const game = await begin();
  game.client.holding(true);
  game.source.play();
  await frames(game, 3);
  game.source.pause();
  assert.equal(game.last().playing, false);
  await game.client.release(5);
  assert.deepEqual(game.last().history.t, [0, 1, 2]);
  const before = game.client.asked.length;
  await frames(game, 10);
  assert.deepEqual([game.client.asked.length, game.last().now, game.clock.asleep()], [before, 2, true]);
});

test("replies that come together are all taken in before the game counts as settled", async () => {
  const game = await begin();
  game.client.holding(true);
  game.source.play();
  await frames(game, 3);
  game.source.pause();
  const before = game.heard.length;
  await game.client.release(2);
  assert.deepEqual(
    game.heard
      .slice(before)
      .filter(({ settled: rests }) => rests)
      .map(({ frame }) => frame.t),
    [2],
  );
});

test("a game is settled when nothing is under way", async () => {
  const game = await begin();
  assert.equal(game.last().settled, true);
  game.client.holding(true);
  game.source.play();
  await frames(game, 3);
  game.source.pause();
  assert.deepEqual([game.last().playing, game.last().settled], [false, false]);
  await game.client.release(1);
  assert.equal(game.last().settled, false);
  await game.client.release(1);
  assert.equal(game.last().settled, true);
  const moved = game.source.move("D");
  assert.equal(game.last().settled, false);
  await settled();
  await game.client.release(1);
  await moved;
  assert.equal(game.last().settled, true);
});

test("undo goes back over three games to one with all of its past", async () => {
  const game = await begin();
  game.source.play();
  await frames(game, 3);
  game.source.pause();
  const { first, history } = game.last();
  for (const lr_D of [0.2, 0.3, 0.4]) await game.source.start({ ...RECIPE, lr_D });
  for (let i = 0; i < 3; i++) await game.source.undo();
  assert.deepEqual([game.last().first, game.last().history.t], [first, history.t]);
});

test("what went wrong stays to be read until the reader acts, whatever is answered meanwhile", async () => {
  const game = await begin();
  game.client.holding(true);
  game.source.play();
  await frames(game, 3);
  const wrong = game.source.change({ seed: 3 }); // while two asks are under way
  await game.client.release(3);
  assert.equal(await wrong, "seed is built into a running game.");
  game.source.look();
  await game.client.release(3);
  assert.equal(game.last().error, "seed is built into a running game.");
  game.client.holding(false);
  await game.source.move("D");
  assert.equal(game.last().error, null);
});

test("a reply that comes late, after a new start, is dropped", async () => {
  const game = await begin();
  game.client.holding(true);
  game.source.play();
  await frames(game, 3);
  const started = game.source.start({ lr_D: 0.2, k: 1 });
  await game.client.release(2); // both of the old game
  assert.deepEqual(game.last().history.t, [0]);
  game.client.holding(false);
  await game.client.release(9);
  await started;
  assert.deepEqual([game.last().frame.t, game.last().length, game.last().recipe.lr_D], [0, 1, 0.2]);
});

test("an error of the one who answers is a sentence, stops the playing and changes nothing", async () => {
  const game = await begin();
  assert.equal(await game.source.change({ seed: 3 }), "seed is built into a running game.");
  assert.equal(game.last().error, "seed is built into a running game.");
  assert.deepEqual([game.last().length, game.last().recipe], [1, RECIPE]);
  game.client.ask = () => Promise.reject(new Error("The kernel is gone."));
  game.source.play();
  await frames(game, 3);
  assert.deepEqual([game.last().error, game.last().playing, game.last().length], ["The kernel is gone.", false, 1]);
});

test("a start that is refused leaves the old game as it was, to be played on", async () => {
  const game = await begin();
  game.source.play();
  await frames(game, 3);
  await game.source.start({ refused: true });
  assert.deepEqual([game.last().error, game.last().way, game.last().length], ["This cannot be played.", null, 4]);
  game.source.play();
  await frames(game, 2);
  assert.equal(game.last().length, 6);
});

test("settings change while it plays, and the moment says since when", async () => {
  const game = await begin({ pace: 5 });
  game.source.play();
  await frames(game, 2);
  assert.equal(await game.source.change({ lr_D: 0.5 }), null);
  await frames(game, 1);
  const { recipe, first, changed, playing } = game.last();
  assert.deepEqual([recipe.lr_D, first.lr_D, changed, playing], [0.5, 0.1, [{ t: 10, changes: { lr_D: 0.5 } }], true]);
});

test("the past can be looked at while it plays; play goes on from the end", async () => {
  const game = await begin();
  game.source.play();
  await frames(game, 4);
  game.source.seek(1);
  await frames(game, 2);
  assert.deepEqual([game.last().now, game.last().frame.t, game.last().length, game.last().playing], [1, 1, 7, true]);
  game.source.pause();
  game.source.step(-1);
  game.source.step(-1);
  assert.equal(game.last().now, 0);
  game.source.play();
  await frames(game, 1);
  assert.deepEqual(game.last().history.t, [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.equal(game.last().now, 7);
});

test("go on from here: the game goes back, and what came after never happened", async () => {
  const game = await begin({ pace: 5 });
  game.source.play();
  await frames(game, 4);
  game.source.seek(2);
  await game.source.goOn();
  assert.deepEqual([game.last().history.t, game.last().now, game.last().playing], [[0, 5, 10], 2, false]);
  game.source.play();
  await frames(game, 1);
  assert.deepEqual(game.last().history.t, [0, 5, 10, 15]);
});

test("moves by hand are kept one by one and taken back one by one; a line that samples is no move", async () => {
  const game = await begin();
  await game.source.move("D");
  await game.source.move("D");
  assert.deepEqual(game.last().history.loss_D, [0, 1, 2]);
  assert.equal(game.last().byHand, true);
  await game.source.move("line");
  assert.equal(game.last().line.name, "sample noise for D");
  assert.equal(game.last().length, 3);
  await game.source.undo(); // the line that drew samples
  await game.source.undo();
  assert.deepEqual([game.last().history.loss_D, game.last().line], [[0, 1], null]);
  await game.source.move("G");
  assert.deepEqual(game.last().history.t, [0, 0, 1]);
  await game.source.undo();
  assert.equal(game.last().byHand, true);
  await game.source.undo();
  assert.deepEqual([game.last().byHand, game.last().acts], [false, 0]);
});

test("it stops when the game has diverged, and goes back to the last good state with its settings", async () => {
  const game = await begin({ pace: 5 });
  game.source.play();
  await frames(game, 2);
  await game.source.change({ lr_D: 10 });
  await frames(game, 2);
  assert.deepEqual([game.last().stopped, game.last().playing, game.clock.asleep()], ["diverged", false, true]);
  game.source.play();
  assert.equal(game.last().playing, false);
  assert.equal(game.source.lastGood().recipe.lr_D, 0.1);
  game.source.seek(game.source.lastGood().index);
  await game.source.goOn();
  assert.equal(game.last().frame.t, 10);
});

test("a game can begin at a later moment; its way is kept, changes on the way are made on the way", async () => {
  const changes = [{ t: 60, changes: { lr_D: 0.7 } }];
  const game = await begin({ start: { t: 100, changes } });
  const { frame, history, recipe, first, changed, way } = game.last();
  assert.deepEqual([frame.t, recipe.lr_D, first.lr_D, changed, way], [100, 0.7, 0.1, changes, null]);
  assert.ok(history.t.includes(60) && history.length > 20);
});

test("no more than 400 frames are kept: every second old one goes, the first and the last stay", () => {
  const kept = new FrameHistory();
  let now = 0;
  for (let t = 0; t < 5000; t++) {
    now = kept.add({ frame: { t, turn: "G" } }, kept.length);
    assert.ok(kept.length <= 400 && now === kept.length - 1);
    assert.deepEqual([kept.history.t[0], kept.history.t.at(-1), kept.history.length], [0, t, kept.length]);
  }
  const gaps = kept.history.t.slice(1).map((t, i) => t - kept.history.t[i]);
  assert.ok(gaps.every((gap) => gap > 0));
});

test("when room is made, rather those frames stay whose slow numbers were measured", () => {
  const kept = new FrameHistory(20);
  const seen = (t) => t - (t % 5);
  for (let t = 0; t < 20; t++)
    kept.add({ frame: { t, turn: "G", still: {}, measured: { at: { t: seen(t) }, numbers: { D_star: [] } } } });
  assert.deepEqual(kept.history.t, [0, 2, 5, 6, 8, 10, 12, 15, 16, 18, 19]);
});

test("speed below one leaves frames of the screen out", async () => {
  const game = await begin();
  game.source.speed(0.25);
  game.source.play();
  await frames(game, 17);
  const n = game.last().length - 1;
  assert.ok(n >= 4 && n <= 5, `${n} asks in 17 frames`);
});

test("what others have moved is looked at, on from the last picture or back to an earlier one", async () => {
  const game = await begin();
  await game.source.train(4);
  const seen = async (act) => {
    await game.client.ask(act);
    await game.source.look();
    return game.last().history.t;
  };
  assert.deepEqual(await seen({ do: "train", most: 3 }), [0, 4, 7]);
  assert.deepEqual(await seen({ do: "see" }), [0, 4, 7]);
  assert.deepEqual(await seen({ do: "rewind", t: 5 }), [0, 4, 5]);
  assert.deepEqual(await seen({ do: "rewind", t: 0 }), [0]);
  assert.equal(game.last().now, 0);
});

test("on the way to a moment an interrupt is obeyed, and what made room for others goes on", async () => {
  const client = countingClient();
  const { ask } = client;
  const ways = [{ iterations: 0, gave_way: true }, {}, { halted: "Interrupted." }];
  client.ask = async (request) => ({ ...(await ask(request)), ...(request.do === "train" ? ways.shift() : {}) });
  const source = liveSource(client, RECIPE, { clock: handClock(), start: { t: 240 } });
  await source.ready;
  assert.equal(ways.length, 0);
  source.listen(({ error, way, frame, playing }) => {
    assert.deepEqual([error, way, playing], ["Interrupted.", null, false]);
    assert.ok(frame.t > 0 && frame.t < 240);
  });
});

test("all that is trained from one play to the next act is one act, and so is each setting on the way", async () => {
  const game = await begin({ pace: 5 });
  const at = () => [game.last().frame.t, game.last().recipe.lr_D, game.last().acts];
  game.source.play();
  await frames(game, 3);
  await game.source.change({ lr_D: 0.5 });
  await frames(game, 2);
  game.source.pause();
  await game.source.move("both");
  game.source.play();
  await frames(game, 1);
  assert.deepEqual(at(), [31, 0.5, 5]);
  const seen = [];
  for (let i = 0; i < 5; i++) {
    await game.source.undo();
    seen.push(at());
  }
  assert.deepEqual(seen, [
    [26, 0.5, 4],
    [25, 0.5, 3],
    [15, 0.5, 2],
    [15, 0.1, 1],
    [0, 0.1, 0],
  ]);
  assert.deepEqual([game.last().playing, game.last().history.t, game.last().changed], [false, [0], []]);
});

test("a new game can be taken back: the old one is there with its past, its settings and its pictures", async () => {
  const game = await begin({ pace: 5 });
  game.source.play();
  await frames(game, 3);
  await game.source.change({ lr_D: 0.5 });
  const { history, recipe, changed, first, now } = game.last();
  await game.source.start({ lr_D: 0.2, k: 1 }, { t: 60, changes: [{ t: 20, changes: { lr_D: 0.3 } }] });
  assert.deepEqual([game.last().frame.t, game.last().recipe.lr_D], [60, 0.3]);
  await game.source.undo();
  const { last } = game;
  assert.deepEqual(
    [last().history, last().recipe, last().changed, last().first, last().now],
    [history, recipe, changed, first, now],
  );
  await game.source.undo();
  assert.deepEqual([last().recipe, last().way, last().settled], [RECIPE, null, true]);
});

test("a setting that a hand holds is one act from beginning to end, with what was trained meanwhile", async () => {
  const game = await begin({ pace: 5 });
  const at = () => [game.last().frame.t, game.last().recipe.lr_D, game.last().acts];
  game.source.play();
  await frames(game, 1);
  for (const lr_D of [0.2, 0.3, 0.4]) {
    await game.source.change({ lr_D }, true);
    await frames(game, 1);
  }
  game.source.release();
  await frames(game, 1);
  await game.source.change({ lr_D: 0.5 });
  assert.deepEqual(at(), [25, 0.5, 4]);
  const seen = [];
  for (let i = 0; i < 4; i++) {
    await game.source.undo();
    seen.push(at());
  }
  assert.deepEqual(seen, [
    [25, 0.4, 3],
    [20, 0.4, 2],
    [5, 0.1, 1],
    [0, 0.1, 0],
  ]);
});

test("a game that went back to where it was well is not judged by what it would have become", async () => {
  const fallen = ({ t }) => t >= 6;
  const judge = (frame, { t }) =>
    [frame, ...t.map((t) => ({ t }))].some(fallen) ? [{ kind: "diverged", words: "It fell." }] : [];
  const game = await begin({ judge });
  game.source.play();
  await frames(game, 9);
  game.source.pause();
  assert.equal(game.last().health.length, 1);
  const { index, frame } = game.source.lastGood();
  assert.equal(frame.t, 5);
  game.source.seek(index);
  await game.source.goOn();
  assert.deepEqual([game.last().frame.t, game.last().health], [5, []]);
  await game.source.move("both");
  assert.equal(game.last().health.length, 1);
});

test("what is slow to see is asked for once at a time, and not again where it cannot be had", async () => {
  const entry = { frame: { still: {} } };
  const asked = [];
  const ask = (request) => new Promise((done) => asked.push([request.do, done]));
  const run = { shown: entry, complete: (one, measured) => (one.frame = { measured }), say: () => {} };
  const measuring = measurer({ ask, run, rests: () => true, tell: () => {} });
  const bringUp = () => {
    measuring.bringUp();
    return asked.length;
  };
  assert.deepEqual([bringUp(), bringUp(), asked[0][0]], [1, 1, "measure"]);
  asked[0][1]({ error: "No." });
  await new Promise(setImmediate);
  assert.deepEqual([bringUp(), measuring.lacks()], [1, false]);
  entry.vain = false;
  assert.equal(bringUp(), 2);
  asked[1][1]({ measured: 3 });
  await new Promise(setImmediate);
  assert.deepEqual([entry.frame, bringUp()], [{ measured: 3 }, 2]);
});
