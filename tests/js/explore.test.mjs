import assert from "node:assert/strict";
import { test } from "node:test";
import { THEMES } from "../../gan_lab/front_end/draw/theme.js";
import * as laws from "../../gan_lab/front_end/numeric/game_value.js";
import { snapped, stateOfBoard } from "../../gan_lab/front_end/ui/explore/board.js";
import { EXPLORABLES } from "../../gan_lab/front_end/ui/explore/explorables.js";
import { PAIR } from "../../gan_lab/front_end/ui/explore/pair.js";
import { pairLayout } from "../../gan_lab/front_end/ui/explore/pair_picture.js";
import {
  best,
  LOWEST,
  POINTWISE,
  pointwiseLayout,
  spotUnderCurve,
  v,
} from "../../gan_lab/front_end/ui/explore/pointwise.js";
import { strokeOf } from "../../gan_lab/front_end/ui/explore/you_are_d.js";
import { paper } from "./paper.mjs";

const close = (a, b, room = 1e-9) => assert.ok(Math.abs(a - b) <= room, `${a} is not ${b}`);
const sizes = [358, 700, 928].map((width) => (view) => ({ width, height: view.height(width) }));
const say = (view, asked) => {
  const state = stateOfBoard(view, asked);
  return view.sentence(state, view.measure(state));
};
const grid = [];
for (const data of ["gaussian", "bimodal"])
  for (const mu of [-4, -1.3, 0, 2, 4]) for (const sigma of [0.2, 0.5, 1, 3]) grid.push({ data, mu, sigma });

test("Theorem 1: C(G) as the value at D* is 2 JSD - log 4, and -log 4 only where p_G = p_data", () => {
  for (const state of grid) {
    const { C, jsd } = PAIR.measure({ ...state, D: "best" });
    close(C, 2 * jsd - Math.log(4));
    const equal = state.data === "gaussian" && state.mu === 0 && state.sigma === 1;
    if (equal) close(jsd, 0, 1e-14);
    else assert.ok(jsd > 0.01 && jsd < Math.LN2, `${JSON.stringify(state)}: ${jsd}`);
  }
});

test("V(G, D) <= V(G, D*), and the blue area is the gap", () => {
  for (const state of grid)
    for (const [alpha, c] of [
      [-6, 5],
      [-1, 0],
      [0, 0],
      [3, -2.5],
      [6, 5],
    ]) {
      const { V, C, gap } = PAIR.measure({ ...state, D: "own", alpha, c });
      assert.ok(V <= C + 1e-12);
      close(C - V, gap);
    }
});

test("D = 1/2 has the value -log 4 against every generator, so the green area is 2 JSD", () => {
  for (const state of grid) {
    const { V, gap, jsd } = PAIR.measure({ ...state, D: "own", alpha: 0, c: 1 });
    close(V, -Math.log(4));
    close(gap, 2 * jsd);
  }
});

test("for equal variances D* is a logistic curve that the reader can reach, and says so", () => {
  const reached = { data: "gaussian", mu: 2, sigma: 1, D: "own", alpha: -2, c: 1 };
  const { C, V, gap } = PAIR.measure(reached);
  close(V, C, 1e-13);
  close(gap, 0, 1e-13);
  assert.match(say(PAIR, reached), /it is D\*\.$/);
  assert.doesNotMatch(say(PAIR, { ...reached, sigma: 1.05 }), /it is D\*/);
});

test("the divergence keeps its symmetries: of the two laws, of a reflection, of a change of scale", () => {
  const { gaussian, jsd } = laws;
  close(jsd(gaussian(0, 1), gaussian(1.5, 0.4)), jsd(gaussian(1.5, 0.4), gaussian(0, 1)), 1e-13);
  close(jsd(gaussian(0, 1), gaussian(1.5, 0.4)), jsd(gaussian(0, 1), gaussian(-1.5, 0.4)), 1e-13);
  close(jsd(gaussian(0, 1), gaussian(1.5, 0.4)), jsd(gaussian(0, 2), gaussian(3, 0.8)), 1e-12);
});

