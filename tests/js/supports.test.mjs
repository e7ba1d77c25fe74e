import assert from "node:assert/strict";
import { test } from "node:test";

import { apart, box, jsdOverDistance } from "../../gan_lab/front_end/numeric/supports.js";
import { stateOfBoard } from "../../gan_lab/front_end/ui/explore/board.js";
import { SUPPORTS } from "../../gan_lab/front_end/ui/explore/supports.js";
import { supportsLayout } from "../../gan_lab/front_end/ui/explore/supports_picture.js";

const close = (a, b, room = 1e-9) => assert.ok(Math.abs(a - b) <= room, `${a} is not ${b}`);
const say = (asked) => {
  const state = stateOfBoard(SUPPORTS, asked);
  return SUPPORTS.sentence(state, SUPPORTS.measure(state));
};

test("without noise JSD rises to log 2 where the boxes part, and stays; W1 goes on", () => {
  close(apart(0.5, 0).jsd, 0.5 * Math.LN2);
  assert.deepEqual(apart(3, 0), { jsd: Math.LN2, jsdSlope: 0, w1: 3, w1Slope: 1 });
  assert.deepEqual(apart(-3, 0), { jsd: Math.LN2, jsdSlope: 0, w1: 3, w1Slope: -1 });
  assert.deepEqual(apart(0, 0), { jsd: 0, jsdSlope: 0, w1: 0, w1Slope: 0 });
});

test("the slope of JSD is that of its value, by differences", () => {
  for (const [theta, sigma] of [
    [0.4, 0.1],
    [2, 0.5],
    [-3, 1.5],
  ]) {
    const at = (h) => apart(theta + h, sigma).jsd;
    close(apart(theta, sigma).jsdSlope, (at(1e-4) - at(-1e-4)) / 2e-4, 1e-7);
  }
});

test("a box with little noise is nearly the box, and its mass is 1", () => {
  close(box(0.2, 0.01), 1);
  close(box(0.8, 0.01), 0);
  let mass = 0;
  for (let x = -12; x <= 12; x += 1 / 64) mass += box(x, 1.3) / 64;
  close(mass, 1, 1e-12);
});

test("the curve ends where it is asked to and never falls", () => {
  for (const sigma of [0, 0.3, 2]) {
    const found = jsdOverDistance(sigma, 5, 50);
    close(found.at(-1)[0], 5, sigma / 32);
    for (let i = 1; i < found.length; i++) assert.ok(found[i][1] >= found[i - 1][1] - 1e-15);
  }
});

test("the sentence says how far apart, by both, and with which slopes", () => {
  assert.match(say({}), /^Apart: JSD = log 2 = 0\.693 nats, slope 0; W1 = 2\.00, slope 1\./);
  assert.match(say({ theta: -0.5 }), /^The boxes overlap: JSD = 0\.347 nats, slope −0\.693; W1 = 0\.50, slope −1\./);
  assert.match(say({ theta: 3, sigma: 1 }), /^With noise: JSD = 0\.\d{3} nats, slope 0\.152; W1 = 3\.00/);
  assert.match(say({ theta: 5, sigma: 0.3 }), /slope less than 0\.001; /);
  assert.equal(say({ theta: 0, sigma: 1 }), "The boxes are the same: JSD = 0 and W1 = 0.");
});

test("a hand takes the generator's box, or the distance on the chart", () => {
  for (const width of [358, 700]) {
    const size = { width, height: SUPPORTS.height(width) };
    const place = supportsLayout(size);
    const state = stateOfBoard(SUPPORTS);
    close(SUPPORTS.grab([place.x(2), place.base - 20], state, size)([place.x(-3.2), 0]).theta, -3.2);
    close(SUPPORTS.grab([0, place.chart.base - 20], state, size)([place.x(4.5), 0]).theta, 4.5);
    assert.equal(SUPPORTS.grab([100, place.chart.base + 30], state, size), null);
  }
});
