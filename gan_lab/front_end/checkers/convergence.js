// What is predicted in "Does it converge?": gan_lab/checkers/by_chapter/convergence.py has the same.

import { pathOf } from "../numeric/two_numbers.js";

function distancesAtOnce() {
  const path = pathOf("bilinear", [1, 0], 400, { h: 0.1, alternating: false });
  return path.filter((_, i) => i % 50 === 0).map((point) => Math.hypot(...point));
}

export const NUMBERS_OF_CONVERGENCE = { "both move at once": () => [distancesAtOnce()] };
