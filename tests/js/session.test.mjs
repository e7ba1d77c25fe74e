// A session answers requests one after another: every answer is the game's, and can be taken back.

import assert from "node:assert/strict";
import test from "node:test";

import { isMeasured, withMeasured } from "../../gan_lab/front_end/frame/measured.js";
import { session } from "../../gan_lab/front_end/source/session.js";
import { workerClient } from "../../gan_lab/front_end/source/worker.js";
import { Training } from "../../gan_lab/front_end/training/loop.js";

const LINE = { G: [6], D: [6], k: 2, m: 8, r1: 0, r2: 0 };
const RING = { kind: "ring", modes: 4, radius: 2, sd: 0.4 };
const PLANE = { ...LINE, data: RING, latent_dim: 2, k: 1 };

// A session that has begun, and `ask`, which wants no error.
function begun(recipe = LINE, options) {
  const { answer } = session(undefined, options);
  const ask = (request) => {
    const reply = answer(request);
    assert.equal(reply.error, undefined);
    return reply;
  };
  return { answer, ask, first: ask({ do: "start", recipe }) };
}

const train = (most) => ({ do: "train", budget: 1e9, most });

test("a start is a game before its first move, and says by which recipe", () => {
  const { first } = begun();
  const { frame, recipe, iterations, stopped } = first;
  assert.deepEqual([frame.t, frame.turn, frame.dim, iterations, stopped], [0, "start", 1, 0, null]);
  assert.deepEqual(recipe.G, [6]);
  assert.equal(recipe.loss, "non-saturating");
  assert.deepEqual(structuredClone(first), first);
});

test("a start at a later moment is the game that was played there", () => {
  const { ask } = begun();
  ask(train(7));
  const later = begun().ask({ do: "start", recipe: LINE, t: 7 });
  assert.equal(later.iterations, 7);
  assert.deepEqual(later.frame, ask({ do: "see" }).frame);
});

test("training ends with the budget, after one iteration at least, or with `most`", () => {
  let time = 0;
  const now = () => (time += 1); // every look at the clock takes a millisecond
  const { ask } = begun(LINE, { now });
  const { iterations, spent } = ask({ do: "train", budget: 10 });
  assert.ok(iterations > 5 && iterations <= 10, String(iterations));
  assert.ok(spent >= 10);
  assert.equal(ask({ do: "train", budget: 0 }).iterations, 1);
  assert.equal(ask({ do: "train", budget: 1e9, most: 3 }).iterations, 3);
});

test("moves: a step of D, a step of G, and what is left of an iteration", () => {
  const { ask } = begun();
  const after = (what) => {
    const { frame, iterations } = ask({ do: "move", what });
    return [frame.t, frame.turn, iterations];
  };
  assert.deepEqual(after("D"), [0, "D", 0]);
  assert.deepEqual(after("both"), [1, "G", 1]);
  assert.deepEqual(after("G"), [2, "G", 1]);
  const whole = begun();
  whole.ask({ do: "move", what: "both" });
  const plain = begun();
  assert.deepEqual(whole.ask({ do: "see" }).frame, plain.ask(train(1)).frame);
});

test("Algorithm 1 a line at a time is the same game, and can be broken off", () => {
  const { ask } = begun();
  const lines = Array.from({ length: 9 }, () => ask({ do: "move", what: "line" }));
  const names = lines.map(({ line }) => line.name);
  const ofD = ["sample noise for D", "sample data for D", "move D"];
  assert.deepEqual(names, [...ofD, ...ofD, "sample noise for G", "move G", ofD[0]]);
  assert.deepEqual(
    lines.map(({ iterations }) => iterations),
    [0, 0, 0, 0, 0, 0, 0, 1, 0],
  );
  assert.equal(lines[0].line.z.length, 8);
  assert.equal(lines[2].line.loss, lines[2].frame.loss_D);
  const plain = begun();
  assert.deepEqual(ask(train(2)).frame, plain.ask(train(3)).frame);
});

