// Two boxes of width 1 whose middles are at 0 and theta, with Gaussian noise of sd sigma: JSD and W1 with
// their slopes in theta, as gan_lab/theory/supports.py computes them, held to it to 1e-9.

import { weighted } from "./game_value.js";
import { normalDensity, normalMass } from "./normal.js";

const SDS = 9; // of the noise that the trapezoid rule goes out
const FINE = 16; // its points in one sd

// The density of U(-1/2, 1/2) with noise.
export function box(x, sigma) {
  const far = Math.abs(x);
  if (sigma === 0) return far < 0.5 ? 1 : 0;
  return normalMass((-0.5 - far) / sigma, (0.5 - far) / sigma);
}

// Its slope in x.
const edge = (x, sigma) => (normalDensity((x + 0.5) / sigma) - normalDensity((x - 0.5) / sigma)) / sigma;

// What a point adds to twice the JSD, of two densities.
const share = (p, q) => weighted(p, Math.log((2 * p) / (p + q))) + weighted(q, Math.log((2 * q) / (p + q)));

function blurred(far, sigma) {
  const step = sigma / FINE;
  const reach = 0.5 + SDS * sigma;
  let [value, slope] = [0, 0];
  for (let i = -Math.ceil(reach / step); i <= Math.ceil((far + reach) / step); i++) {
    const [p, q] = [box(i * step, sigma), box(i * step - far, sigma)];
    value += share(p, q);
    if (q > 0) slope -= edge(i * step - far, sigma) * Math.log((2 * q) / (p + q));
  }
  return [0.5 * step * value, 0.5 * step * slope];
}

// { jsd, jsdSlope, w1, w1Slope }: nats and units of x, and how both change as theta grows.
export function apart(theta, sigma) {
  const far = Math.abs(theta);
  const side = Math.sign(theta);
  const sharp = [Math.LN2 * Math.min(far, 1), far < 1 ? Math.LN2 : 0];
  const [jsd, slope] = sigma > 0 ? blurred(far, sigma) : sharp;
  return { jsd, jsdSlope: side * slope + 0, w1: far, w1Slope: side + 0 };
}

// The JSD at many distances, [theta, nats], from 0 to `most`: from one table of the density, so that a slider can
// ask for it at every move.
export function jsdOverDistance(sigma, most, count) {
  if (sigma === 0) return [0, 1, most].map((theta) => [theta, apart(theta, 0).jsd]);
  const step = sigma / FINE;
  const half = Math.ceil((0.5 + SDS * sigma) / step);
  const table = Array.from({ length: half + 1 }, (_, i) => box(i * step, sigma));
  const at = (i) => (Math.abs(i) > half ? 0 : table[Math.abs(i)]);
  return Array.from({ length: count + 1 }, (_, k) => {
    const shift = Math.round((k * most) / count / step);
    let sum = 0;
    for (let i = -half; i <= shift + half; i++) sum += share(at(i), at(i - shift));
    return [shift * step, 0.5 * step * sum];
  });
}
