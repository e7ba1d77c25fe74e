// The numbers that a reader of *What a GAN does* predicts.

import { stepsUp } from "../numeric/blurred_samples.js";
import { meanOf } from "../numeric/mean.js";
import { Training } from "../training/loop.js";
import { presetRecipe } from "../training/recipe/presets.js";
import { normalQuantiles, ofSeeds } from "./small_games.js";

const TWO_HILLS = [
  [-2.2, 0.7],
  [2.2, 0.7],
];
const [TURNS, SEEDS, LOOKED_AT] = [40, 11, 200];
const Z = normalQuantiles(LOOKED_AT);

function samplesThatCross() {
  let samples = Array.from({ length: 12 }, (_, i) => 2.4 + (2.2 * i) / 11);
  for (let i = 0; i < 100; i++) {
    const steps = stepsUp(TWO_HILLS, samples);
    samples = samples.map((x, k) => x + steps[k]);
  }
  return samples.filter((x) => x < 0).length;
}

// How far, on average, a sample would have to go for all to lie as the data do.
const away = (game) =>
  meanOf(
    game
      .generate(Z)
      .sort()
      .map((x, i) => Math.abs(x - (3 + 0.5 * Z[i]))),
  );

function turnsThatHelp(seed) {
  const game = new Training({ ...presetRecipe("turns"), k: 10, dtype: "float64", seed });
  const found = [away(game)];
  for (let i = 0; i < TURNS; i++) {
    game.play(1);
    found.push(away(game));
  }
  return found.filter((now, i) => i && now < found[i - 1]).length;
}

export const NUMBERS_OF_INTRO = {
  "samples that cross": () => [[samplesThatCross()]],
  "turns that help": () => [ofSeeds(SEEDS, turnsThatHelp)],
};