test("the trapezoid rule agrees with Simpson's on a grid of its own", () => {
  const [p, q] = [laws.gaussian(0, 1), laws.gaussian(4, 0.2)];
  const logit = laws.optimalLogit(p, q);
  const f = (x) => -Math.exp(p(x)) * laws.softplus(-logit(x)) - Math.exp(q(x)) * laws.softplus(logit(x));
  const [start, end, n] = [-9, 9, 30000];
  let sum = f(start) + f(end);
  for (let i = 1; i < n; i++) sum += (i % 2 ? 4 : 2) * f(start + ((end - start) * i) / n);
  close(laws.C(p, q), (sum * (end - start)) / (3 * n), 1e-10);
});

test("Proposition 1: no y does better than a / (a + b)", () => {
  for (const [a, b] of [
    [0.6, 0.2],
    [0.01, 1],
    [1, 1],
    [0.3, 0.3],
    [1, 0.02],
  ]) {
    const { best: top, most } = POINTWISE.measure({ a, b, y: 0.5 });
    close(top, a / (a + b), 0);
    for (let y = 0.0005; y < 1; y += 0.0005) assert.ok(v(a, b, y) <= most + 1e-15);
    assert.ok(v(a, b, top - 1e-4) < most && v(a, b, top + 1e-4) < most);
  }
});

test("where only one law has mass the supremum is at the end, and words say so", () => {
  assert.equal(best(0, 0.5), 0);
  assert.equal(best(0.5, 0), 1);
  assert.match(
    say(POINTWISE, { a: 0, b: 0.5, y: 0.3 }),
    /^p_data\(x\) = 0: .* supremum 0 at the end D\* = 0.* loses 0\.178 nats/,
  );
  assert.match(say(POINTWISE, { a: 0.5, b: 0, y: 0.3 }), /^p_G\(x\) = 0: .* D\* = 1/);
  assert.match(say(POINTWISE, { a: 0.5, b: 0, y: 1 }), /D is at that end/);
  assert.match(say(POINTWISE, { a: 0.5, b: 0, y: 0 }), /loses ∞ nats/);
});

test("where neither law has mass any y will do", () => {
  assert.equal(best(0, 0), null);
  for (const y of [0, 0.4, 1]) {
    const { value, loss } = POINTWISE.measure({ a: 0, b: 0, y });
    assert.deepEqual([value, loss], [0, 0]);
    assert.match(say(POINTWISE, { a: 0, b: 0, y }), /^Any D will do: .*not defined/);
  }
});

test("a y that rules out what happens has v = −∞", () => {
  for (const y of [0, 1]) assert.match(say(POINTWISE, { a: 0.6, b: 0.2, y }), /v = −∞/);
});

test("the sentence has the numbers", () => {
  assert.match(say(POINTWISE, {}), /^D = 0\.400: v = −0\.652, 0\.202 nats below the most, −0\.450 at .* = 0\.750\.$/);
  assert.match(say(PAIR, {}), /^JSD 0\.337 nats: C\(G\) = V\(G,D\*\) = 2 JSD − log 4 = −0\.713\./);
  assert.match(say(PAIR, { mu: 0 }), /^p_G = p_data: JSD 0, so C\(G\) = −log 4 = −1\.386/);
  assert.match(say(PAIR, { D: "own" }), /V\(G,D\) = −0\.989, less by 0\.276/);
});

test("a hand puts a slider on its steps, inside its ends", () => {
  const knob = { min: 0.2, max: 3, step: 0.05 };
  assert.equal(snapped(1.0234, knob), 1);
  assert.equal(snapped(-7, knob), 0.2);
  assert.equal(snapped(Infinity, knob), 3);
});

test("a start that is not possible is put inside; names that are not known are left out", () => {
  assert.deepEqual(stateOfBoard(POINTWISE, { a: 7, b: "x", z: 1 }), { ...POINTWISE.start, a: 1 });
  assert.equal(stateOfBoard(PAIR, { data: "no such", D: "own" }).data, "gaussian");
  assert.equal(stateOfBoard(PAIR, { D: "own" }).D, "own");
});

