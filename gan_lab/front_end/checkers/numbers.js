// How the page computes what a reader has predicted, by the prediction's name: each gives [as written, as mended], of
// which the second is there for bugs only. gan_lab/checkers computes the same in Python.

import { NUMBERS_OF_BUGS } from "./bugs.js";
import { NUMBERS_OF_FIGURE_1 } from "./figure_1.js";
import { NUMBERS_OF_LAB } from "./lab.js";
import { NUMBERS_OF_TRAINING_LOOP } from "./training_loop.js";
import { NUMBERS_OF_WHAT_THE_GENERATOR_MINIMISES } from "./what_the_generator_minimises.js";

export const NUMBERS = {
  ...NUMBERS_OF_BUGS,
  ...NUMBERS_OF_WHAT_THE_GENERATOR_MINIMISES,
  ...NUMBERS_OF_FIGURE_1,
  ...NUMBERS_OF_TRAINING_LOOP,
  ...NUMBERS_OF_LAB,
};
