// What stands between the layers of a network, as in gan_lab/training/networks.py.

const LEAK = 0.2;

// Of the numbers h[from..to): the function into a, its slope into d. `bend` is the second derivative
// of one number, null where there is none to speak of; `runTwice` gives it too, into c, each from one
// exponential function, which keeps the digits of a saturated slope.
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
    runTwice(h, a, d, c, from, to) {
      for (let i = from; i < to; i++) {
        const e = Math.exp(-2 * Math.abs(h[i]));
        const share = 1 / (1 + e);
        const t = (h[i] < 0 ? e - 1 : 1 - e) * share;
        a[i] = t;
        d[i] = 4 * e * share * share;
        c[i] = -2 * t * d[i];
      }
    },
  },
  silu: {
    bend(h) {
      const e = Math.exp(-Math.abs(h));
      const [s, rest] = h < 0 ? [e / (1 + e), 1 / (1 + e)] : [1 / (1 + e), e / (1 + e)];
      return s * rest * (2 + h * (1 - 2 * s));
    },
    run(h, a, d, from, to) {
      for (let i = from; i < to; i++) {
        const v = h[i];
        const e = Math.exp(-Math.abs(v)); // once for sigmoid(v) and sigmoid(-v)
        const s = (v < 0 ? e : 1) / (1 + e);
        a[i] = v * s;
        d[i] = s * (1 + v * ((v < 0 ? 1 : e) / (1 + e)));
      }
    },
    runTwice(h, a, d, c, from, to) {
      for (let i = from; i < to; i++) {
        const v = h[i];
        const e = Math.exp(-Math.abs(v));
        const large = 1 / (1 + e);
        const s = v < 0 ? e * large : large;
        const rest = v < 0 ? large : e * large;
        a[i] = v * s;
        d[i] = s * (1 + v * rest);
        c[i] = s * rest * (2 + v * (rest - s));
      }
    },
  },
};

export const isPiecewiseLinear = (activation) => ACTIVATIONS[activation].bend === null;
