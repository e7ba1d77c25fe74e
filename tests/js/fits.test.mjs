import assert from "node:assert/strict";
import { test } from "node:test";

import { around, DIVERGENCES, fits, lead, transition } from "../../gan_lab/front_end/numeric/gaussian_fits.js";
import { stateOfBoard } from "../../gan_lab/front_end/ui/explore/board.js";
import { FITS } from "../../gan_lab/front_end/ui/explore/fits.js";
import { fitsLayout } from "../../gan_lab/front_end/ui/explore/fits_picture.js";

const close = (a, b, room = 1e-9) => assert.ok(Math.abs(a - b) <= room, `${a} is not ${b}`);
const say = (asked) => {
  const state = stateOfBoard(FITS, asked);
  return FITS.sentence(state, FITS.measure(state));
};

test("slopes and curvatures are those of the value, by differences", () => {
  for (const row of Object.values(DIVERGENCES))
    for (const where of [
      [0.7, 0.3],
      [2.4, -0.1],
    ]) {
      const [, u, v, uu, uv, vv] = around(row, 2.2, where);
      const moved = (i, h) =>
        around(
          row,
          2.2,
          where.map((one, k) => one + (k === i ? h : 0)),
        );
      const slope = (i, of) => (moved(i, 1e-4)[of] - moved(i, -1e-4)[of]) / 2e-4;
      close(u, slope(0, 0), 1e-7);
      close(v, slope(1, 0), 1e-7);
      close(uu, slope(0, 1), 1e-6);
      close(uv, slope(1, 1), 1e-6);
      close(vv, slope(1, 2), 1e-6);
    }
});

test("before the transition the middle leads and after it a bump; KL(p‖q) has no transition", () => {
  assert.equal(transition("kl"), null);
  for (const name of ["js", "non-saturating", "reverse-kl"]) {
    const a = transition(name);
    close(lead(fits(name, a)), 0, 1e-11);
    assert.ok(lead(fits(name, a - 0.05)) < 0 && lead(fits(name, a + 0.05)) > 0, name);
  }
});

test("the best Gaussian by KL(p‖q) has the mean and the variance of the data", () => {
  for (const a of [0, 1.3, 5]) {
    const { middle, onBump } = fits("kl", a);
    close(middle.sd, Math.sqrt(1 + a * a), 1e-12);
    assert.equal(onBump, null);
  }
});

test("the sentence says where the best fit sits, what it costs and what the other one does", () => {
  assert.match(
    say({}),
    /^In the middle: bumps at ±2\.00, and N\(0, 2\.05²\) has KL\(q‖p\) = 0\.227 nats\. No fit on a bump/,
  );
  assert.match(say({ a: 2.75 }), /^In the middle: .*; on a bump N\(2\.71, 1\.05²\) has 0\.68/);
  assert.match(say({ a: 2.85 }), /^On one bump: .*N\(2\.82, 1\.04²\).*; in the middle N\(0, 2\.64²\) has 0\.72/);
  assert.match(
    say({ divergence: "kl", a: 5 }),
    /^In the middle: .*0\.936 nats\. It has the mean and the variance of the data/,
  );
});

test("a hand takes a bump, or the distance on the chart", () => {
  for (const width of [358, 700]) {
    const size = { width, height: FITS.height(width) };
    const place = fitsLayout(size);
    const state = stateOfBoard(FITS);
    close(FITS.grab([place.x(2), place.base - 20], state, size)([place.x(-3.2), 0]).a, 3.2);
    close(FITS.grab([0, place.chart.base - 20], state, size)([place.chart.a(4.5), 0]).a, 4.5);
    assert.equal(FITS.grab([100, place.chart.base + 30], state, size), null);
  }
});
