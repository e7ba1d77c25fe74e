// A lab's recipe and view in the page's address, and back: #lab=two&rev=3&k=1&lr_G=0.01&t=300.
//
// The name is that of a preset, and only what differs from it is named. `rev` is the revision of the presets
// that it differs from, so that a link goes on playing as it did; one without it was made at the first. Data
// have a name as well (target=ring) or are written out. `then=120:lr_G=0.01;200:k=1` is what was changed on
// the way, `beside` the one field in which a second game differs. What cannot be read is refused in one
// sentence, and the preset stands as it is.

import { dimOf } from "../../../data/kinds.js";
import { text } from "../../../numeric/python_text.js";
import { fail } from "../../../numeric/validation.js";
import {
  closestPreset,
  presetRecipe,
  presetsAt,
  REVISION,
  TARGETS,
  targetNamed,
} from "../../../training/recipe/presets.js";
import { DEFAULTS, recipeOf, same } from "../../../training/recipe/recipe.js";

export const LONGEST_LINK = 100_000; // iterations that a link may ask to be played
const LAYERS = ["p_data", "p_g", "z", "D", "D*", "both", "real", "fake", "judged", "pull", "warp"];
const CHARTS = ["bound", "losses", "divergence", "modes"];

function valueText(name, value) {
  if (name === "data") return targetNamed(value) ?? JSON.stringify(value);
  return Array.isArray(value) ? value.join("-") || "none" : String(value);
}

const pairText = ([name, value]) => `${name === "data" ? "target" : name}=${valueText(name, value)}`;
const different = (recipe, from) => Object.entries(recipe).filter(([name, value]) => !same(value, from[name]));

// What has a meaning in this address is written so that it cannot be mistaken; the rest stays readable.
const safe = (words) => encodeURIComponent(words).replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%3B", ";");

// state: { recipe, t, changes, beside, view: { show, charts, pace, slow } }, all but the recipe optional.
/** @type {(state: { recipe: any, t?: number, changes?: any[], beside?: any, view?: Record<string, any> }) => string} */
export function linkOf({ recipe, t = 0, changes = [], beside = null, view = {} }) {
  const preset = closestPreset(recipe);
  const parts = [
    ["lab", preset],
    ["rev", REVISION],
  ];
  const say = (name, value) => parts.push([name, value]);
  for (const [name, value] of different(recipe, presetRecipe(preset)))
    say(name === "data" ? "target" : name, valueText(name, value));
  if (changes.length)
    say(
      "then",
      changes.map((change) => `${change.t}:${Object.entries(change.changes).map(pairText).join(",")}`).join(";"),
    );
  if (beside) say("beside", pairText(Object.entries(beside)[0]));
  if (t) say("t", String(Math.min(t, LONGEST_LINK)));
  for (const name of ["show", "charts"]) if (view[name]) say(name, view[name].join(",") || "none");
  if (view.pace) say("pace", String(view.pace));
  if (view.slow) say("slow", "yes");
  const written = (name) => (name === "then" || name === "beside" ? encodeURIComponent : safe);
  const pairs = parts.map(([name, value]) => `${name}=${written(name)(value)}`);
  return `#${pairs.join("&")}`;
}

function read(name, words) {
  if (name === "target") return Object.hasOwn(TARGETS, words) ? TARGETS[words][1] : parsed(words);
  const standard = DEFAULTS[name];
  if (Array.isArray(standard)) return words === "none" ? [] : words.split("-").map(numberOf);
  if (typeof standard === "number") return numberOf(words);
  if (typeof standard === "boolean")
    return words === "true" || (words === "false" ? false : fail(`${name} must be true or false, not ${text(words)}.`));
  return words;
}

function numberOf(words) {
  const n = Number(words);
  if (!/^[-+.\de]+$/i.test(words) || !Number.isFinite(n)) fail(`${text(words)} is no number.`);
  const digits = /^[1-9]\d{15,20}$/.test(words); // as a number is written, whatever its digits are worth
  if (digits && String(n) !== words) fail(`${text(words)} has more digits than a page can read.`);
  return n;
}

function parsed(words) {
  try {
    return JSON.parse(words);
  } catch {
    return fail(
      `the target must be one of ${Object.keys(TARGETS).join(", ")}, or data written out, not ${text(words)}.`,
    );
  }
}

