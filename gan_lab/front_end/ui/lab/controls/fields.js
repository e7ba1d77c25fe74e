// What a reader can set: for each field of a recipe that has a control in the page its kind of control, its label,
// what it does and when to change it, all from the schema.
//
// kind "choice": a list of [value, words]; "number": a field that is typed; "rate": a slider in powers of ten
// beside such a field; "widths": how many layers, and how wide; "check": yes or no.

import { optimizerOf } from "../../../training/player.js";
import { TARGETS, targetsOf } from "../../../training/recipe/presets.js";
import { OFFERED } from "../../../training/recipe/recipe.js";
import { GROUPS, SCHEMA } from "../../../training/recipe/schema.js";

const KIND = { data: "choice", whole: "number", real: "number", truth: "check" }; // where it is called otherwise

function fieldOfPage(name) {
  const { kind, label, hint, low, reach, step, of, words, chapter } = SCHEMA[name];
  const field = { name, kind: KIND[kind] ?? kind, label, hint, of, chapter };
  if (kind === "choice") field.choices = OFFERED[name].map((value) => [value, words?.[value] ?? value]);
  return field.kind === "number" ? { ...field, low, high: reach, step } : field;
}

const PANEL = Object.entries(GROUPS).map(([name, { words, fields }]) => ({
  name,
  words,
  first: name === "first",
  open: name === "target",
  fields: fields.filter((field) => SCHEMA[field].in_page !== false).map(fieldOfPage),
}));

// The groups for data of a dimension: a target is chosen among those on the line or in the plane.
export const groupsFor = (dim) =>
  PANEL.map((group) => ({
    ...group,
    fields: group.fields.map((field) =>
      field.name === "data" ? { ...field, choices: targetsOf(dim).map((name) => [name, TARGETS[name][0]]) } : field,
    ),
  }));

export const FIELDS = PANEL.flatMap(({ fields }) => fields);
// A link may name fields that have no control in the page.
export const labelOf = (name) => SCHEMA[name]?.label ?? name;

// A sentence as the page says it: in the words of the labels, where code names the fields of a recipe (letters
// of the paper stay), and with no more of what it quotes than can be read.
export function inWords(sentence) {
  const first = FIELDS.find(({ name }) => name.length > 1 && sentence.startsWith(`${name} `));
  const opened = first ? first.label + sentence.slice(first.name.length) : sentence;
  const said = CODED.reduce(
    (words, { name, label }) => words.replace(new RegExp(`\\b${name}\\b`, "g"), inside(label)),
    opened,
  );
  return said.replace(/"([^"]{60})[^"]{20,}"/g, '"$1…"').slice(0, LONGEST);
}
const LONGEST = 600; // characters
const CODED = FIELDS.filter(({ name }) => /_|\d|^gp$/.test(name));
const inside = (label) => (/^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label);

// The place in the book that says what a field's value does; nothing where there is none.
export const placeInBook = ({ chapter = "", choices }, value) =>
  choices && !choices.some(([known]) => known === value) ? "" : chapter.replace("{}", value);

// Whether a field has a meaning beside the others.
export const means = (field, recipe) =>
  !field.of || ["D", "G"].some((player) => field.of.includes(optimizerOf(player, recipe)));

// A slider of powers of ten: 1e-5 to 10, thirty steps to a power.
const STEPS = 30;
export const RATE = { low: -5 * STEPS, high: STEPS };
export const rateAt = (position) => Number((10 ** (position / STEPS)).toPrecision(2));
export const placeOfRate = (rate) =>
  rate > 0 ? Math.max(RATE.low, Math.min(RATE.high, Math.round(STEPS * Math.log10(rate)))) : RATE.low;

// A number as a field shows it: as it was typed, and no further digits.
export const shownNumber = (value) => (value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value));
