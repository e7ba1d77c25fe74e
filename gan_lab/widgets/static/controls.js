// What a reader can set: for each field of a recipe its kind of control, its label and what it means.
//
// kind "choice": a list of [value, words]; "number": a field that is typed; "rate": a slider in powers of ten
// beside such a field; "widths": how many layers, and how wide; "check": yes or no.

import { targetsOf, TARGETS } from "./presets.js";
import { OFFERED } from "./recipe.js";

const LOSS_WORDS = {
  minimax: "minimax, as in Algorithm 1",
  "non-saturating": "non-saturating",
  "maximum-likelihood": "maximum likelihood",
  "least-squares": "least squares",
  hinge: "hinge",
  wasserstein: "Wasserstein critic",
  relativistic: "relativistic pairs",
};
const named = (names, words = {}) => names.map((name) => [name, words[name] ?? name]);

const GROUPS = [
  {
    name: "target",
    words: "Target and noise",
    open: true,
    fields: [
      { name: "data", kind: "choice", label: "Target p_data", hint: "the law that G is to learn" },
      {
        name: "latent", kind: "choice", label: "Noise p_z", hint: "the law of each coordinate of z",
        choices: named(OFFERED.latent, { gaussian: "N(0, 1)", uniform: "U(−1, 1)", bernoulli: "0 or 1" }),
      },
      { name: "latent_dim", kind: "number", label: "Numbers in z", hint: "the dimension of the noise", low: 1, high: 64, step: 1 },
      { name: "seed", kind: "number", label: "Seed", hint: "the same seed, the same numbers", low: 0, high: 1e6, step: 1 },
    ],
  },
  {
    name: "networks",
    words: "Networks",
    fields: [
      { name: "G", kind: "widths", label: "G", hint: "hidden layers of the generator, and their width" },
      { name: "D", kind: "widths", label: "D", hint: "hidden layers of the discriminator, and their width" },
      { name: "activation", kind: "choice", label: "Activation", hint: "between the layers of both", choices: named(OFFERED.activation, { leaky_relu: "leaky ReLU", relu: "ReLU", silu: "SiLU" }) },
      { name: "gain", kind: "number", label: "Gain of G", hint: "times the usual size of G's first weights", low: 0, high: 10, step: 0.1 },
      { name: "standardise", kind: "check", label: "Standardise", hint: "networks work at the scale of the data" },
    ],
  },
  {
    name: "game",
    words: "Game",
    open: true,
    fields: [
      { name: "loss", kind: "choice", label: "Loss", hint: "what each player minimises", choices: named(OFFERED.loss, LOSS_WORDS) },
      { name: "k", kind: "number", label: "k, steps of D", hint: "moves of D for each move of G", low: 1, high: 100, step: 1 },
      { name: "m", kind: "number", label: "m, the batch", hint: "examples in a minibatch", low: 1, high: 4096, step: 1 },
      { name: "r1", kind: "number", label: "Penalty r1", hint: "on D's slope at the data", low: 0, step: 0.005 },
      { name: "r2", kind: "number", label: "Penalty r2", hint: "on D's slope at G's points", low: 0, step: 0.005 },
      { name: "gp", kind: "number", label: "Penalty gp", hint: "for a slope of 1 between data and G's points (WGAN-GP)", low: 0, step: 0.5 },
      { name: "clip", kind: "number", label: "Clip D's weights", hint: "every weight of D within this; 0: not", low: 0, step: 0.01 },
      { name: "smoothing", kind: "number", label: "Label smoothing", hint: "D's label of the data is 1 minus this", low: 0, high: 0.99, step: 0.05 },
      { name: "instance_noise", kind: "number", label: "Instance noise", hint: "noise on all that D sees; falls to 0", low: 0, step: 0.05 },
    ],
  },
  {
    name: "optimizer",
    words: "Optimizer",
    open: true,
    fields: [
      { name: "lr_D", kind: "rate", label: "Rate of D", hint: "the size of D's steps" },
      { name: "lr_G", kind: "rate", label: "Rate of G", hint: "the size of G's steps" },
      { name: "optimizer", kind: "choice", label: "Optimizer", hint: "how a gradient becomes a step", choices: named(OFFERED.optimizer, { adam: "Adam", sgd: "SGD", rmsprop: "RMSprop" }) },
      { name: "beta1", kind: "number", label: "beta1", hint: "memory of past gradients", low: 0, high: 0.999, step: 0.05, of: ["adam"] },
      { name: "beta2", kind: "number", label: "beta2", hint: "memory of their squares", low: 0, high: 0.9999, step: 0.005, of: ["adam", "rmsprop"] },
      { name: "momentum", kind: "number", label: "Momentum", hint: "of past steps", low: 0, high: 0.99, step: 0.05, of: ["sgd", "rmsprop"] },
      { name: "schedule", kind: "choice", label: "Schedule", hint: "whether the rates fall", choices: named(OFFERED.schedule, { constant: "constant", cosine: "fall to 0" }) },
      { name: "iterations", kind: "number", label: "… over so many iterations", hint: "when the schedule ends", low: 1, high: 1e6, step: 100 },
    ],
  },
];

// The groups for data of a dimension: a target is chosen among those on the line or in the plane.
export const groupsFor = (dim) =>
  GROUPS.map((group) => ({
    ...group,
    fields: group.fields.map((field) =>
      field.name === "data" ? { ...field, choices: targetsOf(dim).map((name) => [name, TARGETS[name][0]]) } : field,
    ),
  }));

export const FIELDS = GROUPS.flatMap(({ fields }) => fields);
export const labelOf = (name) => FIELDS.find((field) => field.name === name)?.label ?? name;

// Whether a field has a meaning beside the others.
export const means = (field, recipe) => !field.of || field.of.includes(recipe.optimizer);

// A slider of powers of ten: 1e-5 to 10, thirty steps to a power.
const STEPS = 30;
export const RATE = { low: -5 * STEPS, high: STEPS };
export const rateAt = (position) => Number((10 ** (position / STEPS)).toPrecision(2));
export const placeOfRate = (rate) =>
  rate > 0 ? Math.max(RATE.low, Math.min(RATE.high, Math.round(STEPS * Math.log10(rate)))) : RATE.low;

// A number as a field shows it: as it was typed, and no further digits.
export const shownNumber = (value) => (value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value));
