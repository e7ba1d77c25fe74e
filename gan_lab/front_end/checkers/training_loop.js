// The numbers that are predicted in training_loop.md, as gan_lab/checkers/by_chapter has them.

import { frameOf } from "../frame/frame_of.js";
import { meanOf } from "../numeric/mean.js";
import { Training } from "../training/loop.js";
import { bell, medianOfSeeds, ofSeeds } from "./small_games.js";

const MOMENTS = [1, 5, 10, 15, 20, 30, 60];
const AROUND = 2; // a loss is the mean of so many iterations before, and after
const SEEDS = 10;
const STEPS = 100; // of D on sixteen points

const GOES_WELL = { G: [16, 16], D: [16, 16], m: 128, k: 5, lr_G: 4e-3, iterations: 250, dtype: "float64" };
const BY_HEART = {
  ...{ data: bell(0, 1), standardise: false, G: [], D: [16, 16], m: 16, k: STEPS },
  ...{ lr_D: 0.02, r1: 0, r2: 0, schedule: "constant", dtype: "float64" },
};

function lossesOfD(seed) {
  const game = new Training({ ...GOES_WELL, seed });
  const losses = [];
  for (let t = 0; t < MOMENTS.at(-1) + AROUND; t++) {
    game.play(1);
    losses.push(game.loss_D);
  }
  return MOMENTS.map((t) => meanOf(losses.slice(Math.max(0, t - 1 - AROUND), t + AROUND)));
}

function valueOnAllData(seed) {
  const game = new Training({ ...BY_HEART, seed });
  game.G.flat.set([1, 0.5]); // G(z) = z + 1/2
  for (let i = 0; i < STEPS; i++) {
    game.updateDiscriminator();
    game.steps = 0; // the draws of the first step again
  }
  return frameOf(game).V;
}

export const NUMBERS_OF_TRAINING_LOOP = {
  "loss of D over time": () => [medianOfSeeds(SEEDS, lossesOfD)],
  "V on all data": () => [ofSeeds(SEEDS, valueOnAllData)],
};
