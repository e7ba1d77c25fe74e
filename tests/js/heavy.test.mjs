// Heavy games: how heavy is counted and measured, what is asked, and that what runs can be broken off.

import assert from "node:assert/strict";
import { test } from "node:test";

import { liveSource } from "../../gan_lab/front_end/source/live_source.js";
import { session } from "../../gan_lab/front_end/source/session.js";
import { workerClient } from "../../gan_lab/front_end/source/worker.js";
import { capped, capsFor, isHeavy, multiplications, ofIteration } from "../../gan_lab/front_end/training/effort.js";
import { estimator, measuredSpeed } from "../../gan_lab/front_end/training/page_speed.js";
import { presetRecipe } from "../../gan_lab/front_end/training/recipe/presets.js";
import { recipeOf } from "../../gan_lab/front_end/training/recipe/recipe.js";
import { PRESETS } from "../../gan_lab/front_end/training/recipe/schema.js";
import { heaviest, lightened, secondsWords } from "../../gan_lab/front_end/ui/lab/controls/heavy_game.js";
import { handClock } from "./clock.mjs";
import { settled } from "./counting_client.mjs";

const HEAVY = recipeOf({ k: 1000, m: 10000, G: [60, 60, 60, 60], D: [60, 60, 60, 60] });
const LINE = recipeOf({ G: [6], D: [6], k: 2, m: 8 });

test("what is to be computed grows with every size, and is counted by hand where there is no layer", () => {
  const bare = recipeOf({ G: [], D: [], k: 1, m: 10, r1: 0, r2: 0 });
  assert.equal(multiplications(bare), 10 * (9 + 6 * 9 + 3 * 9 + 5 * 9) + 4000 * 18);
  for (const more of [{ k: 3 }, { m: 9 }, { G: [7] }, { D: [6, 6] }, { gp: 1, r1: 0, r2: 0, k: 3 }])
    assert.ok(multiplications({ ...LINE, ...more }) > multiplications(LINE), JSON.stringify(more));
  assert.ok(isHeavy(HEAVY));
  for (const [name, { large }] of Object.entries(PRESETS)) assert.ok(large || !isHeavy(presetRecipe(name)), name);
});

test("a game is made as light as is wanted, and one that is so already stays as it is", () => {
  for (const most of [1e6, 1e8, 1e10]) {
    const light = recipeOf(capped(HEAVY, capsFor(HEAVY, most)));
    assert.ok(multiplications(light) <= most);
    assert.ok(multiplications(light) > most / 16, String(multiplications(light)));
  }
  assert.deepEqual(capped(LINE, capsFor(LINE, 1e9)), LINE);
  assert.ok(multiplications(capped(HEAVY, capsFor(HEAVY, 0))) > 0); // nothing is left to take away
});

test("the speed of a page is that of a game that is played, and measured only where it matters", () => {
  const one = recipeOf({ G: [32, 32], D: [32, 32], m: 128, k: 1 }); // that is played, no picture of it
  let looks = 0;
  const steady = () => 5 * looks++; // an iteration takes 5 ms, and so does each look
  assert.equal(measuredSpeed(steady), (2 * ofIteration(one)) / 15);
  let measured = 0;
  const estimate = estimator({ measure: () => (measured++, 1e5) });
  assert.deepEqual([estimate(LINE).seconds, measured], [0, 0]);
  const { seconds, most } = estimate(HEAVY);
  assert.deepEqual([seconds, most], [multiplications(HEAVY) / 1e8, 2.5e7]);
  estimate(HEAVY);
  assert.equal(measured, 1);
});

test("all that a state plays by is weighed, and made lighter: its start, changes on the way, the second game", () => {
  const estimate = estimator({ measure: () => 1e5 });
  assert.equal(heaviest({ recipe: LINE }, estimate), null);
  const states = [
    { recipe: HEAVY },
    {
      recipe: { ...HEAVY, k: 1, m: 8 },
      changes: [
        { t: 5, changes: { k: 1000 } },
        { t: 9, changes: { m: 10000, lr_G: 1 } },
      ],
    },
    { recipe: { ...LINE, G: [60], m: 10000 }, beside: { k: 1000 } },
  ];
  for (const state of states) {
    const found = heaviest(state, estimate);
    assert.ok(found.seconds > 1);
    assert.equal(heaviest(state, estimate, found.seconds), null); // no longer than what was agreed to
    const light = lightened(state, found);
    assert.equal(heaviest(light, estimate), null);
    assert.equal(light.changes.at(-1)?.changes.lr_G, state.changes?.at(-1).changes.lr_G);
  }
});

test("seconds are said as a reader would", () => {
  assert.deepEqual([1.2, 3.4, 42, 200, 9000].map(secondsWords), [
    "a second",
    "3 seconds",
    "42 seconds",
    "3 minutes",
    "3 hours",
  ]);
});

test("a session goes on from what another one saved, bit for bit, with its past and its earlier games", () => {
  const one = session();
  const act = (request) => one.answer({ ...request, save: true });
  one.answer({ do: "start", recipe: LINE });
  one.answer({ do: "train", budget: 1e9, most: 20 });
  one.answer({ do: "change", changes: { lr_G: 0.01 } });
  one.answer({ do: "start", recipe: { ...LINE, seed: 3 } });
  one.answer({ do: "train", budget: 1e9, most: 5 });
  const { saved, ...then } = act({ do: "move", what: "D" });
  const other = session();
  assert.equal(other.answer({ do: "resume", saved: structuredClone(saved) }).error, undefined);
  for (const request of [{ do: "see" }, { do: "move", what: "both" }, ...Array(5).fill({ do: "undo" })]) {
    const [{ spent: a, ...here }, { spent: b, ...there }] = [one.answer(request), other.answer(request)];
    assert.deepEqual(there, here, request.do);
  }
  assert.deepEqual([then.game, one.answer({ do: "see" }).game, one.answer({ do: "see" }).acts], [2, 1, 1]);
});