const fieldOf = (name) => {
  if (name === "target") return "data";
  return name !== "data" && Object.hasOwn(DEFAULTS, name) ? name : fail(`a recipe has no field ${text(name)}.`);
};

function pairOf(words) {
  const at = words.indexOf("=");
  const name = words.slice(0, Math.max(0, at));
  return { [fieldOf(name)]: read(name, words.slice(at + 1)) };
}

// "lr_G=0.01,k=1": at commas that a new name follows.
const pairsOf = (words) => Object.assign({}, ...words.split(/,(?=[\w]+=)/).map(pairOf));

function changesOf(words) {
  const changes = words.split(/;(?=\d+:)/).map((part) => {
    const [, t, pairs] = part.match(/^(\d+):(.+)$/) ?? fail(`${text(part)} is no change at an iteration.`);
    return { t: Number(t), changes: pairsOf(pairs) };
  });
  return changes.sort((a, b) => a.t - b.t);
}

const someOf = (known, words) =>
  words === "none"
    ? []
    : words.split(",").map((word) => (known.includes(word) ? word : fail(`there is no ${text(word)} to show.`)));

function whole(name, words) {
  const n = numberOf(words);
  return Number.isInteger(n) && n >= 0 && n <= LONGEST_LINK
    ? n
    : fail(`${name} must be a whole number from 0 to ${LONGEST_LINK}, not ${text(words)}.`);
}

const VIEW = {
  show: (words) => someOf(LAYERS, words),
  charts: (words) => someOf(CHARTS, words),
  pace: (words) => (words === "fast" ? words : Math.max(1, whole("pace", words))),
  slow: (words) => words === "yes",
};

const revisionOf = (words = "1") =>
  /^\d{1,9}$/.test(words) && Number(words) >= 1 && Number(words) <= REVISION
    ? Number(words)
    : fail(
        `its revision must be a whole number from 1 to ${REVISION}, not ${text(words)}: a later lab may have made it.`,
      );

// The second game has to be one, and both on the line or both in the plane.
function checkBeside(recipe, beside) {
  const second = recipeOf({ ...recipe, ...beside });
  if (dimOf(second.data) !== dimOf(recipe.data))
    fail(
      "a game on the line and one in the plane cannot stand side by side: give both a target on the line, or both one in the plane.",
    );
}

const nothingMore = { t: 0, changes: [], beside: null, view: {}, wrong: null };

function stateFrom(parts, pairs) {
  /** @type {Record<string, any>} */
  const state = { ...nothingMore, view: {} };
  for (const [name, words] of pairs)
    if (name === "t") state.t = whole("t", words);
    else if (name === "then") state.changes = changesOf(words);
    else if (name === "beside") state.beside = pairOf(words);
    else if (Object.hasOwn(VIEW, name)) state.view[name] = VIEW[name](words);
    else parts = { ...parts, [fieldOf(name)]: read(name, words) };
  state.recipe = recipeOf(parts);
  let then = state.recipe;
  for (const { changes } of [{ changes: {} }, ...state.changes]) {
    then = recipeOf({ ...then, ...changes });
    if (state.beside) checkBeside(then, state.beside);
  }
  return state;
}

function pairsIn(address) {
  const parts = address.split("&").filter((part) => part !== "");
  return parts.map((part) => {
    const at = part.indexOf("=");
    return [part.slice(0, Math.max(0, at)), decodeURIComponent(part.slice(at + 1))];
  });
}

// The preset that an address begins with, as it was at the link's revision.
function presetIn(address) {
  const [, name] = address.match(/^lab=([^&]*)/);
  const known = presetsAt(revisionOf(address.match(/&rev=([^&]*)/)?.[1]));
  if (!Object.hasOwn(known, name))
    fail(`there is no game named ${text(name)}: there are ${Object.keys(known).join(", ")}.`);
  return known[name];
}

// The state that an address asks for; null for an address that is none of a lab's.
export function stateOfLink(fragment) {
  const address = fragment.replace(/^#/, "");
  if (!address.startsWith("lab=")) return null;
  let preset = null;
  try {
    preset = presetIn(address);
    return stateFrom(
      preset,
      pairsIn(address).filter(([name]) => name !== "lab" && name !== "rev"),
    );
  } catch (error) {
    const recipe = preset ? recipeOf(preset) : presetRecipe("bump");
    const why = error instanceof URIError ? "it is damaged." : error.message;
    return { ...nothingMore, recipe, wrong: `This link cannot be followed: ${why}` };
  }
}
