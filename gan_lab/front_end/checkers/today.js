// What is predicted in the chapter on where GANs are now: one Euler step along the exact velocity.

import { eulerPath } from "../numeric/flows.js";

const BUMPS = [
  [-2, 0.5],
  [2, 0.5],
];

export const NUMBERS_OF_TODAY = {
  "a single step": () => [[-2, -1, 0, 1, 2].map((z) => eulerPath(BUMPS, 1, z)[1])],
};