test("on the pointwise curve y goes to where the hand is", () => {
  const size = sizes[1](POINTWISE);
  const { y, base } = pointwiseLayout(size);
  const move = POINTWISE.grab([y(0.4), 100], POINTWISE.start, size);
  close(move([y(0.7), 100]).y, 0.7);
  assert.equal(POINTWISE.grab([y(0.4), base + 40], POINTWISE.start, size), null);
});

test("a hand takes p_G sideways and up, or the reader's D by its ½", () => {
  const size = sizes[1](PAIR);
  const place = pairLayout(size);
  const state = stateOfBoard(PAIR, { D: "own", c: 1 });
  const start = [place.x(1), place.D(0.5)];
  const { c } = PAIR.grab(start, state, size)([place.x(2.5), place.D(0.1)]);
  close(c, 2.5);
  const far = [place.x(-3), place.D(0.2)];
  const { mu, sigma } = PAIR.grab(far, state, size)([place.x(-4), far[1] - 40]);
  close(mu, state.mu - 1);
  assert.ok(sigma < state.sigma, "pulled up, p_G is narrower");
  assert.equal("mu" in PAIR.grab(start, { ...state, D: "best" }, size)(start), true);
  assert.equal(PAIR.grab([place.x(0), place.base + 60], state, size), null);
});

test("a stroke draws D at every handle that it passes, and at the one nearest to its end", () => {
  const swept = strokeOf([-1.4, 0.2], [1.2, 0.72]);
  assert.deepEqual(Object.keys(swept), ["D4", "D5", "D6"]);
  close(swept.D4, 0.28);
  close(swept.D5, 0.48);
  close(swept.D6, 0.72); // at 1 the stroke's end is near, and counts
  assert.deepEqual(strokeOf([2.1, 0.5], [2.1, 0.9]), { D7: 0.9 });
  assert.deepEqual(strokeOf([5.9, 0.5], [5.8, 0.9]), { D10: 0.9 });
});

const shown = {
  pointwise: [{}, { a: 0 }, { b: 0 }, { a: 0, b: 0 }, { y: 0 }, { y: 1 }, { a: 1, b: 1, y: 0.01 }, { a: 0.01 }],
  pair: [
    {},
    { mu: 0 },
    { mu: 4, sigma: 0.2 },
    { mu: -4, sigma: 3 },
    { D: "own" },
    { D: "own", alpha: 6, c: 5 },
    { data: "bimodal", D: "own", alpha: 0 },
  ],
  losses: [{}, { s: -6 }, { s: 6 }, { against: "D" }, { against: "D", s: 6 }, { against: "D", s: -6 }],
  pulls: [{}, { mu: 4, sigma: 0.2 }, { mu: -4, sigma: 3 }, { data: "gaussian", mu: 0, sigma: 1 }],
  fits: [
    {},
    { a: 0 },
    { a: 5 },
    { divergence: "kl", a: 5 },
    { divergence: "js", a: 3 },
    { divergence: "non-saturating", a: 2.4 },
  ],
  game: [
    {},
    { beta: 0 },
    { beta: 1, mu: 4, sigma: 2 },
    { beta: -1, mu: -4, sigma: 0.1, m: "4096" },
    { alpha: 4, c: 4, m: "256" },
  ],
  two_numbers: [
    {},
    { h: 2.5 },
    { theta: 3, psi: -3, beta: 0.9 },
    { game: "minimax", gamma: 5, h: 2 },
    { game: "non-saturating", order: "alternating", beta: -0.9 },
  ],
  supports: [{}, { theta: 0 }, { theta: 5 }, { theta: -5, sigma: 2 }, { theta: 0, sigma: 1 }],
  critic: [
    {},
    { mu: 3, sigma: 2, scale: 2, shift: 1 },
    { loss: "hinge", mu: -3 },
    { loss: "relativistic", scale: 0, shift: -1 },
    { loss: "least-squares", sigma: 0.5 },
  ],
  which_gamma: [{}], // its record is Python's: tests/widgets/test_explore_which_gamma.py
  likelihood: [{}, { mu: 4, sigma: 0.2, n: "1000" }, { data: "gaussian", mu: 0, sigma: 3, n: "100" }],
  elbo: [{}, { m: 3, t: 2, x: -3, s: 0.4 }, { m: -3, t: 0.4 }, { x: 0, s: 2 }],
  what_ails_it: [{}], // its record is Python's: tests/widgets/test_explore_what_ails_it.py
  you_are_d: [
    {},
    { committed: "yes" },
    { pair: "disjoint", committed: "yes", D0: 0.99 },
    { pair: "overlapping", committed: "yes", D4: 0.01, D5: 0.01 },
  ],
  you_are_g: [{}, { x1: -5, x2: 5 }, { data: "one mode" }],
  euler: [{}, { steps: 1 }, { steps: 32, z: -2.5 }, { data: "one bump", steps: 2 }],
  in_or_out: [{}, { answer1: "in" }, { question: "3", answer3: "in" }, { question: "4", answer4: "around" }],
};