test("every move can be taken back, bit for bit, across changes of the rules", () => {
  const { ask, first } = begun();
  const frames = [first.frame];
  const note = (reply) => frames.push(reply.frame);
  note(ask({ do: "move", what: "D" }));
  note(ask({ do: "move", what: "G" }));
  ask({ do: "change", changes: { optimizer: "sgd", lr_G: 0.5, loss: "minimax" } });
  note(ask({ do: "move", what: "D" }));
  const { frame } = ask({ do: "undo" });
  assert.deepEqual(frame, { ...frames[2], loss: "minimax", pull: frame.pull }); // the change stands
  assert.notDeepEqual(frame.pull, frames[2].pull); // and another loss pulls otherwise
  assert.equal(ask({ do: "see" }).recipe.loss, "minimax");
  const before = ask({ do: "undo" }); // the change
  assert.equal(before.recipe.loss, "non-saturating");
  assert.deepEqual(before.frame, frames[2]);
  assert.deepEqual([ask({ do: "undo" }).frame, ask({ do: "undo" }).frame], [frames[1], frames[0]]);
});

// What a reader can do, and that it is one act, however many requests and moves it is made of.
const ONE_ACT = {
  "a step of D": [{ do: "move", what: "D" }],
  "both, after a step of D": [{ do: "move", what: "both" }],
  "a line that draws samples": [{ do: "move", what: "line" }],
  "a run of several asks": [train(7), train(1), train(20)],
  "a setting": [{ do: "change", changes: { lr_D: 0.7, loss: "hinge" } }],
  "a setting that changes nothing": [{ do: "change", changes: {} }],
  "a new game and the way to its moment": [
    { do: "start", recipe: { ...LINE, seed: 4 } },
    train(9),
    { do: "change", changes: { k: 1 } },
    train(3),
  ],
};

for (const [what, requests] of Object.entries(ONE_ACT))
  test(`undo takes back exactly one act: ${what}`, () => {
    const { ask } = begun();
    const acts = [train(3), { do: "move", what: "D" }, { do: "change", changes: { lr_G: 0.3 } }];
    for (const request of acts) ask(request);
    const { frame, recipe, game, acts: count } = ask({ do: "see" });
    assert.equal(count, 3);
    for (const request of requests) ask({ ...request, act: "one" });
    const back = ask({ do: "undo" });
    assert.deepEqual([back.frame, back.recipe, back.game, back.acts], [frame, recipe, game, 3]);
    assert.equal(back.line, null);
    const { recipe: before } = ask({ do: "undo" }); // the setting
    assert.deepEqual([before.lr_G, ask({ do: "undo" }).frame.t, ask({ do: "undo" }).frame.turn], [1e-3, 3, "start"]);
  });

test("all acts can be taken back, and then there is nothing to take back", () => {
  const { answer, ask, first } = begun();
  for (const act of ["a", "a", "b"]) ask({ ...train(5), act });
  assert.deepEqual([ask({ do: "undo" }).frame.t, ask({ do: "undo" }).frame], [10, first.frame]);
  assert.equal(answer({ do: "undo" }).error, "There is nothing to take back.");
});

test("lines of Algorithm 1 are taken back one by one, and what they drew is seen again", () => {
  const { ask } = begun();
  const lines = Array.from({ length: 4 }, () => ask({ do: "move", what: "line" }));
  for (const i of [2, 1, 0]) {
    const { line, frame } = ask({ do: "undo" });
    assert.deepEqual([line, frame.turn], [i === 2 ? null : lines[i].line, i === 2 ? "D" : "start"]);
  }
  assert.equal(ask({ do: "move", what: "line" }).line.name, "sample data for D");
});

test("what was done after a moment that the game went back to cannot be taken back", () => {
  const { ask } = begun();
  for (const act of ["a", "b", "c"]) ask({ ...train(5), act });
  assert.equal(ask({ do: "rewind", t: 7 }).acts, 2);
  assert.equal(ask({ do: "undo" }).frame.t, 5);
});

test("an act that carries a mark is told by it when it is taken back, be it one that moves nothing", () => {
  const { ask } = begun();
  const { frame } = ask(train(5));
  ask({ do: "start", recipe: { ...LINE, seed: 3 }, mark: 1, act: "new" });
  ask({ ...train(5), act: "new" }); // the way is part of the start
  const marked = ask({ do: "mark", mark: 2 });
  assert.deepEqual([marked.acts, marked.frame.t], [3, 5]);
  ask(train(2));
  const back = Array.from({ length: 3 }, () => ask({ do: "undo" }));
  assert.deepEqual(
    back.map(({ mark, frame }) => [mark, frame.t]),
    [
      [null, 5],
      [2, 5],
      [1, 5],
    ],
  );
  assert.deepEqual([back[2].frame, back[2].recipe.seed], [frame, 0]);
});

