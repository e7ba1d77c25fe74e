// What is predicted in "Which mistakes a divergence forgives": gan_lab/checkers/by_chapter/divergences.py has the same.

import { fits, lead } from "../numeric/gaussian_fits.js";

const HALF_DISTANCES = [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5];

function bestMean(a) {
  const found = fits("reverse-kl", a);
  return lead(found) > 0 ? found.onBump.mean : found.middle.mean;
}

export const NUMBERS_OF_DIVERGENCES = { "fit by reverse KL": () => [HALF_DISTANCES.map(bestMean)] };
