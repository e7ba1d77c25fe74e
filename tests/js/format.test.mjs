import assert from "node:assert/strict";
import { test } from "node:test";

import { formatNats, formatNumber, rangeOfD, sentence } from "../../gan_lab/front_end/numeric/format.js";

const bell = (x, m) => Math.exp(-((x - m) ** 2) / 2) / Math.sqrt(2 * Math.PI);
const x = Array.from({ length: 401 }, (_, i) => -10 + i / 20);
const frame = {
  t: 120,
  turn: "D",
  x,
  p_data: x.map((v) => bell(v, 0)),
  p_g: x.map((v) => bell(v, 0)),
  D: x.map((v) => 1 / (1 + Math.exp(-v))),
  jsd: 0.0341,
  V: -1.3142,
  C: -1.2713,
};

test("the sentence says when, JSD, the bound, and D's range", () => {
  assert.equal(
    sentence(frame),
    "iteration 120, after D’s step: JSD 0.034 nats; V(G,D) −1.31 ≤ −1.27 = V(G,D*); D between 0.07 and 0.93",
  );
  assert.match(sentence({ ...frame, turn: "G" }), /^iteration 120, after G’s step: /);
  assert.match(sentence({ ...frame, t: 0, turn: "start" }), /^iteration 0, before training: /);
});

test("what is not known of a game is left out of the sentence", () => {
  const unknown = x.map(() => NaN);
  const critic = { ...frame, D: unknown, V: NaN, C: NaN, loss_D: -0.5, loss_G: 0.25 };
  assert.equal(sentence(critic), "iteration 120, after D’s step: JSD 0.034 nats; losses of D −0.50 and G 0.25");
  const nothing = { ...critic, p_g: unknown, jsd: NaN, turn: "start", t: 0, loss_D: NaN, loss_G: NaN };
  assert.equal(sentence(nothing), "iteration 0, before training");
});

test("D's range is over the central 99 % of (p_data + p_G)/2: the normal's quantile 2.576", () => {
  const logit = (p) => Math.log(p / (1 - p));
  const [low, high] = rangeOfD(frame).map(logit);
  assert.ok(Math.abs(low + 2.576) < 0.06 && Math.abs(high - 2.576) < 0.06, `${low} ${high}`);
});

test("numbers have a true minus sign, no minus zero, and names when they are none", () => {
  assert.deepEqual(
    [-1.386, -0.001, 2, NaN, Infinity, -Infinity].map((v) => formatNumber(v)),
    ["−1.39", "0.00", "2.00", "unknown", "∞", "−∞"],
  );
  assert.deepEqual([0.693, 0.0341, 0.00412, 0.00003].map(formatNats), ["0.69", "0.034", "0.0041", "below 0.0001"]);
});
