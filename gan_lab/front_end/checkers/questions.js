// What is predicted on the page of questions: the mean of -log D* over samples N(d, 1), with data N(0, 1).

import { gaussian, integral, optimalLogit, softplus } from "../numeric/game_value.js";

const DISTANCES = [0, 1, 2, 3, 4];

function lossBeforeBestD(d) {
  const [p_data, p_g] = [gaussian(0, 1), gaussian(d, 1)];
  const logit = optimalLogit(p_data, p_g);
  return integral((x) => Math.exp(p_g(x)) * softplus(-logit(x)));
}

export const NUMBERS_OF_QUESTIONS = { "how far G's loss can rise": () => [DISTANCES.map(lossBeforeBestD)] };
