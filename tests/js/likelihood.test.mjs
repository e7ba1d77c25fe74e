import assert from "node:assert/strict";
import { test } from "node:test";
import { gaussian, ofBells } from "../../gan_lab/front_end/numeric/game_value.js";
import { crossEntropy, entropy, kl, mostLikely, paidOn } from "../../gan_lab/front_end/numeric/likelihood.js";
import { stateOfBoard } from "../../gan_lab/front_end/ui/explore/board.js";
import { LIKELIHOOD } from "../../gan_lab/front_end/ui/explore/likelihood.js";
import { likelihoodLayout } from "../../gan_lab/front_end/ui/explore/likelihood_picture.js";

const close = (a, b, room = 1e-9) => assert.ok(Math.abs(a - b) <= room, `${a} is not ${b}`);

test("three numbers of three ways add up, and KL is 0 for the data alone", () => {
  for (const bells of [
    [[0, 1]],
    [
      [-2, 0.5],
      [2, 0.5],
    ],
  ])
    for (const [mu, sigma] of [
      [0, 1],
      [4, 0.2],
      [-4, 3],
      [0, Math.sqrt(4.25)],
    ]) {
      const [p, q] = [ofBells(bells), gaussian(mu, sigma)];
      close(crossEntropy(bells, mu, sigma), entropy(p) + kl(p, q));
    }
  close(kl(gaussian(0, 1), gaussian(0, 1)), 0, 1e-14);
  close(entropy(gaussian(1, 0.5)), 0.5 * Math.log(2 * Math.PI * Math.E * 0.25));
});

test("the most likely Gaussian has the mean and the mean square of the draws", () => {
  const draws = [-1, 0, 4];
  const { mu, sigma } = mostLikely(draws);
  close(mu, 1);
  close(sigma, Math.sqrt(14 / 3));
  for (const [a, b] of [
    [0.01, 0],
    [0, 0.01],
    [-0.01, -0.01],
  ])
    assert.ok(paidOn(draws, mu + a, sigma + b) > paidOn(draws, mu, sigma));
});

test("a hand moves the mean sideways and its height upwards, and not the bars", () => {
  for (const width of [358, 700]) {
    const size = { width, height: LIKELIHOOD.height(width) };
    const [place, state] = [likelihoodLayout(size), stateOfBoard(LIKELIHOOD)];
    const moved = LIKELIHOOD.grab([place.x(1), place.base - 30], state, size)([place.x(-1), place.base - 60]);
    close(moved.mu, -1);
    assert.ok(moved.sigma < 1); // up is its height
    assert.equal(LIKELIHOOD.grab([100, place.rows[1]], state, size), null);
    assert.ok(place.rows[2] + 16 < size.height);
  }
});
