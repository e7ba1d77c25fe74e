// What is predicted in "Three games for the generator": gan_lab/checkers/by_chapter/generator_losses.py has the same.

import { pulls } from "../numeric/generator_losses.js";
import { meanOf } from "../numeric/mean.js";
import { Training } from "../training/loop.js";
import { bell, normalQuantiles, ofSeeds } from "./small_games.js";

const DISTANCES = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4];
const SEEDS = 10;
const Z = normalQuantiles(200);

const FAR_AWAY = {
  ...{ G: [8], D: [16], m: 32, k: 5, data: bell(4, 0.5), loss: "minimax" },
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
  "minimax far away": () => [ofSeeds(SEEDS, meanOfSamples)],
};
