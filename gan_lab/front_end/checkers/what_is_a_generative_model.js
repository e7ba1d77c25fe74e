// The numbers that a reader of *What is a generative model?* predicts.

import { gaussian } from "../numeric/game_value.js";
import { kl } from "../numeric/likelihood.js";

const WIDTHS = [0.4, 0.5, 0.7, 1, 1.5, 2, 2.5];

export const NUMBERS_OF_WHAT_IS_A_GENERATIVE_MODEL = {
  "price of a width": () => [WIDTHS.map((sd) => kl(gaussian(0, 1), gaussian(0, sd)))],
};
