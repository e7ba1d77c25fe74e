// The presets as they were at earlier revisions, so that a link plays as it did when it was made: what differs
// from the default recipe. Nothing here changes any more.

const TWO = { means: [-1, 1], sds: [0.3, 0.3], weights: [0.5, 0.5] };
const PAIR = {
  kind: "spots",
  means: [
    [-0.7, 0],
    [0.7, 0],
  ],
  sds: [0.15, 0.15],
  weights: [0.5, 0.5],
};
const LINE = { G: [16, 16], D: [16, 16], m: 64, k: 2, lr_D: 0.01, lr_G: 0.003, iterations: 1000 };
const SMOOTH = { ...LINE, activation: "silu" };
const PLANE = {
  latent_dim: 2,
  G: [32, 32],
  D: [32, 32],
  m: 64,
  k: 1,
  gain: 1,
  lr_D: 4e-3,
  lr_G: 2e-3,
  beta1: 0.5,
  beta2: 0.99,
  iterations: 4000,
};

const SECOND = {
  gaussian: { ...SMOOTH },
  two: { ...LINE, data: TWO, k: 8, r1: 0.02, r2: 0.02 },
  turns: { ...SMOOTH, k: 20, lr_G: 0.03, beta1: 0.5, iterations: 300 },
  bare: {
    ...LINE,
    r1: 0,
    r2: 0,
    k: 1,
    lr_D: 1e-3,
    lr_G: 1e-3,
    beta1: 0.5,
    beta2: 0.999,
    gain: 1,
    schedule: "constant",
    standardise: false,
  },
  kinks: { ...LINE },
  ring: { ...PLANE, data: { kind: "ring", modes: 8, radius: 1, sd: 0.05 } },
  pair: { ...PLANE, data: PAIR },
  grid: { ...PLANE, data: { kind: "grid", side: 3, spacing: 1, sd: 0.05 } },
  moons: { ...PLANE, data: { kind: "moons", sd: 0.1 } },
};

// revision -> name -> parts of a recipe
export const EARLIER = {
  1: { ...SECOND, gaussian: { ...LINE }, turns: { ...LINE, k: 20, lr_G: 0.01, seed: 8 } },
  2: SECOND,
};
