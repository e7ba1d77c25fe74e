// What stands between the layers of a network, as in gan_lab/networks.py.

import { sigmoid } from "./densities.js";

const LEAK = 0.2;

// Of the numbers h[from..to): the function into a, its slope into d. `bend` is the second derivative
// of one number, null where there is none to speak of.
export const ACTIVATIONS = {
  leaky_relu: {
    bend: null,
    run(h, a, d, from, to) {
      for (let i = from; i < to; i++) {
        const slope = h[i] > 0 ? 1 : LEAK;
        d[i] = slope;
        a[i] = slope * h[i];
      }
    },
  },
  relu: {
    bend: null,
    run(h, a, d, from, to) {
      for (let i = from; i < to; i++) {
        const slope = h[i] > 0 ? 1 : 0;
        d[i] = slope;
        a[i] = slope * h[i]; // 0 times a number that is not finite is not finite either
      }
    },
  },
  tanh: {
    bend: (h, a, d) => -2 * a * d,
    run(h, a, d, from, to) {
      for (let i = from; i < to; i++) {
        const t = Math.tanh(h[i]);
        a[i] = t;
        d[i] = 1 - t * t;
      }
    },
  },
  silu: {
    bend(h) {
      const s = sigmoid(h);
      return s * sigmoid(-h) * (2 + h * (1 - 2 * s));
    },
    run(h, a, d, from, to) {
      for (let i = from; i < to; i++) {
        const s = sigmoid(h[i]);
        a[i] = h[i] * s;
        d[i] = s * (1 + h[i] * sigmoid(-h[i]));
      }
    },
  },
};

export const isPiecewiseLinear = (activation) => ACTIVATIONS[activation].bend === null;
