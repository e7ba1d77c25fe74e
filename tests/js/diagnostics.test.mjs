// Real games, sick and well: each ailment is found where it is, and nothing where there is none.

import assert from "node:assert/strict";
import test from "node:test";

import { diagnose } from "../../gan_lab/front_end/diagnostics/diagnose.js";
import { FrameHistory } from "../../gan_lab/front_end/source/frame_history.js";
import { session } from "../../gan_lab/front_end/source/session.js";

// A game played to iteration t with a frame every so often: what was found at each frame.
function played(recipe, t, every) {
  let time = 0; // one that does not hang on the machine decides when the mesh is seen
  const { answer } = session(undefined, { now: () => (time += 0.1) });
  const kept = new FrameHistory();
  const found = [];
  let reply = answer({ do: "start", recipe });
  for (;;) {
    assert.equal(reply.error, undefined);
    const { frame } = reply;
    kept.add({ frame });
    const { history } = kept;
    found.push(diagnose(frame, history, reply.recipe));
    if (frame.t >= t || reply.stopped) return { found, last: found[found.length - 1], frame, history };
    reply = answer({ do: "train", budget: 1e9, most: every });
  }
}

const kinds = (findings) => findings.map(({ kind }) => kind);
const PLAIN = { G: [16, 16], D: [16, 16], m: 64, k: 2, lr_D: 0.01, lr_G: 0.003, iterations: 1000 };
const BARE = { ...PLAIN, r1: 0, r2: 0, schedule: "constant" };
const RING = { kind: "ring", modes: 8, radius: 1, sd: 0.1 };
const SPOTS = {
  kind: "spots",
  means: [
    [-0.7, 0],
    [0.7, 0],
  ],
  sds: [0.15, 0.15],
  weights: [0.5, 0.5],
};
const BUMPS = { means: [-1, 1], sds: [0.3, 0.3], weights: [0.5, 0.5] };
const PLANE = { latent_dim: 2, G: [16, 16], D: [16, 16], m: 32, k: 1, gain: 1, beta1: 0.5 };

const WELL = {
  "one bump": [PLAIN, 400, 5],
  "two bumps": [{ ...PLAIN, data: BUMPS, k: 4 }, 400, 5],
  "long turns of D": [{ ...PLAIN, k: 20, lr_G: 0.01 }, 80, 1],
  "two spots": [{ ...PLANE, data: SPOTS, lr_D: 2e-3, lr_G: 1e-3, r1: 0.02, r2: 0.02 }, 800, 20],
};

for (const [name, [recipe, t, every]] of Object.entries(WELL))
  test(`a game that is well is left alone, at every frame: ${name}`, () => {
    const { found, frame, history } = played(recipe, t, every);
    assert.deepEqual(found.flat(), []);
    assert.ok(history.jsd[0] > 0.5 && !(frame.jsd > 0.45), `JSD from ${history.jsd[0]} to ${frame.jsd}`);
  });

test("diverged: rates that no game survives", () => {
  const { last, frame } = played({ ...BARE, optimizer: "sgd", momentum: 0.9, lr_D: 0.5, lr_G: 0.5 }, 300, 3);
  const ill = last.find(({ kind }) => kind === "diverged");
  assert.deepEqual([ill.number, ill.chapter], [frame.t, "convergence#how-long-a-step-may-be"]);
  assert.match(ill.words, /no longer finite.*Try smaller lr_D and lr_G/);
});

test("vanished: the minimax cost against a D that knows every sample", () => {
  const far = { means: [6], sds: [0.2], weights: [1] };
  const recipe = { ...BARE, loss: "minimax", standardise: false, data: far, k: 20, lr_G: 5e-4 };
  const { found, last, frame, history } = played(recipe, 60, 2);
  assert.deepEqual(kinds(last), ["vanished"]);
  assert.deepEqual(kinds(found[3]), []);
  const [ill] = last;
  assert.ok(frame.accuracy >= 0.99);
  assert.ok(ill.number <= 0.01 && ill.number === frame.grad_G / Math.max(...history.grad_G.filter(Number.isFinite)));
  assert.match(ill.words, /1 % or less.*99 % or more/);
  assert.equal(ill.chapter, "generator_losses#how-much-of-it-happens-in-a-run");
  const other = played({ ...recipe, loss: "non-saturating" }, 60, 2);
  assert.deepEqual(kinds(other.last), []);
});

test("collapsed in the plane: the cost of maximum likelihood sends all samples to one mode", () => {
  const recipe = {
    ...PLANE,
    data: RING,
    loss: "maximum-likelihood",
    r1: 0,
    r2: 0,
    schedule: "constant",
    lr_D: 1e-3,
    lr_G: 5e-3,
  };
  const { last, frame } = played(recipe, 500, 20);
  assert.deepEqual(kinds(last), ["collapsed"]);
  assert.equal(last[0].number, frame.missing.length);
  assert.ok(last[0].number >= 4);
  const names = frame.missing.map((i) => i + 1);
  assert.match(last[0].words, new RegExp(`misses ${names.length} of 8 modes \\(number ${names[0]}, `));
});

test("collapsed on the line: bumps that hardly any of G's probability is near", () => {
  const three = { means: [-2, 0, 2], sds: [0.1, 0.1, 0.1], weights: [0.1, 0.8, 0.1] };
  const { found, last, frame } = played({ ...BARE, data: three, k: 1 }, 400, 10);
  const ill = last.find(({ kind }) => kind === "collapsed");
  assert.deepEqual(frame.missing, [0, 2]);
  assert.equal(ill.number, 2);
  assert.match(ill.words, /misses 2 of 3 modes \(number 1 and 3\).*less than a tenth/);
  assert.deepEqual(kinds(found[10]), []); // too early to say so
});

test("circling: a bilinear game, in which alternating steps go round for ever", () => {
  const line = { G: [], D: [], optimizer: "sgd", lr_D: 0.3, lr_G: 0.3, m: 64, k: 1 };
  const recipe = { ...line, loss: "wasserstein", r1: 0, r2: 0, schedule: "constant" };
  const { last, frame } = played(recipe, 300, 2);
  assert.deepEqual(kinds(last), ["circling"]);
  assert.ok(last[0].number >= 0.1);
  assert.match(last[0].words, /went (\d+) times \(6 or more\).*0\.1 or more apart/);
  assert.equal(frame.D_kind, "score");
  const held = played({ ...recipe, r1: 1, r2: 1 }, 300, 2); // a penalty damps it
  assert.deepEqual(held.last, []);
});

test("circling: two networks with much momentum", () => {
  const { last } = played({ ...BARE, G: [16], beta1: 0.9, lr_D: 0.02, lr_G: 0.02, k: 1 }, 800, 5);
  assert.deepEqual(kinds(last), ["circling"]);
});

test("before the first frame there is nothing to say", () => {
  assert.deepEqual(diagnose(null, { length: 0 }), []);
});
