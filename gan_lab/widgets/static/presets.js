// Games to begin with: a name, what is different from the default recipe, and how far it is played before
// the reader sees it. Data that a reader can choose by name. All numbers were tried in the page.

import { dimOf } from "./kinds_of_data.js";
import { recipeOf, same } from "./recipe.js";

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
  pair: ["Two spots", { kind: "spots", means: [[-0.7, 0], [0.7, 0]], sds: [0.15, 0.15], weights: [0.5, 0.5] }],
  moons: ["Two moons", { kind: "moons", sd: 0.1 }],
  spiral: ["Spiral", { kind: "spiral", turns: 1, arms: 2, sd: 0.05 }],
  roll: ["Swiss roll", { kind: "swiss_roll", sd: 1 / 15 }],
  rings: ["Two rings", { kind: "two_rings", inner: 0.5, outer: 1, sd: 0.05 }],
};

const data = (name) => TARGETS[name][1];
const LINE = { G: [16, 16], D: [16, 16], m: 64, k: 2, lr_D: 0.01, lr_G: 0.003, iterations: 1000 };
const SMOOTH = { ...LINE, activation: "silu" };
const PLANE = {
  latent_dim: 2, G: [32, 32], D: [32, 32], m: 64, k: 1, gain: 1, lr_D: 4e-3, lr_G: 2e-3,
  beta1: 0.5, beta2: 0.99, iterations: 4000,
};

// name -> { words, recipe, t }: in groups of one dimension each.
export const PRESETS = {
  gaussian: { words: "One bump", parts: { ...SMOOTH }, t: 600 },
  two: { words: "Two bumps", parts: { ...LINE, data: data("two"), k: 8, r1: 0.02, r2: 0.02 }, t: 600 },
  turns: { words: "Figure 1: turns that can be seen", parts: { ...SMOOTH, k: 20, lr_G: 0.03, beta1: 0.5, iterations: 300 }, t: 0 },
  bare: {
    words: "As a tutorial sets it",
    parts: { ...LINE, r1: 0, r2: 0, k: 1, lr_D: 1e-3, lr_G: 1e-3, beta1: 0.5, beta2: 0.999, gain: 1, schedule: "constant", standardise: false },
    t: 0,
  },
  kinks: { words: "What kinks do", parts: { ...LINE }, t: 600 },
  ring: { words: "Ring of 8 spots", parts: { ...PLANE, data: data("ring") }, t: 1000 },
  pair: { words: "Two spots", parts: { ...PLANE, data: data("pair") }, t: 400 },
  grid: { words: "Grid of 9 spots", parts: { ...PLANE, data: data("grid") }, t: 600 },
  moons: { words: "Two moons", parts: { ...PLANE, data: data("moons") }, t: 600 },
};

export const REVISION = 2; // of PRESETS

// The presets of the first revision that are others now.
const FIRST = {
  gaussian: { ...LINE },
  turns: { ...LINE, k: 20, lr_G: 0.01, seed: 8 },
};

// What differs from the default recipe in a preset as it was at a revision.
export const presetAt = (name, revision) => ({ ...((revision === 1 && FIRST[name]) || PRESETS[name].parts) });
export const presetRecipe = (name) => recipeOf(PRESETS[name].parts);
export const presetsOf = (dim) => Object.keys(PRESETS).filter((name) => dimOf(presetRecipe(name).data) === dim);
export const targetsOf = (dim) => Object.keys(TARGETS).filter((name) => dimOf(data(name)) === dim);

// The name of these data, null for data that have none.
export const targetNamed = (wanted) => Object.keys(TARGETS).find((name) => same(recipeOf({ data: data(name) }).data, wanted)) ?? null;

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
