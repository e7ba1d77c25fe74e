// Data that a reader can choose by name, and what is asked of the presets, which stand in schema.js. All numbers
// were tried in the page: what the games of the ring and the grid end with, over ten seeds, is said in book/lab.md.

import { dimOf } from "../../data/kinds.js";
import { EARLIER } from "./earlier_presets.js";
import { recipeOf, same } from "./recipe.js";
import { PRESETS } from "./schema.js";

// name -> [words, data]
export const TARGETS = {
  gaussian: ["One bump: N(3, 0.5²)", { means: [3], sds: [0.5], weights: [1] }],
  two: ["Two bumps", { means: [-1, 1], sds: [0.3, 0.3], weights: [0.5, 0.5] }],
  three: ["Three bumps", { means: [-2, 0, 2], sds: [0.25, 0.25, 0.25], weights: [1 / 3, 1 / 3, 1 / 3] }],
  uneven: ["A high bump and a low one", { means: [-1, 1.5], sds: [0.3, 0.4], weights: [0.8, 0.2] }],
  box: ["A box", { kind: "drawn", points: [-1, -0.999, 0.999, 1], heights: [0, 1, 1, 0] }],
  ring: ["Ring of 8 spots", { kind: "ring", modes: 8, radius: 1, sd: 0.05 }],
  thin: ["Ring of 8 sharp spots", { kind: "ring", modes: 8, radius: 1, sd: 0.01 }],
  grid: ["Grid of 9 spots", { kind: "grid", side: 3, spacing: 1, sd: 0.05 }],
  pair: [
    "Two spots",
    {
      kind: "spots",
      means: [
        [-0.7, 0],
        [0.7, 0],
      ],
      sds: [0.15, 0.15],
      weights: [0.5, 0.5],
    },
  ],
  moons: ["Two moons", { kind: "moons", sd: 0.1 }],
  spiral: ["Spiral", { kind: "spiral", turns: 1, arms: 2, sd: 0.05 }],
  roll: ["Swiss roll", { kind: "swiss_roll", sd: 1 / 15 }],
  rings: ["Two rings", { kind: "two_rings", inner: 0.5, outer: 1, sd: 0.05 }],
};

const data = (name) => TARGETS[name][1];

export const REVISION = 3; // of PRESETS; those of earlier ones are in training/recipe/earlier_presets.js

// What differs from the default recipe in each preset as it was at a revision.
export const presetsAt = (revision) =>
  EARLIER[revision] ?? Object.fromEntries(Object.entries(PRESETS).map(([name, { parts }]) => [name, parts]));
export const presetRecipe = (name) => recipeOf(PRESETS[name].parts);
export const presetsOf = (dim) => Object.keys(PRESETS).filter((name) => dimOf(presetRecipe(name).data) === dim);
export const targetsOf = (dim) => Object.keys(TARGETS).filter((name) => dimOf(data(name)) === dim);

// The name of these data, null for data that have none.
export const targetNamed = (wanted) =>
  Object.keys(TARGETS).find((name) => same(recipeOf({ data: data(name) }).data, wanted)) ?? null;

// The preset that a recipe is closest to: of its dimension, and the fewest other fields that differ.
export function closestPreset(recipe) {
  const apart = (name) => {
    const other = presetRecipe(name);
    return Object.keys(other).filter((field) => !same(other[field], recipe[field])).length;
  };
  return presetsOf(dimOf(recipe.data)).reduce((best, name) => (apart(name) < apart(best) ? name : best));
}

// The name of the preset that this very recipe is, null for one's own.
export const presetOf = (recipe) => Object.keys(PRESETS).find((name) => same(presetRecipe(name), recipe)) ?? null;
