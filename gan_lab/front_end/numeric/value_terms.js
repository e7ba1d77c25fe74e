// The two terms of V for data N(0, 1), noise N(0, 1), G(z) = mu + sigma z + beta z^2 and D with the logit
// alpha (x - c): exactly, as gan_lab/theory/value_terms.py, and on a minibatch. In nats.

import { sigmoid, softplus } from "./game_value.js";
import { meanOf } from "./mean.js";
import { normalDensity } from "./normal.js";
import { DOMAIN, Stream } from "./random_streams.js";

const STEP = 1 / 128; // of the trapezoid rule: a D as steep as a reader can make it leaves less than 1e-12
const END = 12;

export const generatorOf =
  ({ mu, sigma, beta }) =>
  (z) =>
    mu + sigma * z + beta * z * z;
export const logitOf =
  ({ alpha, c }) =>
  (x) =>
    alpha * (x - c);

// Mean and variance of f(z) for a standard normal z.
export function normalMoments(f) {
  let [sum, squares] = [0, 0];
  for (let i = -END / STEP; i <= END / STEP; i++) {
    const weight = STEP * normalDensity(i * STEP);
    const value = f(i * STEP);
    sum += weight * value;
    squares += weight * value * value;
  }
  return { mean: sum, variance: Math.max(0, squares - sum * sum) };
}

const logD = (logit) => (x) => -softplus(-logit(x));
const logNotD = (logit) => (x) => -softplus(logit(x));

// Both terms with their sum V, and the variance of V on one datum and one sample.
export function exactTerms(state) {
  const [G, logit] = [generatorOf(state), logitOf(state)];
  const data = normalMoments(logD(logit));
  const noise = normalMoments((z) => logNotD(logit)(G(z)));
  return { data: data.mean, noise: noise.mean, V: data.mean + noise.mean, variance: data.variance + noise.variance };
}

// The m data and the m noises of a draw: the numbers of Python's Stream for this seed.
export function minibatchOf(m, seed) {
  const stream = new Stream(seed);
  const drawn = (domain) => stream.normal(domain, 0, 0, new Float64Array(m));
  return { x: drawn(DOMAIN.DATA_FOR_D), z: drawn(DOMAIN.NOISE_FOR_D) };
}

export function sampledTerms(state, { x, z }) {
  const [G, logit] = [generatorOf(state), logitOf(state)];
  const data = meanOf(x.map(logD(logit)));
  const noise = meanOf(z.map((one) => logNotD(logit)(G(one))));
  return { data, noise, V: data + noise };
}

// The z that G takes to x.
function branches({ mu, sigma, beta }, x) {
  if (beta === 0) return [(x - mu) / sigma];
  const square = sigma * sigma - 4 * beta * (mu - x);
  if (square < 0) return [];
  const root = Math.sqrt(square);
  return [(-sigma + root) / (2 * beta), (-sigma - root) / (2 * beta)];
}

// p_G(x): what each of these z adds, divided by the slope of G there.
export function sampleDensityOf(state) {
  const slope = (z) => Math.abs(state.sigma + 2 * state.beta * z);
  return (x) => branches(state, x).reduce((sum, z) => sum + normalDensity(z) / slope(z), 0);
}

export const discriminatorOf = (state) => (x) => sigmoid(logitOf(state)(x));
