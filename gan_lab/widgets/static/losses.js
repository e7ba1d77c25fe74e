// What each player minimises, as in gan_lab/losses.py: functions of D's outputs, and their slopes.
//
// A cost of one output is { value(v), slope(v) }. A loss is a sum of means: of `real` over D's outputs
// at the data and of `fake` over those at G's points, or, where it compares them, of `pairs` over
// D(x) - D(G(z)). `best` is D's best output where log(p_data / p_g) is l, null where there is none; with
// `labels` D's label of the data can be softened. All in nats where an output is a logit.

import { sigmoid } from "./densities.js";

// log(1 + exp(v)); beyond 20 torch takes v itself, and so does this.
const softplus = {
  value: (v) => (v > 20 ? v : Math.log1p(Math.exp(v))),
  slope: (v) => (v > 20 ? 1 : sigmoid(v)),
};

// A cost turned around, and one with the other sign.
const at = (sign, cost) => ({
  value: (v) => cost.value(sign * v),
  slope: (v) => sign * cost.slope(sign * v),
});
const minus = (cost) => ({ value: (v) => -cost.value(v), slope: (v) => -cost.slope(v) });

const itself = (l) => l;
const score = { value: itself, slope: () => 1 };
const squareFrom = (c) => ({ value: (v) => 0.5 * (v - c) * (v - c), slope: (v) => v - c });
const below = { value: (v) => (1 - v > 0 ? 1 - v : 0), slope: (v) => (1 - v > 0 ? -1 : 0) }; // max(0, 1 - v)

const crossEntropy = { real: at(-1, softplus), fake: softplus };
const logSigmoid = {
  value: (v) => Math.min(0, v) - Math.log1p(Math.exp(-Math.abs(v))),
  slope: (v) => sigmoid(-v),
};
const plus = (c, cost) => ({ value: (v) => c + cost.value(v), slope: cost.slope });

// Rows of the f-GAN family, Nowozin et al. 2016: the critic is activation(v), conjugate(v) is f*(critic).
const DIVERGENCES = {
  kl: {
    activation: score,
    conjugate: { value: (v) => Math.exp(v - 1), slope: (v) => Math.exp(v - 1) },
    best: (l) => 1 + l,
  },
  "reverse-kl": {
    activation: { value: (v) => -Math.exp(-v), slope: (v) => Math.exp(-v) },
    conjugate: plus(-1, score),
    best: itself,
  },
  pearson: {
    activation: score,
    conjugate: { value: (v) => 0.25 * v * v + v, slope: (v) => 0.5 * v + 1 },
    best: (l) => 2 * Math.expm1(l),
  },
  hellinger: {
    activation: { value: (v) => -Math.expm1(-v), slope: (v) => Math.exp(-v) },
    conjugate: { value: Math.expm1, slope: Math.exp },
    best: (l) => 0.5 * l,
  },
  js: { activation: plus(Math.LN2, logSigmoid), conjugate: plus(-Math.LN2, softplus), best: itself },
  gan: { activation: logSigmoid, conjugate: softplus, best: itself },
};

const variational = ({ activation, conjugate, best }) => ({
  D: { real: minus(activation), fake: conjugate },
  G: { fake: minus(conjugate) },
  best,
  labels: false,
});

export const LOSSES = {
  minimax: { D: crossEntropy, G: { fake: minus(softplus) }, best: itself, labels: true },
  "non-saturating": { D: crossEntropy, G: { fake: at(-1, softplus) }, best: itself, labels: true },
  "maximum-likelihood": {
    D: crossEntropy,
    G: { fake: { value: (v) => -0.5 * Math.exp(v), slope: (v) => -0.5 * Math.exp(v) } },
    best: itself,
    labels: true,
  },
  "least-squares": {
    D: { real: squareFrom(1), fake: squareFrom(-1) },
    G: { fake: squareFrom(0) },
    best: (l) => Math.tanh(l / 2),
    labels: false,
  },
  hinge: {
    D: { real: below, fake: at(-1, below) },
    G: { fake: minus(score) },
    best: Math.sign,
    labels: false,
  },
  wasserstein: {
    D: { real: minus(score), fake: score },
    G: { fake: minus(score) },
    best: null,
    labels: false,
  },
  relativistic: { D: { pairs: at(-1, softplus) }, G: { pairs: softplus }, best: itself, labels: false },
  ...Object.fromEntries(
    Object.entries(DIVERGENCES).map(([name, row]) => [`f-${name}`, variational(row)]),
  ),
};

// The cost of one player for outputs real and fake, which are ranges of m numbers of `out`; its slopes
// go to the same places of `g`. `fakeAt` and `realAt` are where the ranges start, realAt null if unseen.
export function costOf(player, out, g, realAt, fakeAt, m) {
  const { real, fake, pairs } = player;
  let sum = 0;
  if (pairs) {
    for (let i = 0; i < m; i++) {
      const apart = out[realAt + i] - out[fakeAt + i];
      const slope = pairs.slope(apart) / m;
      sum += pairs.value(apart);
      g[realAt + i] = slope;
      g[fakeAt + i] = -slope;
    }
    return sum / m;
  }
  if (real)
    for (let i = realAt; i < realAt + m; i++) {
      sum += real.value(out[i]);
      g[i] = real.slope(out[i]) / m;
    }
  for (let i = fakeAt; i < fakeAt + m; i++) {
    sum += fake.value(out[i]);
    g[i] = fake.slope(out[i]) / m;
  }
  return sum / m;
}

// One-sided label smoothing, Goodfellow 2016, section 4.2: what it adds to the cross entropy.
export function softened(smoothing, out, g, realAt, m) {
  let sum = 0;
  for (let i = realAt; i < realAt + m; i++) {
    sum += out[i];
    g[i] += smoothing / m;
  }
  return (smoothing * sum) / m;
}
