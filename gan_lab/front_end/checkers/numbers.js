// How the page computes what a reader has predicted, by the prediction's name: each gives [as written, as mended], of
// which the second is there for bugs only. gan_lab/checkers computes the same in Python.

import { NUMBERS_OF_BEST_DISCRIMINATOR } from "./best_discriminator.js";
import { NUMBERS_OF_BUGS } from "./bugs.js";
import { NUMBERS_OF_CONVERGENCE } from "./convergence.js";
import { NUMBERS_OF_DIVERGENCES } from "./divergences.js";
import { NUMBERS_OF_FAMILY } from "./family.js";
import { NUMBERS_OF_GENERATOR_LOSSES } from "./generator_losses.js";
import { NUMBERS_OF_INTRO } from "./intro.js";
import { NUMBERS_OF_SUPPORTS } from "./supports.js";
import { NUMBERS_OF_THE_GAME } from "./the_game.js";
import { NUMBERS_OF_WHAT_IS_A_GENERATIVE_MODEL } from "./what_is_a_generative_model.js";

export const NUMBERS = {
  ...NUMBERS_OF_BUGS,
  ...NUMBERS_OF_INTRO,
  ...NUMBERS_OF_WHAT_IS_A_GENERATIVE_MODEL,
  ...NUMBERS_OF_THE_GAME,
  ...NUMBERS_OF_BEST_DISCRIMINATOR,
  ...NUMBERS_OF_GENERATOR_LOSSES,
  ...NUMBERS_OF_DIVERGENCES,
  ...NUMBERS_OF_SUPPORTS,
  ...NUMBERS_OF_CONVERGENCE,
  ...NUMBERS_OF_FAMILY,
};
