// Two games under one clock: the same iteration in every picture, whatever the reader does.

import assert from "node:assert/strict";
import { test } from "node:test";

import { liveSource } from "../../gan_lab/front_end/source/live_source.js";
import { pairedSource } from "../../gan_lab/front_end/source/paired_source.js";
import { handClock } from "./clock.mjs";
import { countingClient, settled } from "./counting_client.mjs";

async function begin(recipes = [{ lr_D: 0.1 }, { lr_D: 0.2 }], options = {}) {
  const clock = handClock();
  const clients = recipes.map(() => countingClient());
  const games = recipes.map((recipe, i) => liveSource(clients[i], recipe, { clock, ...options }));
  const heard = games.map(() => []);
  games.forEach((game, i) => game.listen((moment) => heard[i].push(moment)));
  await Promise.all(games.map(({ ready }) => ready));
  const both = pairedSource(...games, clock);
  const all = [];
  both.listen((moment) => all.push(moment));
  const frames = async (n) => {
    for (let i = 0; i < n; i++) {
      clock.pass(1 / 60);
      await settled();
    }
  };
  return {
    clock,
    clients,
    games,
    both,
    frames,
    last: () => all.at(-1),
    times: () => heard.map((each) => each.at(-1).history.t),
  };
}

test("both play in step, so many iterations for each picture", async () => {
  const { both, frames, last, times } = await begin();
  both.pace(5);
  both.play();
  await frames(4);
  const [a, b] = times();
  assert.deepEqual(a, [0, 5, 10, 15, 20]);
  assert.deepEqual(b, a);
  assert.deepEqual([last().playing, last().pace, last().frame.t], [true, 5, 20]);
});

test("the slower one holds the other back", async () => {
  const { clients, both, frames, times } = await begin();
  both.pace(1);
  clients[1].holding(true);
  both.play();
  await frames(5);
  assert.deepEqual(times()[0], [0, 1]);
  await clients[1].release();
  await frames(1);
  assert.deepEqual(times()[1], [0, 1]);
});

test("as fast as it can: the same iterations in both, more for each picture while there is time", async () => {
  const { both, frames, times } = await begin();
  both.play();
  await frames(8);
  const [a, b] = times();
  assert.deepEqual(a, b);
  const gaps = a.slice(1).map((t, i) => t - a[i]);
  assert.equal(gaps[0], 1);
  assert.ok(Math.max(...gaps) >= 15 && Math.max(...gaps) <= 60, String(gaps)); // 30 ms at 1 ms an iteration
});

test("looking back, moves by hand and going on happen in both", async () => {
  const { both, frames, times, last } = await begin();
  both.pace(5);
  both.play();
  await frames(3);
  both.pause();
  both.seek(1);
  assert.equal(last().now, 1);
  await both.goOn();
  assert.deepEqual(times(), [
    [0, 5],
    [0, 5],
  ]);
  await both.move("D");
  await both.move("G");
  assert.deepEqual(times(), [
    [0, 5, 5, 6],
    [0, 5, 5, 6],
  ]);
  await both.undo();
  both.rewind();
  assert.deepEqual([last().now, last().playing], [0, false]);
});

test("one act of both is taken back in both", async () => {
  const { both, frames, times, last } = await begin();
  both.pace(5);
  both.play();
  await frames(3);
  both.pause();
  await both.move("both");
  assert.deepEqual([last().acts, last().frame.t], [2, 16]);
  await both.undo();
  assert.deepEqual(times(), [
    [0, 5, 10, 15],
    [0, 5, 10, 15],
  ]);
  await both.undo();
  assert.deepEqual(times(), [[0], [0]]);
});

test("an undo says the mark that the act of the first game carried", async () => {
  const { both, games } = await begin();
  await games[0].mark(4);
  await both.move("D");
  assert.equal(await both.undo(), undefined);
  assert.equal(await both.undo(), 4);
  await games[0].start({ lr_D: 0.3 }, { mark: 5 });
  assert.equal(await both.undo(), 5);
});

test("one that has diverged waits; the other plays on, and when both have, all stops", async () => {
  const one = await begin([{ lr_D: 0.1 }, { lr_D: 10 }]);
  one.both.play();
  await one.frames(3);
  assert.deepEqual([one.last().playing, one.last().stopped], [true, null]);
  const two = await begin([{ lr_D: 10 }, { lr_D: 10 }]);
  two.both.play();
  await two.frames(3);
  assert.deepEqual([two.last().playing, two.last().stopped], [false, "diverged"]);
});

test("after the end of the clock the games are their own again", async () => {
  const { both, frames, times } = await begin();
  both.play();
  both.end();
  await frames(3);
  assert.deepEqual(times(), [[0], [0]]);
});
