// What is predicted in "Three games for the generator": gan_lab/checkers/by_chapter/generator_losses.py has the same.

import { pulls } from "../numeric/generator_losses.js";
import { meanOf } from "../numeric/mean.js";
import { normalQuantile } from "../numeric/normal.js";
import { Training } from "../training/loop.js";

const DISTANCES = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4];
const SEEDS = Array.from({ length: 10 }, (_, seed) => seed);
const Z = Float64Array.from({ length: 200 }, (_, i) => normalQuantile((i + 0.5) / 200));

const FAR_AWAY = {
  ...{ G: [8], D: [16], m: 32, k: 5, data: { means: [4], sds: [0.5], weights: [1] }, loss: "minimax" },
  ...{ standardise: false, optimizer: "sgd", lr_D: 0.3, lr_G: 0.1, r1: 0, r2: 0, schedule: "constant" },
  dtype: "float64",
};

function meanOfSamples(seed) {
  const game = new Training({ ...FAR_AWAY, seed });
  game.play(100);
  return meanOf(game.generate(Z));
}

export const NUMBERS_OF_GENERATOR_LOSSES = {
  "pull of minimax": () => [DISTANCES.map((d) => pulls([[0, 1]], d, 1).losses.minimax.mu)],
  "minimax far away": () => [SEEDS.map(meanOfSamples)],
};
