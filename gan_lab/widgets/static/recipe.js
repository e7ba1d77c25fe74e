// A training written down, as gan_lab/recipe.py has it: the plain object of `Recipe.as_dict()`.
//
// What is no possible training is refused in one sentence, and so is what the page does not train.

import { ACTIVATIONS } from "./activations.js";
import { KINDS } from "./kinds_of_data.js";
import { checkedData, dataAsPython } from "./recipe_data.js";
import { LOSSES } from "./losses.js";
import { NAMED } from "./named_laws.js";
import { sizeOf } from "./networks.js";
import { OPTIMIZERS } from "./optimizers.js";
import { float, text, tuple } from "./python_text.js";
import { fail, wholeBetween } from "./refusals.js";

// Recipe().as_dict(), in the order of its fields.
export const DEFAULTS = {
  data: { means: [3], sds: [0.5], weights: [1] },
  latent: "gaussian",
  latent_dim: 1,
  G: [48, 48],
  D: [48, 48],
  activation: "leaky_relu",
  gain: 0.6,
  loss: "non-saturating",
  r1: 0.005,
  r2: 0.005,
  gp: 0,
  clip: 0,
  spectral: false,
  smoothing: 0,
  instance_noise: 0,
  packing: 1,
  unrolled: 0,
  k: 4,
  m: 256,
  optimizer: "adam",
  lr_D: 4e-3,
  lr_G: 1e-3,
  beta1: 0,
  beta2: 0.99,
  momentum: 0,
  schedule: "cosine",
  ema: 0,
  iterations: 2000,
  standardise: true,
  members: 1,
  seed: 0,
  dtype: "float32",
};

// What a reader may choose in the page.
export const OFFERED = {
  data: KINDS,
  laws: Object.keys(NAMED), // of data of the kind law
  latent: ["gaussian", "uniform", "bernoulli"],
  activation: Object.keys(ACTIVATIONS),
  loss: Object.keys(LOSSES),
  penalties: ["r1", "r2", "gp"],
  constraints: ["clip", "spectral"],
  optimizer: Object.keys(OPTIMIZERS),
  schedule: ["constant", "cosine"],
  dtype: ["float32", "float64"],
};

// [question, why not]: what Python trains and the page does not.
const NOT_HERE = [
  [
    ({ members }) => members !== 1,
    "The page trains one game at a time: members must be 1 here, and may be more in Python.",
  ],
  [
    ({ packing }) => packing !== 1,
    "The page shows D(x) of one point, and a D that judges packs has none: packing must be 1 here, and may be more in Python.",
  ],
  [
    ({ unrolled }) => unrolled !== 0,
    "The page has no gradient through steps of D: unrolled must be 0 here, and may be more in Python.",
  ],
];

const MOST_NUMBERS = 2 ** 21; // 16 MB in an array: the widest layer's values of a minibatch, or all weights

const whole = (low, high) => (name, value) => wholeBetween(low, high, value, name);

const real = (low, high = Infinity, below = false) => {
  const bounds =
    high === Infinity
      ? `${low} or more`
      : below
        ? `${low} or more and below ${high}`
        : `from ${low} to ${high}`;
  return (name, value) =>
    Number.isFinite(value) && value >= low && (below ? value < high : value <= high)
      ? value
      : fail(`${name} must be a number, ${bounds}, not ${text(value)}.`);
};

const oneOf = (known) => (name, value) =>
  known.includes(value) ? value : fail(`${name} must be one of ${known.join(", ")}, not ${text(value)}.`);

const truth = (name, value) =>
  typeof value === "boolean" ? value : fail(`${name} must be true or false, not ${text(value)}.`);

const rate = (name, value) =>
  Array.isArray(value)
    ? fail(`In the page ${name} is one number, not a list of one for each member.`)
    : real(0)(name, value);

function widths(name, value) {
  const right = Array.isArray(value) && value.length <= 8 && value.every(Number.isInteger);
  if (!right) fail(`${name} must be a list of at most 8 layer widths, not ${text(value)}.`);
  if (value.some((w) => w < 1 || w > 4096))
    fail(`${name} must be layer widths from 1 to 4096, not ${text(value)}.`);
  return [...value];
}

