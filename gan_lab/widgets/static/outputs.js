// What D's output v says in each loss: how to show it in [0, 1].
//
// Where D's best output is known as a function of l = log(p_data / p_g) (`best` in
// gan_lab/losses.py), v is read back as the logit of a probability by that function's inverse;
// else v is a score, and has no meaning but its order.

import { sigmoid } from "./densities.js";

const itself = (v) => v;

// `logit` reads v, `finite` where it does so for every v.
const READINGS = {
  minimax: { logit: itself, finite: true },
  "non-saturating": { logit: itself, finite: true },
  "maximum-likelihood": { logit: itself, finite: true },
  "least-squares": { logit: (v) => 2 * Math.atanh(Math.min(1, Math.max(-1, v))) },
  // the best v is the sign of l, so that a v between -1 and 1 is no logit but a hesitation
  hinge: { shown: (v) => Math.min(1, Math.max(0, (1 + v) / 2)), best: signOf },
  wasserstein: { score: true },
  relativistic: { logit: itself, finite: true, free: true },
  "f-kl": { logit: (v) => v - 1, finite: true },
  "f-reverse-kl": { logit: itself, finite: true },
  "f-pearson": { logit: (v) => Math.log1p(Math.max(-2, v) / 2) },
  "f-hellinger": { logit: (v) => 2 * v, finite: true },
  "f-js": { logit: itself, finite: true },
  "f-gan": { logit: itself, finite: true },
};

function signOf(l) {
  return (1 + Math.sign(l)) / 2;
}

// { shown(v), best(l), logit(v) or null, finite, free, score } of a loss. `best` is
// what D* is shown as, of the logit l of Proposition 1.
export function readingOf(loss) {
  const row = READINGS[loss];
  if (!row) throw new Error(`There is no loss ${JSON.stringify(loss)}.`);
  const { logit = null, shown = logit && ((v) => sigmoid(logit(v))), best = sigmoid } = row;
  return { finite: false, free: false, score: false, ...row, logit, shown, best };
}

// A relativistic D is free up to a sum: the one that makes sigmoid(v - sum) the best classifier of
// outputs at as many samples of the data as of G.
export function freeSum(real, fake) {
  const all = [...real, ...fake];
  let low = Math.min(...all) - 1;
  let high = Math.max(...all) + 1;
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high);
    const called = all.reduce((sum, v) => sum + sigmoid(v - middle), 0); // real, by that classifier
    if (called > real.length) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

// Scores squeezed into [0, 1] by their least and their largest; 1/2 where they are all the same.
export function squeezed(scores) {
  const low = scores.reduce((a, b) => Math.min(a, b), Infinity);
  const high = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const D = scores.map((v) => (high > low ? (v - low) / (high - low) : 0.5));
  return { D, range: [low, high] };
}

// The share of samples, as many of the data as of G, that D puts on the right side of 1/2.
export function accuracyOf(real, fake, reading, sum) {
  if (reading.score) return NaN;
  const right = (outputs, wanted) =>
    outputs.reduce((count, v) => count + (reading.shown(v - sum) > 0.5 === wanted ? 1 : 0), 0) / outputs.length;
  return 0.5 * (right(real, true) + right(fake, false));
}
