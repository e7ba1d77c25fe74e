// What each player minimises, as in gan_lab/training/losses.py: functions of D's outputs, and their slopes.
//
// A cost of one output is { value(v), slope(v) }. A loss is a sum of means: of `real` over D's outputs
// at the data and of `fake` over those at G's points, or, where it compares them, of `pairs` over
// D(x) - D(G(z)). `best` is D's best output where log(p_data / p_g) is l, null where there is none; with
// `labels` D's label of the data can be softened. All in nats where an output is a logit.
//
// `readout` says how an output v is shown in [0, 1] (frame/readout.js): by `logit`, which reads v back as the
// logit of a probability, the inverse of `best`, `finite` where it does so for every v, or by `shown` itself;
// `own` is what D says in its own units where it is no probability; a `free` D is known up to a sum. Without
// a readout v is a score, and has no meaning but its order.

import { sigmoid } from "../numeric/game_value.js";

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
const LOGIT = { logit: itself, finite: true };
const GOODFELLOW = { best: itself, labels: true, readout: LOGIT };
const score = { value: itself, slope: () => 1 };
const squareFrom = (c) => ({ value: (v) => 0.5 * (v - c) * (v - c), slope: (v) => v - c });
const below = { value: (v) => (1 - v > 0 ? 1 - v : 0), slope: (v) => (1 - v > 0 ? -1 : 0) }; // max(0, 1 - v)

const crossEntropy = { real: at(-1, softplus), fake: softplus };
const logSigmoid = {
  value: (v) => Math.min(0, v) - Math.log1p(Math.exp(-Math.abs(v))),
  slope: (v) => sigmoid(-v),
};
const plus = (c, cost) => ({ value: (v) => c + cost.value(v), slope: cost.slope });

// What D says, in its own units, of the share at which it is shown; with `ends`, it may say still more or
// less than at the ends of the picture. T is the critic of the f-GAN family, a function of v.
const logOdds = (share) => Math.log(share / (1 - share));
const SIGN = { name: "D", of: (share) => 2 * share - 1, ends: true };
const critic = (of) => ({ name: "T", of });

// Rows of the f-GAN family, Nowozin et al. 2016: the critic is activation(v), conjugate(v) is f*(critic).
const DIVERGENCES = {
  kl: {
    activation: score,
    conjugate: { value: (v) => Math.exp(v - 1), slope: (v) => Math.exp(v - 1) },
    best: (l) => 1 + l,
    readout: { logit: (v) => v - 1, finite: true, own: critic((share) => 1 + logOdds(share)) },
  },
  "reverse-kl": {
    activation: { value: (v) => -Math.exp(-v), slope: (v) => Math.exp(-v) },
    conjugate: plus(-1, score),
    best: itself,
    readout: { ...LOGIT, own: critic((share) => 1 - 1 / share) },
  },
  pearson: {
    activation: score,
    conjugate: { value: (v) => 0.25 * v * v + v, slope: (v) => 0.5 * v + 1 },
    best: (l) => 2 * Math.expm1(l),
    readout: { logit: (v) => Math.log1p(Math.max(-2, v) / 2), own: critic((share) => 2 / (1 - share) - 4) },
  },
  hellinger: {
    activation: { value: (v) => -Math.expm1(-v), slope: (v) => Math.exp(-v) },
    conjugate: { value: Math.expm1, slope: Math.exp },
    best: (l) => 0.5 * l,
    readout: { logit: (v) => 2 * v, finite: true, own: critic((share) => 1 - Math.sqrt((1 - share) / share)) },
  },
  js: {
    activation: plus(Math.LN2, logSigmoid),
    conjugate: plus(-Math.LN2, softplus),
    best: itself,
    readout: { ...LOGIT, own: critic((share) => Math.log(2 * share)) },
  },
  gan: { activation: logSigmoid, conjugate: softplus, best: itself, readout: LOGIT },
};

const variational = ({ activation, conjugate, best, readout }) => ({
  D: { real: minus(activation), fake: conjugate },
  G: { fake: minus(conjugate) },
  best,
  labels: false,
  readout,
});

export const LOSSES = {
  minimax: { D: crossEntropy, G: { fake: minus(softplus) }, ...GOODFELLOW },
  "non-saturating": { D: crossEntropy, G: { fake: at(-1, softplus) }, ...GOODFELLOW },
  "maximum-likelihood": {
    D: crossEntropy,
    G: { fake: { value: (v) => -0.5 * Math.exp(v), slope: (v) => -0.5 * Math.exp(v) } },
    ...GOODFELLOW,
  },
  "least-squares": {
    D: { real: squareFrom(1), fake: squareFrom(-1) },
    G: { fake: squareFrom(0) },
    best: (l) => Math.tanh(l / 2),
    labels: false,
    readout: { logit: (v) => 2 * Math.atanh(Math.min(1, Math.max(-1, v))), own: SIGN },
  },
  hinge: {
    D: { real: below, fake: at(-1, below) },
    G: { fake: minus(score) },
    best: Math.sign,
    labels: false,
    // the best v is the sign of l, so that a v between -1 and 1 is no logit but a hesitation
    readout: {
      shown: (v) => Math.min(1, Math.max(0, (1 + v) / 2)),
      best: (l) => (1 + Math.sign(l)) / 2,
      own: SIGN,
    },
  },
  wasserstein: {
    D: { real: minus(score), fake: score },
    G: { fake: minus(score) },
    best: null,
    labels: false,
  },
  relativistic: {
    D: { pairs: at(-1, softplus) },
    G: { pairs: softplus },
    best: itself,
    labels: false,
    readout: { ...LOGIT, free: true },
  },
  ...Object.fromEntries(Object.entries(DIVERGENCES).map(([name, row]) => [`f-${name}`, variational(row)])),
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