test("a long game is rewound exactly and goes on as it did", () => {
  const { ask } = begun();
  const seen = new Map();
  for (let i = 0; i < 12; i++) {
    const { frame } = ask(train(30));
    seen.set(frame.t, frame);
  }
  assert.deepEqual(ask({ do: "rewind", t: 120 }).frame, seen.get(120));
  assert.deepEqual(ask(train(60)).frame, seen.get(180));
  assert.deepEqual(ask({ do: "rewind", t: 30 }).frame, seen.get(30));
  assert.equal(ask({ do: "rewind", t: 0 }).frame.turn, "start");
});

const REFUSED = {
  "a start with a recipe that is none": [{ do: "start", recipe: { loss: "none" } }, /loss must be/],
  "a start too far ahead": [{ do: "start", recipe: LINE, t: -1 }, /t must be a whole number from 0/],
  "a change of what is built in": [{ do: "change", changes: { G: [3] } }, /built into a running game/],
  "a change to what is no recipe": [{ do: "change", changes: { lr_D: -1 } }, /lr_D/],
  "a moment that has not come": [{ do: "rewind", t: 5 }, /t must be a whole number from 0 to 2/],
  "a move of nobody": [{ do: "move", what: "H" }, /what must be D, G, both or line/],
  "to measure nothing": [{ do: "measure" }, /To measure asks for the `still`/],
  "a budget that is no time": [{ do: "train", budget: "long" }, /budget must be a number/],
  "what a session cannot do": [{ do: "stop" }, /A session can do start, train/],
};

for (const [what, [request, words]] of Object.entries(REFUSED))
  test(`refused in a sentence, and nothing has changed: ${what}`, () => {
    const { answer, ask } = begun();
    const { frame, recipe } = ask(train(2));
    const reply = answer({ id: 7, ...request });
    assert.match(reply.error, words);
    assert.deepEqual(Object.keys(reply), ["id", "error"]);
    assert.equal(reply.id, 7);
    const now = ask({ do: "see" });
    assert.deepEqual([now.frame, now.recipe], [frame, recipe]);
  });

test("before a start there is nothing to see", () => {
  assert.match(session().answer({ do: "see" }).error, /no game yet/);
});

test("a game that diverges says so, stands still, and can be taken back", () => {
  const { ask } = begun({ ...LINE, optimizer: "sgd", lr_D: 1e200, lr_G: 1e200, dtype: "float64" });
  const { frame, stopped, iterations } = ask(train(50));
  assert.match(stopped, /diverged/);
  assert.equal(frame.stopped, stopped);
  assert.ok(iterations < 50);
  assert.ok(frame.p_g.every(Number.isFinite));
  assert.equal(ask(train(5)).frame.t, frame.t);
  assert.equal(ask({ do: "move", what: "line" }).line, null);
  assert.equal(ask({ do: "rewind", t: 0 }).stopped, null);
  assert.equal(ask({ do: "move", what: "D" }).frame.turn, "D");
});

const SLOW = ["jsd", "V", "C", "D_star", "D_star_error", "modes_found", "quality", "missing"];

// The iteration of which a frame has slow numbers.
const whenMeasured = ({ t, measured }) => measured?.at.t ?? t;

// Sixty frames of a game in the plane, by a clock on which what is slow to see takes its time.
function slowly() {
  let time = 0;
  const { ask } = begun(PLANE, { now: () => (time += 2) });
  return { ask, frames: Array.from({ length: 60 }, () => ask(train(1)).frame) };
}

test("in the plane what needs the mesh comes a little at a time, and is of the moment it says", () => {
  const { ask, frames } = slowly();
  const times = frames.map(whenMeasured);
  assert.ok(frames.every(({ t }, i) => times[i] <= t && times[i] >= (times[i - 1] ?? 0)));
  const anew = [...new Set(times)];
  assert.ok(anew.length > 2 && anew.length < 30, anew.join());
  for (const { still, t, ...frame } of frames.filter(({ t }, i) => times[i] < t)) {
    assert.deepEqual([still.t, frame.jsd, frame.V, frame.quality, frame.missing], [t, NaN, NaN, NaN, []]);
    assert.ok(frame.D_star.every(Number.isNaN));
  }
  const late = frames.findLast((frame) => whenMeasured(frame) === anew[1]);
  const { frame } = ask({ do: "rewind", t: anew[1] });
  assert.ok(isMeasured(frame) && !isMeasured(late));
  for (const name of SLOW) assert.deepEqual(late.measured.numbers[name], frame[name], name);
  assert.deepEqual(structuredClone(frame), frame);
});

