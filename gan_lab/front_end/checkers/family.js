// What is predicted in "A family of games": gan_lab/checkers/by_chapter/family.py has the same.

import { bound } from "../numeric/critics.js";

const CONSTANTS = [-2, -1.5, -1, -0.5, 0, 0.5, 1];

export const NUMBERS_OF_FAMILY = {
  "a raised critic": () => [CONSTANTS.map((s) => bound("f-kl", { mu: 1, sigma: 1 }, 1, s))],
};
