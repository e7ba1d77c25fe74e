// A training written down, as gan_lab/training/recipe.py has it: the plain object of `Recipe.as_dict()`.
//
// What is no possible training is refused in one sentence, and so is what the page does not train.

import { KINDS } from "../../data/kinds.js";
import { NAMED } from "../../data/named_distributions.js";
import { ACTIVATIONS } from "../../networks/activations.js";
import { sizeOf } from "../../networks/mlp.js";
import { float, text, tuple } from "../../numeric/python_text.js";
import { fail, wholeBetween } from "../../numeric/validation.js";
import { LOSSES } from "../losses.js";
import { OPTIMIZERS } from "../optimizers.js";
import { checkedData, dataAsPython } from "./data.js";
import { SCHEMA } from "./schema.js";

const each = (of) => Object.fromEntries(Object.entries(SCHEMA).map(([name, field]) => [name, of(field, name)]));

// Recipe().as_dict(), in the order of its fields.
export const DEFAULTS = each((field) => field.default);

// The fields that a running game cannot change.
export const BUILT_IN = Object.keys(SCHEMA).filter((name) => SCHEMA[name].live === false);

// What the page can play, where that is a table of its own.
const TABLES = { activation: ACTIVATIONS, loss: LOSSES, optimizer: OPTIMIZERS };

// What a reader may choose in the page.
/** @type {Record<string, string[]>} */
export const OFFERED = {
  ...Object.fromEntries(
    Object.entries(SCHEMA)
      .filter(([, { kind }]) => kind === "choice")
      .map(([name, { choices }]) => [name, TABLES[name] ? Object.keys(TABLES[name]) : choices]),
  ),
  data: KINDS,
  laws: Object.keys(NAMED), // of data of the kind "law"
  penalties: ["r1", "r2", "gp"],
  constraints: ["clip", "spectral"],
};

// [question, why not]: what Python trains and the page does not.
/** @type {[(recipe: any) => boolean, string][]} */
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

// What is for pictures, which the page does not train.
const PLAIN = { network: "mlp", norm: "none", z_in: "input", conditional: false };
for (const [name, value] of Object.entries(PLAIN))
  NOT_HERE.push([
    (recipe) => recipe[name] !== value,
    `The page trains no pictures, for which ${name} is: it must be ${value} here.`,
  ]);

const MOST_NUMBERS = 2 ** 21; // 16 MB in an array: the widest layer's values of a minibatch, or all weights

const boundsOf = ({ low, high, below }) => {
  if (high === undefined) return `${low} or more`;
  return below ? `${low} or more and below ${high}` : `from ${low} to ${high}`;
};

// How a value of each kind is read, as READERS of gan_lab/training/field.py: (name, value, field).
const READERS = {
  data: (name, value) => checkedData(value),
  choice(name, value) {
    const known = OFFERED[name];
    return known.includes(value) ? value : fail(`${name} must be one of ${known.join(", ")}, not ${text(value)}.`);
  },
  widths(name, value, { low, high, longest }) {
    const right = Array.isArray(value) && value.length <= longest && value.every(Number.isInteger);
    if (!right) fail(`${name} must be a list of at most ${longest} layer widths, not ${text(value)}.`);
    if (value.some((w) => w < low || w > high))
      fail(`${name} must be layer widths from ${low} to ${high}, not ${text(value)}.`);
    return [...value];
  },
  truth: (name, value) =>
    typeof value === "boolean" ? value : fail(`${name} must be true or false, not ${text(value)}.`),
  whole: (name, value, { low, high }) => wholeBetween(low, high, value, name),
  real(name, value, field) {
    const { low, high = Infinity, below } = field;
    const right = Number.isFinite(value) && value >= low && (below ? value < high : value <= high);
    return right ? value : fail(`${name} must be a number, ${boundsOf(field)}, not ${text(value)}.`);
  },
  rate: (name, value, field) =>
    Array.isArray(value)
      ? fail(`In the page ${name} is one number, not a list of one for each member.`)
      : READERS.real(name, value, field),
};

// A complete recipe from some fields; what is left out is the default. Throws an Error of one sentence.
export function recipeOf(parts = {}) {
  if (parts === null || typeof parts !== "object" || Array.isArray(parts))
    fail(`A recipe must be a table of fields, not ${text(parts)}.`);
  const strange = Object.keys(parts).find((name) => !Object.hasOwn(SCHEMA, name));
  if (strange !== undefined)
    fail(`A recipe has no field ${text(strange)}; its fields are ${Object.keys(SCHEMA).join(", ")}.`);
  const recipe = each((field, name) =>
    READERS[field.kind](name, Object.hasOwn(parts, name) ? parts[name] : field.default, field),
  );
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
    fail(`A network of ${weights} weights is too much for a page: there must be at most ${MOST_NUMBERS}.`);
}

// Whether two recipes, or values of a field, are the same.
export const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// A value of a field as Python writes it.
export function valueAsPython(name, value) {
  if (name === "data") return dataAsPython(value);
  if (Array.isArray(value)) return tuple(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return `'${value}'`;
  return SCHEMA[name].kind === "whole" ? String(value) : float(value);
}

// The code that remakes a recipe in Python, as repr(Recipe) gives it: only what differs is named.
export function asPython(recipe) {
  const changed = Object.keys(DEFAULTS).filter((name) => !same(recipe[name], DEFAULTS[name]));
  const given = changed.map((name) => `${name}=${valueAsPython(name, recipe[name])}`);
  return `Recipe(${given.join(", ")})`;
}