// Workers that answer when the test says so; each is a session.
function handWorkers() {
  const workers = [];
  const start = () => {
    const { answer } = session();
    const worker = {
      asked: [],
      ended: false,
      terminate: () => (worker.ended = true),
      postMessage: (m) => worker.asked.push(structuredClone(m)),
    };
    worker.next = () => {
      const request = worker.asked.shift();
      assert.ok(request, "nothing was asked");
      const data = answer(request);
      if (!worker.ended) worker.onmessage({ data });
    };
    workers.push(worker);
    return { worker, url: "blob:none" };
  };
  return { workers, start };
}

test("what a worker is busy with is broken off: another one goes on from the last reply", async () => {
  const { workers, start } = handWorkers();
  const client = workerClient({ start });
  const began = client.ask({ id: 1, do: "start", recipe: LINE });
  workers[0].next();
  await began;
  const light = client.ask({ id: 2, do: "train", budget: 0 });
  assert.equal(client.cut(), false); // nothing was saved: it is waited for
  workers[0].next();
  await light;
  const saving = client.ask({ id: 3, do: "train", budget: 0, save: true });
  workers[0].next();
  const { frame, saved } = await saving;
  assert.equal(saved, undefined); // stays here
  assert.equal(client.cut(), false); // nothing is under way
  const [lost, later] = [client.ask({ id: 4, do: "train", budget: 0 }), client.ask({ id: 5, do: "see" })];
  assert.equal(client.cut(), true);
  assert.deepEqual(
    [await lost, await later],
    [
      { cut: true, id: 4 },
      { cut: true, id: 5 },
    ],
  );
  assert.deepEqual([workers.length, workers[0].ended, workers[1].asked[0].do], [2, true, "resume"]);
  const seen = client.ask({ id: 6, do: "see" });
  workers[1].next();
  workers[1].next();
  assert.deepEqual((await seen).frame, frame);
});

// A source over such workers, of which all recipes with k = 9 are heavy.
async function beginHeavy() {
  const { workers, start } = handWorkers();
  const clock = handClock();
  const source = liveSource(workerClient({ start }), LINE, { clock, pace: 1, heavy: ({ k }) => k === 9 });
  let news;
  source.listen((moment) => (news = moment));
  const answer = async (n = 1) => {
    for (let i = 0; i < n; i++) {
      await settled();
      workers.at(-1).next();
      await settled();
    }
  };
  await answer();
  await source.ready;
  const frame = async () => {
    clock.pass(1 / 60);
    await settled();
  };
  return { workers, source, answer, frame, last: () => news };
}

test("a heavy game is paused at once, and stands where it was after its last whole act", async () => {
  const { workers, source, answer, frame, last } = await beginHeavy();
  source.change({ k: 9 });
  await answer();
  source.play();
  await frame();
  await answer();
  await frame();
  assert.deepEqual([last().frame.t, last().heavy, last().playing], [1, true, true]);
  source.pause();
  await settled();
  assert.deepEqual([last().settled, last().frame.t, workers.length], [true, 1, 2]);
  await answer(); // goes on there
  source.move("D");
  await answer();
  assert.deepEqual([last().frame.t, last().frame.turn, last().acts], [1, "D", 3]);
});

test("undo ends what is under way in a heavy game; a setting is not kept waiting by it", async () => {
  const { workers, source, answer, frame, last } = await beginHeavy();
  source.change({ k: 9 });
  await answer();
  source.move("both");
  await settled();
  source.undo();
  await settled();
  assert.deepEqual([last().settled, last().frame.t, last().acts, workers.length], [true, 0, 1, 2]);
  await answer();
  source.play();
  await frame();
  const changed = source.change({ k: 2 });
  assert.equal(workers.length, 3);
  await answer(2);
  assert.equal(await changed, null);
  assert.deepEqual([last().recipe.k, last().heavy], [2, false]);
});

test("a heavy game that is being set up gives way to another one, and to the one before", async () => {
  const { workers, source, answer, last } = await beginHeavy();
  source.start({ ...LINE, k: 9 }, { t: 50 });
  await answer(2); // the old game is saved, the new one begins
  assert.deepEqual(last().way, { t: 0, of: 50 });
  const other = source.start({ ...LINE, seed: 5 });
  assert.equal(workers.length, 2);
  await answer(2);
  await other;
  assert.deepEqual([last().recipe.seed, last().recipe.k, last().way, last().settled], [5, 2, null, true]);
  source.undo();
  await answer();
  assert.deepEqual([last().recipe.k, last().frame.t], [9, 0]);
});

test("a start that is broken off before it was answered leaves the game before it", async () => {
  const { source, answer, last } = await beginHeavy();
  source.move("both");
  await answer();
  source.start({ ...LINE, k: 9 });
  await answer();
  source.stop();
  await settled();
  assert.deepEqual([last().recipe.k, last().frame.t, last().way, last().settled], [2, 1, null, true]);
  await answer();
  source.move("both");
  await answer();
  assert.equal(last().frame.t, 2);
});

test("a light game on its way is stopped after its next picture, and is played on from there", async () => {
  const { workers, source, answer, last } = await beginHeavy();
  source.start({ ...LINE, seed: 2 }, { t: 48 });
  await answer(2);
  source.stop();
  await answer();
  assert.deepEqual([last().frame.t, last().way, last().settled, workers.length], [4, null, true, 1]);
});
