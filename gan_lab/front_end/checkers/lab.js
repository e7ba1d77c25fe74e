// The number that is predicted in lab.md, as gan_lab/checkers/by_chapter has it.

import { frameOf } from "../frame/frame_of.js";
import { Training } from "../training/loop.js";
import { presetRecipe } from "../training/recipe/presets.js";
import { ofSeeds } from "./small_games.js";

const [SEEDS, ITERATIONS] = [10, 100];

function divergenceAfter(seed) {
  const game = new Training({ ...presetRecipe("two"), latent: "bernoulli", seed });
  game.play(ITERATIONS);
  return frameOf(game).jsd;
}

export const NUMBERS_OF_LAB = {
  "noise of two values": () => [ofSeeds(SEEDS, divergenceAfter)],
};
