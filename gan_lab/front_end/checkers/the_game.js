// The numbers that a reader of *The game* predicts.

import { softplus } from "../numeric/game_value.js";
import { normalDensity } from "../numeric/normal.js";
import { Training } from "../training/loop.js";
import { presetRecipe } from "../training/recipe/presets.js";
import { ofSeeds } from "./small_games.js";

const SEEDS = 10;
const AT = [-2, -1, -0.5, 0.5, 1, 2, 3, 4];
const [STEP, END] = [1 / 128, 12]; // of the trapezoid rule
const Z = Float64Array.from({ length: (2 * END) / STEP + 1 }, (_, i) => i * STEP - END);

// G(z) is z to the left of 0, and 2z to the right: the density of z, divided by the slope.
const stretched = (x) => (x < 0 ? normalDensity(x) : normalDensity(x / 2) / 2);

const expectation = (values) => STEP * values.reduce((sum, value, i) => sum + value * normalDensity(Z[i]), 0);

function valueOfGame(game) {
  const onData = game.logit(Z.map((z) => 3 + 0.5 * z)).map((l) => -softplus(-l));
  const onSamples = game.logit(game.generate(Z)).map((l) => -softplus(l));
  return expectation(onData) + expectation(onSamples);
}

function alone(seed) {
  const game = new Training({ ...presetRecipe("bump"), lr_G: 0.01, dtype: "float64", seed });
  game.play(10);
  for (let i = 0; i < 30; i++) game.updateGenerator();
  return valueOfGame(game);
}

export const NUMBERS_OF_THE_GAME = {
  "stretched noise": () => [AT.map(stretched)],
  "G alone": () => [ofSeeds(SEEDS, alone)],
};
