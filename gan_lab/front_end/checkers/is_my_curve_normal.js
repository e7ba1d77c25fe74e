// What is predicted in the chapter on curves: the healthy game in which the loss of G rises, from its start.

import { Training } from "../training/loop.js";
import { presetRecipe } from "../training/recipe/presets.js";
import { medianOfSeeds } from "./small_games.js";

const LOOKED_AT = [1, 10, 20, 30, 40, 60];
const SEEDS = 10;
const CHANGED = { lr_D: 1e-3, lr_G: 5e-4, schedule: "constant", dtype: "float64" };

function lossesOfG(seed) {
  const game = new Training({ ...presetRecipe("two"), ...CHANGED, seed });
  return LOOKED_AT.map((t) => {
    game.play(t - game.t);
    return game.loss_G;
  });
}

export const NUMBERS_OF_IS_MY_CURVE_NORMAL = { "a healthy loss of G": () => [medianOfSeeds(SEEDS, lossesOfG)] };
