import assert from "node:assert/strict";
import { test } from "node:test";

import {
  exactTerms,
  generatorOf,
  minibatchOf,
  normalMoments,
  sampleDensityOf,
  sampledTerms,
} from "../../gan_lab/front_end/numeric/value_terms.js";
import { stateOfBoard } from "../../gan_lab/front_end/ui/explore/board.js";
import { GAME } from "../../gan_lab/front_end/ui/explore/game.js";
import { gameLayout } from "../../gan_lab/front_end/ui/explore/game_picture.js";

const close = (a, b, room = 1e-9) => assert.ok(Math.abs(a - b) <= room, `${a} is not ${b}`);
const state = (asked) => stateOfBoard(GAME, asked);
const say = (asked) => GAME.sentence(state(asked), GAME.measure(state(asked)));

test("a D that says ½ everywhere pays log 2 for each of the two, whatever G does", () => {
  for (const beta of [-1, 0, 0.3]) {
    const { data, noise, V, variance } = exactTerms(state({ alpha: 0, beta }));
    for (const term of [data, noise]) close(term, -Math.LN2, 1e-12);
    close(V, -Math.log(4), 1e-12);
    close(variance, 0, 1e-12);
  }
});

test("only D moves the first term, and a minibatch is drawn once for all G and D", () => {
  const minibatch = minibatchOf(256, 3);
  const [one, other] = [state({ mu: -1 }), state({ mu: 2, beta: -0.5 })];
  assert.equal(exactTerms(one).data, exactTerms(other).data);
  assert.equal(sampledTerms(one, minibatch).data, sampledTerms(other, minibatch).data);
  assert.notEqual(exactTerms(one).noise, exactTerms(other).noise);
});

test("an average over z is one over x with the density of x, in a G that bends too", () => {
  for (const asked of [{ beta: 0 }, { sigma: 1, beta: 0.1 }]) {
    const one = state(asked);
    const [G, density] = [generatorOf(one), sampleDensityOf(one)];
    const turn = one.beta ? one.mu - one.sigma ** 2 / (4 * one.beta) : -60;
    let sum = 0; // over x = turn + t^2, where the density has no singularity
    for (let t = 5e-4; t < 12; t += 1e-3) sum += 1e-3 * 2 * t * density(turn + t * t) * Math.cos(turn + t * t);
    close(sum, normalMoments((z) => Math.cos(G(z))).mean, 1e-6);
  }
});

test("the sentence has the value, the cross-entropy, and how far a minibatch is off", () => {
  assert.match(
    say({ mu: 1, sigma: 1, beta: 0 }),
    /^V\(G,D\) = −1\.163 nats: −2 times 0\.582, the cross-entropy of D\. 16 data and 16 samples say −1\.\d{3}, off by 0\.\d{3}; the usual is 0\.\d{3}\.$/,
  );
  const off = (m) => Number(say({ m }).match(/usual is (\S+)\.$/)[1]);
  close(off("256"), off("16") / 4, 1e-3);
});

test("a hand takes D at its ½, else G", () => {
  for (const width of [358, 700]) {
    const size = { width, height: GAME.height(width) };
    const place = gameLayout(size);
    const now = state();
    const atD = [place.x(now.c), place.D(0.5)];
    close(GAME.grab(atD, now, size)([place.x(now.c + 1), 0]).c, now.c + 1);
    close(GAME.grab([place.x(-4), place.base - 10], now, size)([place.x(-3), 0]).mu, now.mu + 1);
    assert.equal(GAME.grab([100, 20], now, size), null);
  }
});