const READ = {
  data: (name, value) => checkedData(value),
  latent: oneOf(OFFERED.latent),
  latent_dim: whole(1, 1024),
  G: widths,
  D: widths,
  activation: oneOf(OFFERED.activation),
  gain: real(0, 100),
  loss: oneOf(OFFERED.loss),
  r1: real(0),
  r2: real(0),
  gp: real(0),
  clip: real(0),
  spectral: truth,
  smoothing: real(0, 1, true),
  instance_noise: real(0),
  packing: whole(1, 64),
  unrolled: whole(0, 100),
  k: whole(1, 1000),
  m: whole(1, 2 ** 20),
  optimizer: oneOf(OFFERED.optimizer),
  lr_D: rate,
  lr_G: rate,
  beta1: real(0, 1, true),
  beta2: real(0, 1, true),
  momentum: real(0, 1, true),
  schedule: oneOf(OFFERED.schedule),
  ema: real(0, 1, true),
  iterations: whole(1, 10 ** 8),
  standardise: truth,
  members: whole(1, 2 ** 16),
  seed: whole(0, 2 ** 53),
  dtype: oneOf(OFFERED.dtype),
};

// A complete recipe from some fields; what is left out is the default. Throws an Error of one sentence.
export function recipeOf(parts = {}) {
  if (parts === null || typeof parts !== "object" || Array.isArray(parts))
    fail(`A recipe must be a table of fields, not ${text(parts)}.`);
  const strange = Object.keys(parts).find((name) => !Object.hasOwn(READ, name));
  if (strange !== undefined)
    fail(`A recipe has no field ${text(strange)}; its fields are ${Object.keys(READ).join(", ")}.`);
  const recipe = {};
  for (const [name, read] of Object.entries(READ))
    recipe[name] = read(name, Object.hasOwn(parts, name) ? parts[name] : DEFAULTS[name]);
  for (const [asked, why] of NOT_HERE) if (asked(recipe)) fail(why);
  goTogether(recipe);
  return recipe;
}

function goTogether(recipe) {
  const { smoothing, loss, m, latent_dim, G, D } = recipe;
  if (recipe.clip && recipe.spectral)
    fail("clip and spectral each want the last word on D's weights: set one of them.");
  if (smoothing && !LOSSES[loss].labels) {
    const those = OFFERED.loss.filter((name) => LOSSES[name].labels).join(", ");
    fail(
      `smoothing softens D's label of the data, and in the loss ${text(loss)} D has no labels: the losses that do are ${those}.`,
    );
  }
  const widest = Math.max(latent_dim, 2, ...G, ...D);
  if (3 * m * widest > MOST_NUMBERS)
    fail(
      `A minibatch of ${m} with a layer of ${widest} is too much for a page: their product must be at most ${Math.floor(MOST_NUMBERS / 3)}.`,
    );
  const weights = Math.max(sizeOf([latent_dim, ...G, 2]), sizeOf([2, ...D, 1]));
  if (weights > MOST_NUMBERS)
    fail(
      `A network of ${weights} weights is too much for a page: there must be at most ${MOST_NUMBERS}.`,
    );
}

// Whether two recipes, or values of a field, are the same.
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const WHOLE = new Set(["latent_dim", "packing", "unrolled", "k", "m", "iterations", "members", "seed"]);

function valueAsPython(name, value) {
  if (name === "data") return dataAsPython(value);
  if (Array.isArray(value)) return tuple(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return `'${value}'`;
  return WHOLE.has(name) ? String(value) : float(value);
}

// The code that remakes a recipe in Python, as repr(Recipe) gives it: only what differs is named.
export function asPython(recipe) {
  const changed = Object.keys(DEFAULTS).filter((name) => !same(recipe[name], DEFAULTS[name]));
  return `Recipe(${changed.map((name) => `${name}=${valueAsPython(name, recipe[name])}`).join(", ")})`;
}
