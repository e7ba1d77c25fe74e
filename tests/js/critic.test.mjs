import assert from "node:assert/strict";
import { test } from "node:test";

import { bound, CRITICS, divergence, outside } from "../../gan_lab/front_end/numeric/critics.js";
import { stateOfBoard } from "../../gan_lab/front_end/ui/explore/board.js";
import { CRITIC } from "../../gan_lab/front_end/ui/explore/critic.js";
import { criticLayout, MEASURES, rangeOf } from "../../gan_lab/front_end/ui/explore/critic_picture.js";

const close = (a, b, room = 1e-9) => assert.ok(Math.abs(a - b) <= room, `${a} is not ${b}`);
const say = (asked) => {
  const state = stateOfBoard(CRITIC, asked);
  return CRITIC.sentence(state, CRITIC.measure(state));
};

test("no bend of a critic earns more than the best one, and every loss has words", () => {
  for (const loss of CRITICS) {
    assert.ok(MEASURES[loss].length === 2);
    for (const q of [
      { mu: 1, sigma: 1.2 },
      { mu: -2, sigma: 0.8 },
      { mu: 0, sigma: 1 },
    ]) {
      const most = divergence(loss, q);
      for (const scale of [0, 0.4, 1, 1.6])
        for (const shift of [-0.5, 0, 0.5])
          assert.ok(bound(loss, q, scale, shift) <= most + 1e-9, `${loss} ${scale} ${shift}`);
    }
  }
});

test("equal distributions have the divergence of none", () => {
  for (const loss of CRITICS)
    close(divergence(loss, { mu: 0, sigma: 1 }), loss === "minimax" ? -Math.log(4) : 0, 1e-12);
});

test("two values that are known", () => {
  close(divergence("f-kl", { mu: 1, sigma: 1 }), 0.5);
  close(divergence("hinge", { mu: 2, sigma: 1 }), 2 * 0.6826894921370859);
  close(divergence("f-pearson", { mu: 1, sigma: 1 }), Math.E - 1);
  assert.equal(divergence("f-pearson", { mu: 1, sigma: 0.6 }), Infinity);
});

test("outside of the domain is seen, where T* comes near its end and where it does not", () => {
  assert.ok(outside("f-hellinger", { mu: 1, sigma: 0.9 }, 1, 0.1));
  assert.ok(!outside("f-hellinger", { mu: 0.8, sigma: 1.3 }, 1, 0.4));
  assert.ok(outside("minimax", { mu: 1, sigma: 1 }, 0, 0.1));
  assert.ok(!outside("f-kl", { mu: 1, sigma: 1 }, 2, 1));
});

test("the sentence says what T earns and what it might", () => {
  assert.match(say({}), /^A bound: T earns 0\.221, which is 0\.156 less than KL\(p‖q\) = 0\.377\.$/);
  assert.match(say({ scale: 1 }), /^The best critic: T\* earns 0\.377, all of/);
  assert.match(say({ loss: "f-pearson", sigma: 0.6 }), /^No bound: q is so narrow/);
  assert.match(
    say({ loss: "f-hellinger", sigma: 0.8, shift: 1 }),
    /^Outside: .*minus infinity; squared Hellinger = 0\.304\.$/,
  );
  assert.match(say({ loss: "f-kl", mu: 3, sigma: 0.5, scale: 1.5 }), /^A bound: T earns less than minus a million/);
  assert.match(say({ loss: "relativistic", scale: 1, shift: 0.5 }), /^Another best critic/);
});

test("a hand takes q, the critic or the point of the chart", () => {
  for (const width of [358, 700]) {
    const size = { width, height: CRITIC.height(width) };
    const place = criticLayout(size);
    const state = stateOfBoard(CRITIC);
    const moved = CRITIC.grab([place.x(1), place.base - 20], state, size)([place.x(1.5), place.base - 20]);
    close(moved.mu, 1.5);
    close(moved.sigma, state.sigma);
    close(CRITIC.grab([place.x(0), place.T(0)], state, size)([0, place.T(0.5)]).shift, 0.5);
    close(CRITIC.grab([0, place.chart.base - 20], state, size)([place.chart.c(1.5), 0]).scale, 1.5);
    assert.equal(CRITIC.grab([100, place.chart.base + 30], state, size), null);
  }
});

test("the chart holds the divergence and what a blind critic earns, and ends where it is too large", () => {
  const [low, high] = rangeOf(0.4, 0);
  assert.ok(low < 0 && high > 0.4);
  assert.ok(rangeOf(Infinity, 0)[1] < 100);
  assert.ok(rangeOf(0, 0)[1] > 0);
});
