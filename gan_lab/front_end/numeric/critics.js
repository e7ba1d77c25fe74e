// Critics between p = N(0, 1) and q = N(mu, sigma^2): what scale T* + shift earns by each loss, T* the best
// critic of that loss. gan_lab/theory/critics.py computes the same in another way, to 1e-9.
//
// A row: best(l) is T* where log(p/q) is l; real(T) is earned at data and fake(T, room) paid at samples. Where T
// has to stay below `end`, room is end - T and gap(l) that of T*, both without the rounding of a difference.

import { softplus } from "./game_value.js";
import { densityOfBell, normalCdf, normalDensity } from "./normal.js";

export const STEP = 1 / 128; // of the trapezoid rule
const SDS = 10; // how many standard deviations it goes out
const PAIRS = 1 / 6; // of a standard deviation: the step of the rule over pairs, which needs no finer one

const itself = (T) => T;
const log1mexp = (room) => -Math.log(-Math.expm1(-room)); // -log(1 - exp(-room))

const ROWS = {
  minimax: {
    best: (l) => -softplus(-l),
    gap: (l) => softplus(-l),
    end: 0,
    real: itself,
    fake: (_, room) => log1mexp(room),
  },
  "f-kl": { best: (l) => 1 + l, earn: kl },
  "f-reverse-kl": {
    best: (l) => -Math.exp(-l),
    gap: (l) => Math.exp(-l),
    end: 0,
    real: itself,
    fake: (_, room) => -1 - Math.log(room),
  },
  "f-pearson": { best: (l) => 2 * Math.expm1(l), earn: pearson },
  "f-hellinger": {
    best: (l) => -Math.expm1(-l / 2),
    gap: (l) => Math.exp(-l / 2),
    end: 1,
    real: itself,
    fake: (T, room) => T / room,
  },
  "least-squares": { best: (l) => Math.tanh(l / 2), real: (T) => T - (T * T) / 2, fake: (T) => T + (T * T) / 2 },
  hinge: { best: Math.sign, earn: hinge },
  relativistic: { best: itself, earn: pairs },
};
export const CRITICS = Object.keys(ROWS);
export const endOf = (loss) => ROWS[loss].end ?? Infinity;
export const bestCritic = (loss) => ROWS[loss].best;

// log(p/q) at x.
export const logRatio =
  ({ mu, sigma }) =>
  (x) =>
    Math.log(sigma) - (x * x) / 2 + ((x - mu) / sigma) ** 2 / 2;

// The least upper bound of T* over the line.
function highest({ end, best }, { mu, sigma }) {
  if (sigma > 1) return best(Math.log(sigma) + (mu * mu) / (2 * (sigma * sigma - 1)));
  return sigma === 1 && mu === 0 ? best(0) : end;
}

// Whether scale T* + shift has values at which the conjugate is infinite.
export function outside(loss, q, scale, shift) {
  const row = ROWS[loss];
  return row.end !== undefined && (scale ? scale * highest(row, q) : 0) + shift > row.end;
}

// What scale T* + shift earns; -Infinity outside of the domain.
export function bound(loss, q, scale, shift, step = STEP) {
  const row = ROWS[loss];
  if (row.earn) return row.earn(q, scale, shift, step);
  return outside(loss, q, scale, shift) ? -Infinity : byRule(row, q, scale, shift, step);
}

// What the best critic earns: the divergence.
export const divergence = (loss, q) => bound(loss, q, 1, 0);

function byRule({ best, gap, end = 0, real, fake }, q, scale, shift, step) {
  const l = logRatio(q);
  const [a, b] = [normalDensity, densityOfBell(q.mu, q.sigma)];
  const rest = end * (1 - scale) - shift;
  const low = Math.min(-SDS, q.mu - SDS * q.sigma);
  const count = Math.ceil((Math.max(SDS, q.mu + SDS * q.sigma) - low) / step);
  let sum = 0;
  for (let i = 0; i <= count; i++) {
    const x = low + i * step;
    const at = l(x);
    const T = scale ? scale * best(at) + shift : shift;
    const [earned, paid] = [a(x), b(x)];
    if (earned > 0) sum += earned * real(T);
    if (paid > 0) sum -= paid * fake(T, gap && scale ? rest + scale * gap(at) : rest);
  }
  return sum * step;
}

// KL(p || q), and the integral of p^c q^(1 - c), both in closed form.
function kl({ mu, sigma }, scale, shift) {
  const narrow = sigma ** -2;
  const K = Math.log(sigma) + 0.5 * (narrow * (1 + mu * mu) - 1);
  const precision = scale + (1 - scale) * narrow;
  if (!(precision > 0)) return -Infinity;
  const overlap =
    sigma ** (scale - 1) * precision ** -0.5 * Math.exp((-0.5 * scale * (1 - scale) * mu * mu * narrow) / precision);
  return scale * (1 + K) + shift - Math.exp(shift + scale - 1) * overlap;
}

// X (2c - c^2) - s^2/4, where X is chi-squared: infinite where q is too narrow for p.
function pearson({ mu, sigma }, scale, shift) {
  const room = 2 * sigma * sigma - 1;
  const X = room > 0 ? ((sigma * sigma) / Math.sqrt(room)) * Math.exp((mu * mu) / room) - 1 : Infinity;
  const share = scale * (2 - scale);
  return (share ? X * share : 0) - (shift * shift) / 4;
}

// The shares of N(mean, sd^2) where p is above q: between the places where they cross, or beyond them.
function sharesAbove({ mu, sigma }) {
  const A = 0.5 * (sigma ** -2 - 1); // l = A x^2 + B x + C
  const [B, C] = [-mu / sigma ** 2, Math.log(sigma) + 0.5 * (mu / sigma) ** 2];
  if (Math.abs(A) < 1e-12) return (mean, sd) => (B === 0 ? null : normalCdf((Math.sign(B) * (mean + C / B)) / sd));
  const root = Math.sqrt(Math.max(0, B * B - 4 * A * C));
  const half = -0.5 * (B + (B < 0 ? -root : root));
  const [x1, x2] = [half / A, C / half].sort((one, other) => one - other);
  return (mean, sd) => {
    const [low, high] = [normalCdf((x1 - mean) / sd), normalCdf((x2 - mean) / sd)];
    return A > 0 ? low + 1 - high : high - low;
  };
}

function hinge(q, scale, shift) {
  const above = sharesAbove(q);
  const mean = (pay, share) =>
    share === null ? pay(shift) : share * pay(scale + shift) + (1 - share) * pay(shift - scale);
  return mean((T) => Math.min(T, 1), above(0, 1)) - mean((T) => Math.max(T, -1), above(q.mu, q.sigma));
}

// E log sigmoid(T(x) - T(y)) + log 2 over x from p and y from q; a shift is not seen.
function pairs(q, scale, _shift, step) {
  const width = step > STEP ? 1 / 2 : PAIRS;
  const l = logRatio(q);
  const nodes = (mean, sd) => {
    const found = [];
    for (let t = -9; t <= 9; t += width) found.push([scale * l(mean + sd * t), width * normalDensity(t)]);
    return found;
  };
  const [real, fake] = [nodes(0, 1), nodes(q.mu, q.sigma)];
  let sum = 0;
  for (const [x, p] of real) {
    let over = 0;
    for (const [y, w] of fake) over += w * softplus(y - x);
    sum += p * over;
  }
  return Math.LN2 - sum;
}
