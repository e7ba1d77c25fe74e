// How the page computes what a reader has predicted, by the prediction's name: each gives [as written, as mended], of
// which the second is there for bugs only. gan_lab/checkers computes the same in Python.

import { NUMBERS_OF_BEST_DISCRIMINATOR } from "./best_discriminator.js";
import { NUMBERS_OF_BUGS } from "./bugs.js";
import { NUMBERS_OF_CONVERGENCE } from "./convergence.js";
import { NUMBERS_OF_DIVERGENCES } from "./divergences.js";
import { NUMBERS_OF_FAMILY } from "./family.js";
import { NUMBERS_OF_FIGURE_1 } from "./figure_1.js";
import { NUMBERS_OF_FINITE_DATA } from "./finite_data.js";
import { NUMBERS_OF_GENERATOR_LOSSES } from "./generator_losses.js";
import { NUMBERS_OF_INTRO } from "./intro.js";
import { NUMBERS_OF_IS_MY_CURVE_NORMAL } from "./is_my_curve_normal.js";
import { NUMBERS_OF_LAB } from "./lab.js";
import { NUMBERS_OF_LIKELIHOOD_MODELS } from "./likelihood_models.js";
import { NUMBERS_OF_PICTURES } from "./pictures.js";
import { NUMBERS_OF_QUESTIONS } from "./questions.js";
import { NUMBERS_OF_SUPPORTS } from "./supports.js";
import { NUMBERS_OF_THE_GAME } from "./the_game.js";
import { NUMBERS_OF_TODAY } from "./today.js";
import { NUMBERS_OF_TRAINING_LOOP } from "./training_loop.js";
import { NUMBERS_OF_WHAT_IS_A_GENERATIVE_MODEL } from "./what_is_a_generative_model.js";
import { NUMBERS_OF_WHAT_THE_GENERATOR_MINIMISES } from "./what_the_generator_minimises.js";

export const NUMBERS = {
  ...NUMBERS_OF_INTRO,
  ...NUMBERS_OF_WHAT_IS_A_GENERATIVE_MODEL,
  ...NUMBERS_OF_THE_GAME,
  ...NUMBERS_OF_BEST_DISCRIMINATOR,
  ...NUMBERS_OF_WHAT_THE_GENERATOR_MINIMISES,
  ...NUMBERS_OF_FIGURE_1,
  ...NUMBERS_OF_TRAINING_LOOP,
  ...NUMBERS_OF_LAB,
  ...NUMBERS_OF_GENERATOR_LOSSES,
  ...NUMBERS_OF_DIVERGENCES,
  ...NUMBERS_OF_SUPPORTS,
  ...NUMBERS_OF_CONVERGENCE,
  ...NUMBERS_OF_FAMILY,
  ...NUMBERS_OF_FINITE_DATA,
  ...NUMBERS_OF_PICTURES,
  ...NUMBERS_OF_LIKELIHOOD_MODELS,
  ...NUMBERS_OF_TODAY,
  ...NUMBERS_OF_BUGS,
  ...NUMBERS_OF_IS_MY_CURVE_NORMAL,
  ...NUMBERS_OF_QUESTIONS,
};
