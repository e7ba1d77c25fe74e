// The Gaussian nearest to two bumps, 1/2 N(-a, 1) + 1/2 N(a, 1), by four divergences: what
// gan_lab/theory/fits.py computes, held to it to 1e-9.
//
// A divergence is a row of functions of p, q and l = log p - log q at a point: its integrand in nats,
// and the two factors q (f - r f') and q r^2 f'' of its slopes and curvatures in mu and log sd, r = p/q.

import { sigmoid, softplus, weighted } from "./game_value.js";

const STEP = 1 / 16; // of the trapezoid rule, which leaves less than 1e-11 here
const SDS = 9; // how many standard deviations of p's bumps and of q the rule goes out

const logShare = (l) => Math.LN2 - softplus(-l); // log 2p / (p + q)

export const DIVERGENCES = {
  kl: { value: (p, q, l) => weighted(p, l), pull: (p) => -p, bend: (p) => p },
  js: {
    value: (p, q, l) => 0.5 * (weighted(p, logShare(l)) + weighted(q, logShare(-l))),
    pull: (p, q, l) => 0.5 * weighted(q, logShare(-l)),
    bend: (p, q, l) => 0.5 * q * sigmoid(l),
  },
  "non-saturating": {
    value: (p, q, l) => -weighted(p + q, logShare(l)),
    pull: (p, q, l) => -weighted(q, logShare(l)),
    bend: (p, q, l) => q * sigmoid(-l),
  },
  "reverse-kl": {
    value: (p, q, l) => -weighted(q, l),
    pull: (p, q, l) => -weighted(q, l),
    bend: (p, q) => q,
  },
};

const NORMAL = -0.5 * Math.log(2 * Math.PI);

export const logBumps = (a) => (x) =>
  NORMAL - Math.LN2 - 0.5 * (Math.abs(x) - a) ** 2 + Math.log1p(Math.exp(-2 * a * Math.abs(x)));

export const logFit = (mean, logSd) => (x) => NORMAL - logSd - 0.5 * ((x - mean) * Math.exp(-logSd)) ** 2;

// Value, slopes and second derivatives in mu and log sd: [value, by mu, by log sd, mu mu, mu sd, sd sd].
export function around(row, a, [mean, logSd]) {
  const [logP, logQ, sd] = [logBumps(a), logFit(mean, logSd), Math.exp(logSd)];
  const sums = [0, 0, 0, 0, 0, 0];
  const end = STEP * Math.ceil(Math.max(a + SDS, Math.abs(mean) + SDS * sd) / STEP);
  for (let x = -end; x <= end; x += STEP) {
    const [lp, lq, t] = [logP(x), logQ(x), (x - mean) / sd];
    const [p, q, l] = [Math.exp(lp), Math.exp(lq), lp - lq];
    const [pull, bend] = [row.pull(p, q, l), row.bend(p, q, l)];
    const [u, v] = [t / sd, t * t - 1]; // the scores
    sums[0] += row.value(p, q, l);
    sums[1] += pull * u;
    sums[2] += pull * v;
    sums[3] += pull * (u * u - 1 / (sd * sd)) + bend * u * u;
    sums[4] += pull * (u * v - 2 * u) + bend * u * v;
    sums[5] += pull * (v * v - 2 * t * t) + bend * v * v;
  }
  return sums.map((sum) => sum * STEP);
}

// Newton's step with the curvatures made positive, at most one half long.
/** @type {(found: number[], middle: boolean) => number[]} */
function downhill([, u, v, uu, uv, vv], middle) {
  const positive = (curvature) => Math.max(Math.abs(curvature), 1e-3);
  if (middle) return shortened([0, -v / positive(vv)]);
  const turn = 0.5 * Math.atan2(2 * uv, uu - vv); // the axes along which the curvatures are
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const along = (c * u + s * v) / positive(c * c * uu + 2 * c * s * uv + s * s * vv);
  const across = (c * v - s * u) / positive(s * s * uu - 2 * c * s * uv + c * c * vv);
  return shortened([-(c * along - s * across), -(s * along + c * across)]);
}

const largest = (step) => Math.max(...step.map(Math.abs));
const shortened = (step) => step.map((one) => one * Math.min(1, 0.5 / Math.max(largest(step), 1e-300)));

// The minimum that Newton's method with halved steps reaches: { mean, sd, value }.
function descended(row, a, start, middle) {
  let [where, here] = [start, around(row, a, start)];
  for (let i = 0; i < 100; i++) {
    let step = downhill(here, middle);
    if (largest(step) < 1e-13) break;
    const moved = () => where.map((one, k) => one + step[k]);
    let after = around(row, a, moved());
    while (after[0] > here[0] + 1e-15 && largest(step) > 1e-13) {
      step = step.map((one) => one / 2);
      after = around(row, a, moved());
    }
    [where, here] = [moved(), after];
  }
  return { mean: where[0], sd: Math.exp(where[1]), value: here[0] };
}

// The best fit in the middle, and the best on the right bump: null where that is no minimum.
export function fits(divergence, a) {
  const row = DIVERGENCES[divergence];
  const middle = descended(row, a, [0, 0.5 * Math.log1p(a * a)], true);
  const bump = descended(row, a, [a, 0], false);
  return { middle, onBump: bump.mean > 0.1 ? bump : null };
}

// By how much the fit on a bump is better than that in the middle; -1 where there is none.
export function lead({ middle, onBump }) {
  return onBump ? middle.value - onBump.value : -1;
}

// The a beyond which the best Gaussian sits on a bump, by regula falsi (Illinois); null where it never does.
export function transition(divergence, low = 1, high = 5) {
  const at = (a) => lead(fits(divergence, a));
  while (high - low > 0.05) {
    const middle = (low + high) / 2;
    if (at(middle) > 0) high = middle;
    else low = middle;
  }
  let [below, above] = [at(low), at(high)];
  if (!(above > 0)) return null;
  for (let i = 0; i < 60 && high - low > 1e-12; i++) {
    const a = (low * above - high * below) / (above - below);
    const now = at(a);
    if (now > 0) [high, above, below] = [a, now, below / 2];
    else [low, below, above] = [a, now, above / 2];
    if (Math.abs(now) < 1e-15) return a;
  }
  return (low + high) / 2;
}
