// How fast this page computes: measured once, and only where somebody has to know.

import { multiplications, ofIteration } from "./effort.js";
import { Training } from "./loop.js";
import { recipeOf } from "./recipe/recipe.js";

const TRIED = recipeOf({ G: [32, 32], D: [32, 32], m: 128, k: 1 });
const WARM = 10; // iterations that the engine has for making fast code of them
const TRIES = 4; // the best counts: the others were disturbed
const LONG = 10; // milliseconds of a try

// Multiplications in a millisecond, of a small game that is played for the purpose.
export function measuredSpeed(now = () => performance.now()) {
  const game = new Training(TRIED);
  game.play(WARM);
  const tries = Array.from({ length: TRIES }, () => {
    const [begun, t] = [now(), game.t];
    do game.play(1);
    while (now() - begun < LONG);
    return ((game.t - t) * ofIteration(TRIED)) / (now() - begun);
  });
  return Math.max(...tries);
}

// estimate(recipe) -> { seconds, most }: of one iteration with its picture here, and the multiplications that
// would take `quick` seconds. What is light by any measure is not measured.
export function estimator({ measure = measuredSpeed, quick = 0.25 } = {}) {
  let speed = null;
  return (recipe) => {
    const count = multiplications(recipe);
    if (count < SMALL) return { seconds: 0, most: SMALL };
    speed ??= measure();
    return { seconds: count / speed / 1000, most: 1000 * quick * speed };
  };
}
const SMALL = 2e7;