test("every picture keeps inside its canvas, leaves the context as it was, and draws only numbers", () => {
  for (const [name, view] of Object.entries(EXPLORABLES))
    for (const asked of shown[name])
      for (const sizeOf of sizes)
        for (const theme of Object.values(THEMES)) {
          const size = sizeOf(view);
          const sheet = paper();
          const state = stateOfBoard(view, asked);
          view.draw(sheet.context, state, view.measure(state), size, theme);
          const where = `${name} ${JSON.stringify(asked)} at ${size.width}`;
          assert.equal(sheet.depth(), 0, where);
          for (const { text, x, y } of sheet.words()) {
            assert.ok(x >= 0 && x + 5 * text.length <= size.width + 8, `${where}: "${text}" at ${x}`);
            assert.ok(y > 0 && y <= size.height, `${where}: "${text}" at height ${y}`);
            assert.doesNotMatch(text, /NaN|undefined|unknown/, where);
          }
          for (const { path = [] } of sheet.made)
            for (const point of path)
              for (const value of Object.values(point))
                assert.ok(typeof value === "string" || Number.isFinite(value), `${where}: ${JSON.stringify(point)}`);
        }
});

test("the bar of a against b is parted at D*", () => {
  const size = sizes[1](POINTWISE);
  const sheet = paper();
  POINTWISE.draw(sheet.context, POINTWISE.start, POINTWISE.measure(POINTWISE.start), size, THEMES.light);
  const place = pointwiseLayout(size);
  const areas = sheet.made.filter(({ kind, path }) => kind === "fill" && path?.length === 5 && path[0].y > place.base);
  assert.equal(areas.length, 2);
  close(areas[0].path[2].x, place.y(0.75));
  close(areas[1].path[0].x, place.y(0.75));
  assert.ok(LOWEST < v(1, 1, 0.5), "the lowest top is in the picture");
});

test("what the reader's y loses is written under the curve and beside the line of D*, where there is room", () => {
  const wide = 75;
  let beside = 0;
  for (const size of sizes.map((of) => of(POINTWISE)))
    for (const [a, b] of [
      [0.6, 0.2],
      [0.9, 0.05],
      [0.02, 0.9],
      [0.5, 0.5],
    ])
      for (let y = 0.02; y < 1; y += 0.02) {
        const place = pointwiseLayout(size);
        const [x, line] = [place.y(y), place.y(best(a, b))];
        if (v(a, b, y) <= LOWEST || place.nats(v(a, b, y)) > place.base - 40) continue;
        const { from, at, align } = spotUnderCurve({ a, b, y }, best(a, b), wide, place);
        const ends = align === "left" ? [from, from + wide] : [from - wide, from];
        const under = ends.every((end) => place.nats(v(a, b, place.y.invert(end))) < at);
        beside += 1;
        assert.ok(at < place.base && ends[0] >= place.ends[0] && ends[1] <= place.ends[1], `${a} ${b} ${y}`);
        assert.ok(ends[1] < line || ends[0] > line, `${size.width}: ${a} ${b} ${y} on the line of D*`);
        assert.ok(ends[1] < x || ends[0] > x, `${size.width}: ${a} ${b} ${y} on the line of y`);
        if (at < place.base - 14) assert.ok(under, `${size.width}: ${a} ${b} ${y} on the curve`);
      }
  assert.ok(beside > 200);
});
