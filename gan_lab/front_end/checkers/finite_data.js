// What is predicted in the chapter on finite data: gan_lab/sweeps/finite_data.py trains the same D.

import { softplus } from "../numeric/game_value.js";
import { meanOf } from "../numeric/mean.js";
import { Training } from "../training/loop.js";
import { bell, medianOfSeeds, normalQuantiles } from "./small_games.js";

const STEPS = [0, 25, 50, 100, 200, 400];
const SEEDS = 10;
const X = normalQuantiles(200);
const TEN = {
  ...{ G: [], D: [32, 32], m: 16, n: 10, k: STEPS.at(-1), data: bell(0, 1) },
  ...{ standardise: false, optimizer: "adam", beta1: 0.5, lr_D: 0.02, lr_G: 0.1, r1: 0, r2: 0 },
  ...{ schedule: "constant", dtype: "float64" },
};

// V of D where data and samples are both N(0, 1).
const valueOfD = (game) => meanOf(game.logit(X).map((l) => -softplus(l) - softplus(-l)));

// V after each of the steps, while D learns from ten data and G(z) = z stands still.
function valuesWhileLearning(seed) {
  const game = new Training({ ...TEN, seed });
  game.G.flat.set([1, 0]);
  const values = [];
  for (let step = 0; step <= STEPS.at(-1); step++) {
    if (STEPS.includes(step)) values.push(valueOfD(game));
    game.updateDiscriminator();
  }
  return values;
}

export const NUMBERS_OF_FINITE_DATA = {
  "V while D learns ten by heart": () => [medianOfSeeds(SEEDS, valuesWhileLearning)],
};
