// Flow matching on straight paths, exactly: the mean of x - z given x_t = (1 - t) z + t x, for z from N(0, 1) and data
// of bells [mean, sd] of equal weight; and what Euler's method makes of it. As gan_lab/theory/flows.py, held to it to 1e-9.

import { gaussian, ofBells, softplus } from "./game_value.js";

const END = 9; // z from -9 to 9
const STEP = 1 / 128;

// The mean and the variance of x given that x_t is y.
function given(bells, y, t) {
  const left = (1 - t) ** 2;
  const parts = bells.map(([mean, sd]) => {
    const all = left + (t * sd) ** 2;
    const away = y - t * mean;
    return {
      log: -(Math.log(all) + away ** 2 / all) / 2,
      mean: mean + (t * sd * sd * away) / all,
      rest: (sd * sd * left) / all,
    };
  });
  const most = Math.max(...parts.map(({ log }) => log));
  let [total, mean, square] = [0, 0, 0];
  for (const part of parts) {
    const share = Math.exp(part.log - most);
    total += share;
    mean += share * part.mean;
    square += share * (part.rest + part.mean ** 2);
  }
  mean /= total;
  return { mean, variance: square / total - mean ** 2 };
}

// Where z is after each of so many equal steps.
export function eulerPath(bells, steps, z) {
  const path = [z];
  for (let k = 0; k < steps; k++) {
    const x = path[k];
    path.push(x + (given(bells, x, k / steps).mean - x) / (steps - k));
  }
  return path;
}

// Where z comes to, and the slope of that in z.
export function eulerEnd(bells, steps, z) {
  let [x, slope] = [z, 1];
  for (let k = 0; k < steps; k++) {
    const [t, left] = [k / steps, steps - k];
    const { mean, variance } = given(bells, x, t);
    x += (mean - x) / left;
    slope *= 1 - 1 / left + (t * variance) / (left * (1 - t) ** 2);
  }
  return { x, slope };
}

// p_G with the JSD in nats: at many z where they come to and the log density there. The integral is over z, where all
// of it vanishes at both ends; of one step, which takes every z to one place, there is no density.
export function eulerSamples(bells, steps) {
  if (steps === 1) return { at: [eulerEnd(bells, 1, 0).x], log: [Infinity], jsd: Math.LN2 };
  const [p_z, p_data] = [gaussian(0, 1), ofBells(bells)];
  const found = { at: [], log: [], jsd: 0 };
  let sum = 0;
  for (let i = -END / STEP; i <= END / STEP; i++) {
    const { x, slope } = eulerEnd(bells, steps, i * STEP);
    const [p, q] = [p_data(x), p_z(i * STEP) - Math.log(slope)];
    sum -= slope * (Math.exp(p) * softplus(q - p) + Math.exp(q) * softplus(p - q));
    found.at.push(x);
    found.log.push(q);
  }
  found.jsd = Math.LN2 + (STEP * sum) / 2;
  return found;
}
