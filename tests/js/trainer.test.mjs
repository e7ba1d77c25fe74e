import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTIVATIONS } from "../../gan_lab/front_end/networks/activations.js";
import { MLP, Pass, sizeOf } from "../../gan_lab/front_end/networks/mlp.js";
import { fsum } from "../../gan_lab/front_end/numeric/fsum.js";
import { affine, columnSums, outer, transpose } from "../../gan_lab/front_end/numeric/matmul.js";
import { DOMAIN, philox, Stream } from "../../gan_lab/front_end/numeric/random_streams.js";
import { spectralNorm } from "../../gan_lab/front_end/numeric/spectral_norm.js";
import { Training } from "../../gan_lab/front_end/training/loop.js";
import { costOf, LOSSES } from "../../gan_lab/front_end/training/losses.js";
import { PENALTIES, penalise } from "../../gan_lab/front_end/training/penalties.js";

const words = (text) => text.split(" ").map((word) => parseInt(word, 16));

test("Philox gives the published answers", () => {
  // Known answers of Philox4x32-10, from kat_vectors of the authors' Random123 library.
  for (const [counter, key, answer] of [
    ["00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    ["ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    ["243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ]) {
    const out = new Uint32Array(4);
    philox(...words(counter), ...words(key), out);
    assert.deepEqual([...out], words(answer));
  }
});

test("a draw does not depend on how many are drawn with it", () => {
  for (const kind of ["uniform", "normal"]) {
    const draw = (n) => [...new Stream(2 ** 40 + 7)[kind](DOMAIN.DATA_FOR_D, 9, 2, new Float64Array(n))];
    for (const n of [1, 2, 3, 5, 30]) assert.deepEqual(draw(31).slice(0, n), draw(n));
  }
});

test("normal numbers have the moments of the normal law, within four standard errors", () => {
  const z = new Stream(1).normal(DOMAIN.NOISE_FOR_D, 0, 0, new Float64Array(40_000));
  const moment = (p) => z.reduce((sum, v) => sum + v ** p, 0) / z.length;
  const error = (p, variance) => (4 * Math.sqrt(variance)) / Math.sqrt(z.length);
  assert.ok(Math.abs(moment(1)) < error(1, 1));
  assert.ok(Math.abs(moment(2) - 1) < error(2, 2));
  assert.ok(Math.abs(moment(3)) < error(3, 15));
  assert.ok(Math.abs(moment(4) - 3) < error(4, 96));
});

const some = (n, seed) => new Stream(seed).normal(DOMAIN.NOISE_FOR_G, 3, 0, new Float64Array(n));
const near = (a, b, bound, what) =>
  assert.ok(Math.abs(a - b) <= bound * Math.max(1, Math.abs(b)), `${what}: ${a} is not ${b}`);

test("products in tiles are products, whatever is left at the edges, and touch no other row", () => {
  for (const n of [1, 2, 3, 4, 5, 9])
    for (const w of [1, 2, 3, 4, 5, 6, 8, 11])
      for (const [from, to] of [
        [0, 1],
        [0, 7],
        [2, 8],
        [3, 40],
        [1, 2],
        [5, 5],
      ]) {
        const rows = 41;
        const [x, W, b, g] = [some(rows * n, 1), some(n * w, 2), some(w, 3), some(rows * w, 4)];
        const y = new Float64Array(rows * w).fill(7);
        affine(y, x, W, b, from, to, n, w);
        const S = new Float64Array(n * w).fill(1);
        outer(S, x, g, from, to, n, w);
        for (let r = 0; r < rows; r++)
          for (let j = 0; j < w; j++) {
            let sum = b[j];
            for (let i = 0; i < n; i++) sum += x[r * n + i] * W[i * w + j];
            near(y[r * w + j], r >= from && r < to ? sum : 7, 1e-13, `y ${n} ${w} ${from} ${to}`);
          }
        for (let i = 0; i < n; i++)
          for (let j = 0; j < w; j++) {
            let sum = 1;
            for (let r = from; r < to; r++) sum += x[r * n + i] * g[r * w + j];
            near(S[i * w + j], sum, 1e-13, `S ${n} ${w} ${from} ${to}`);
          }
      }
  const T = new Float64Array(6);
  transpose(T, Float64Array.of(1, 2, 3, 4, 5, 6), 2, 3);
  assert.deepEqual([...T], [1, 4, 2, 5, 3, 6]);
  assert.deepEqual([...columnSums(new Float64Array(2), T, 1, 3, 2)], [5, 16 - 5]);
});

// The derivative of f in each number of an array, by the symmetric difference.
function differences(f, values, h = 1e-6) {
  return Float64Array.from(values, (v, i) => {
    values[i] = v + h;
    const up = f();
    values[i] = v - h;
    const down = f();
    values[i] = v;
    return (up - down) / (2 * h);
  });
}

test("each activation's slope and bend are its derivatives", () => {
  for (const [name, { bend, run }] of Object.entries(ACTIVATIONS)) {
    const value = (v) => {
      const a = new Float64Array(1);
      run(Float64Array.of(v), a, new Float64Array(1), 0, 1);
      return a[0];
    };
    const h = Float64Array.of(-30, -3, -0.7, 0.3, 1.1, 5, 40);
    const [a, d] = [h.slice(), h.slice()];
    run(h, a, d, 0, h.length);
    h.forEach((v, i) => {
      near(d[i], (value(v + 1e-6) - value(v - 1e-6)) / 2e-6, 1e-8, name);
      if (!bend) return;
      const slopeAt = (v) => {
        const slope = new Float64Array(1);
        run(Float64Array.of(v), new Float64Array(1), slope, 0, 1);
        return slope[0];
      };
      const [up, down] = [slopeAt(v + 1e-5), slopeAt(v - 1e-5)];
      near(bend(v, a[i], d[i]), (up - down) / 2e-5, 1e-7, `${name} at ${v}`);
    });
  }
});

test("each loss's slopes are its derivatives", () => {
  const out = Float64Array.of(-2.1, 0.4, 0.9, 1.7, -0.3, 3.2);
  for (const [name, loss] of Object.entries(LOSSES))
    for (const player of [loss.D, loss.G]) {
      const g = new Float64Array(6);
      costOf(player, out, g, 0, 3, 3);
      const truth = differences(() => costOf(player, out, new Float64Array(6), 0, 3, 3), out);
      g.forEach((v, i) => near(v, truth[i], 1e-7, name));
    }
});

test("far out a logit's cost is the logit itself, as torch has it", () => {
  const { value, slope } = LOSSES.minimax.D.fake;
  assert.deepEqual([value(25), slope(25), value(-800), slope(-800)], [25, 1, 0, 0]);
});

test("D's best output is where its loss on the two densities is least", () => {
  for (const [name, { D, best }] of Object.entries(LOSSES)) {
    if (!best || D.pairs) continue;
    for (const l of [-1.3, 0.2, 0.9]) {
      const cost = (v) => Math.exp(l) * D.real.value(v) + D.fake.value(v);
      for (const step of [-0.01, 0.01]) assert.ok(cost(best(l)) < cost(best(l) + step), `${name} at ${l}`);
    }
  }
});

test("the gradient of loss and penalties goes through both passes: against differences", () => {
  const [rows, m] = [9, 3];
  const widths = [2, 5, 4, 3, 1];
  for (const activation of Object.keys(ACTIVATIONS))
    for (const names of [["r1"], ["r2"], ["gp"], ["r1", "gp"], ["r1", "r2", "gp"]]) {
      const D = new MLP(widths, activation, some(sizeOf(widths), 5));
      const pass = new Pass(widths, rows, true);
      pass.x.set(some(rows * 2, 6));
      const starts = { real: 0, fake: m, between: 2 * m };
      const cost = () => {
        D.forward(pass, 0, rows);
        D.transposeWeights();
        D.slopes(pass, 0, rows);
        pass.s_slope.fill(0);
        let sum = costOf(LOSSES.minimax.D, pass.out, pass.g_out, 0, m, m);
        for (const name of names) sum += penalise(PENALTIES[name], 0.7, pass, starts[PENALTIES[name].at], m);
        return sum;
      };
      cost();
      D.gradient.fill(0);
      D.slopesBackward(pass, 0, rows);
      D.backward(pass, 0, rows, { weights: true, inputs: true, bent: D.bends ? [0, rows] : null });
      const found = D.gradient.slice();
      differences(cost, D.flat).forEach((v, i) => near(found[i], v, 1e-6, `${activation} ${names} ${i}`));
      cost();
      if (!D.bends) {
        D.gradient.fill(0);
        D.bothBackward(pass, 0, rows, names.includes("r1") ? [0, rows] : [m, rows]);
        found.forEach((v, i) => near(D.gradient[i], v, 1e-12, `both ways at once ${names} ${i}`));
      }
      D.forward(pass, 0, rows); // the slope itself
      D.transposeWeights();
      D.slopes(pass, 0, rows);
      const slope = pass.slope.slice();
      const value = () => {
        D.forward(pass, 0, rows);
        return pass.out.reduce((a, b) => a + b, 0);
      };
      differences(value, pass.x).forEach((v, i) => near(slope[i], v, 1e-6, `slope ${activation}`));
    }
});

test("the largest singular value is that of matrices where it is known", () => {
  assert.equal(spectralNorm(Float64Array.of(0, 0, 0, 0), 2, 2), 0);
  near(spectralNorm(Float64Array.of(3, 4), 1, 2), 5, 1e-15);
  near(spectralNorm(Float64Array.of(3, 4), 2, 1), 5, 1e-15);
  near(spectralNorm(Float64Array.of(1, 1, 0, 1), 2, 2), (1 + Math.sqrt(5)) / 2, 1e-15);
  near(spectralNorm(Float64Array.of(2, 0, 0, 0, 2, 0, 0, 0, 2), 3, 3), 2, 1e-15);
  assert.equal(spectralNorm(Float64Array.of(1e-200, 0, 0, -3e200), 2, 2), 3e200);
  assert.ok(Number.isNaN(spectralNorm(Float64Array.of(1, NaN), 1, 2)));
});

test("no vector is stretched by more, and one is by as much", () => {
  for (const [n, w] of [
    [5, 7],
    [12, 3],
    [9, 9],
  ]) {
    const W = some(n * w, n);
    const largest = spectralNorm(W, n, w);
    let x = some(w, 2); // the power method, by brute force
    for (let round = 0; round < 3000; round++) {
      const y = new Float64Array(n);
      for (let i = 0; i < n; i++) for (let j = 0; j < w; j++) y[i] += W[i * w + j] * x[j];
      const back = new Float64Array(w);
      for (let i = 0; i < n; i++) for (let j = 0; j < w; j++) back[j] += W[i * w + j] * y[i];
      const size = Math.hypot(...back);
      x = back.map((v) => v / size);
      if (round === 2999) near(largest, Math.hypot(...y), 1e-13);
    }
  }
});

test("a sum without rounding", () => {
  assert.equal(fsum([1e100, 1, -1e100]), 1);
  assert.equal(fsum(Array(10).fill(0.1)), 1);
  assert.equal(fsum([]), 0);
  assert.equal(fsum([2 ** 53, 1, 2 ** -60]), 2 ** 53 + 2); // half way, and a little more
});

test("a game plays from what it is given, and says no in a sentence", () => {
  assert.throws(() => new Training({ loss: "nonsense" }), /^Error: loss must be one of minimax, .*"nonsense"\.$/);
  assert.throws(() => new Training({ packing: 2 }), /in Python\.$/);
  const game = new Training({ G: [4], D: [4], m: 5, k: 2 });
  const given = game.recipe;
  game.updateDiscriminator();
  game.play(3); // the iteration that D has begun is finished first, and counts
  assert.deepEqual([game.t, game.steps, game.turn, game.stopped], [3, 0, "G", null]);
  assert.deepEqual(game.recipe, given);
  assert.deepEqual(game.G.widths, [1, 4, 1]);
  assert.throws(() => game.generate([0], true), /ema/);
  assert.deepEqual(structuredClone(game.snapshot()), game.snapshot()); // a worker may send it
  assert.throws(() => game.restore(new Training({ G: [5] }).snapshot()), /its G differs\.$/);
});
