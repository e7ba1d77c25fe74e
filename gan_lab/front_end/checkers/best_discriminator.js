// The numbers that a reader of *The best discriminator* predicts.

import { gaussian, optimalLogit, sigmoid } from "../numeric/game_value.js";
import { normalCdf } from "../numeric/normal.js";

const AT = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2];
const best = optimalLogit(gaussian(0, 1), gaussian(0, 0.5));

// The probability of k or more heads of n tosses, for k = 0, ..., n.
function tails(n, p) {
  const found = [];
  let [chance, sum] = [p ** n, 0];
  for (let k = n; k >= 0; k--) {
    sum += chance;
    found[k] = sum;
    chance *= (k / (n - k + 1)) * ((1 - p) / p);
  }
  return found;
}

// A shift of the mean by 0.2: the best D says "data" below 0.1.
function powerOfTheTest(n) {
  const enough = tails(n, 0.5).findIndex((chance) => chance <= 0.05);
  return tails(n, normalCdf(0.1))[enough];
}

export const NUMBERS_OF_BEST_DISCRIMINATOR = {
  "D* of narrow samples": () => [AT.map((x) => sigmoid(best(x)))],
  "power of a test": () => [[powerOfTheTest(100)]],
};