test("what a frame was seen without can be measured later, wherever the game is then", () => {
  const { ask, frames } = slowly();
  const late = frames.find(({ still, t }) => still && t > 20);
  const { measured, ...rest } = ask({ do: "measure", still: structuredClone(late.still) });
  assert.deepEqual(Object.keys(rest), ["id"]);
  const { frame } = ask({ do: "rewind", t: late.t });
  assert.deepEqual(measured.at, { t: late.t, steps: 0 });
  const whole = withMeasured(late, measured);
  assert.ok(!("still" in whole));
  for (const name of SLOW) assert.deepEqual(whole[name], frame[name], name);
});

test("what is seen after something was measured does not fall behind it", () => {
  const { ask, frames } = slowly();
  ask({ do: "measure", still: frames.at(-1).still });
  assert.deepEqual(ask(train(1)).frame.measured.at, { t: 60, steps: 0 });
  ask({ do: "measure", still: frames.find(({ still }) => still).still });
  assert.ok(whenMeasured(ask(train(1)).frame) >= 60);
});

test("what was measured of a moment that has not come yet, as another view may have gone back, is not shown", () => {
  const { still } = slowly().frames.at(-1);
  const { ask } = begun(PLANE, { now: () => 0 });
  ask({ do: "measure", still });
  const { frame } = ask(train(1));
  assert.ok(isMeasured(frame) && frame.t === 1);
});

test("the axis of the line is that of the start", () => {
  const { ask, first } = begun({ ...LINE, lr_G: 0.1 });
  assert.deepEqual(ask(train(20)).frame.x, first.frame.x);
});

test("a session may be given another game to play", () => {
  const made = [];
  const { answer } = session((recipe) => {
    made.push(recipe);
    return new Training({ ...recipe, seed: 5 });
  });
  assert.equal(answer({ do: "start", recipe: LINE }).recipe.seed, 5);
  assert.deepEqual(made, [LINE]);
});

// A worker that is not there: what it was asked, and how it breaks.
function fakeWorker() {
  const worker = {
    asked: [],
    ended: false,
    terminate: () => (worker.ended = true),
    postMessage: (m) => worker.asked.push(m),
  };
  return { worker, start: () => ({ worker, url: "blob:none" }) };
}
const soon = (wake) => queueMicrotask(wake);

test("replies of a worker find who asked, in any order", async () => {
  const { worker, start } = fakeWorker();
  const client = workerClient({ start });
  const [one, two] = [client.ask({ id: "a", do: "see" }), client.ask({ id: "b", do: "see" })];
  worker.onmessage({ data: { id: worker.asked[1].id, says: 2 } });
  worker.onmessage({ data: { id: worker.asked[0].id, says: 1 } });
  assert.deepEqual(
    [await one, await two],
    [
      { id: "a", says: 1 },
      { id: "b", says: 2 },
    ],
  );
  assert.equal(client.note, null);
  const last = client.ask({ id: "c", do: "see" });
  client.close();
  assert.ok(worker.ended);
  assert.match((await last).error, /closed/);
  assert.match((await client.ask({ do: "see" })).error, /closed/);
});

test("a worker that may not run is replaced by the page, and no request is lost", async () => {
  const { worker, start } = fakeWorker();
  const client = workerClient({ start, later: soon });
  const replies = [client.ask({ id: 1, do: "start", recipe: LINE }), client.ask({ id: 2, ...train(2) })];
  worker.onerror({ preventDefault() {} });
  const [first, second] = await Promise.all(replies);
  assert.deepEqual([first.id, first.frame.t, second.id], [1, 0, 2]);
  assert.ok(second.frame.t >= 1);
  assert.match(client.note, /may not start a worker/);
});

test("a worker that breaks off loses its game, and says so", async () => {
  const { worker, start } = fakeWorker();
  const client = workerClient({ start, later: soon });
  const first = client.ask({ do: "start", recipe: LINE });
  worker.onmessage({ data: { id: worker.asked[0].id } });
  await first;
  const second = client.ask({ id: 9, ...train(1) });
  worker.onerror({});
  assert.match((await second).error, /broke off/);
  assert.match((await client.ask({ do: "see" })).error, /no game yet/);
});
