// The number that is predicted in lab.md, as gan_lab/checkers/by_chapter has it.

import { frameOf } from "../frame/frame_of.js";
import { Training } from "../training/loop.js";
import { presetRecipe } from "../training/recipe/presets.js";

const ITERATIONS = 100;

function divergenceAfter(seed) {
  const game = new Training({ ...presetRecipe("two"), latent: "bernoulli", seed });
  while (game.t < ITERATIONS) {
    for (let i = 0; i < game.recipe.k; i++) game.updateDiscriminator();
    game.updateGenerator();
  }
  return frameOf(game).jsd;
}

export const NUMBERS_OF_LAB = {
  "noise of two values": () => [Array.from({ length: 10 }, (_, seed) => divergenceAfter(seed))],
};
