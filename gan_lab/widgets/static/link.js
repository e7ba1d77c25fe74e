// A lab's recipe and view in the page's address, and back: #lab=two&rev=2&k=1&lr_G=0.01&t=300.
//
// The name is that of a preset, and only what differs from it is named. `rev` is the revision of the presets
// that it differs from, so that a link goes on playing as it did; one without it was made at the first. Data
// have a name as well (target=ring) or are written out. `then=120:lr_G=0.01;200:k=1` is what was changed on
// the way, `beside` the one field in which a second game differs. What cannot be read is refused in one
// sentence, and the preset stands as it is.

import { closestPreset, PRESETS, presetAt, presetRecipe, REVISION, TARGETS, targetNamed } from "./presets.js";
import { DEFAULTS, recipeOf, same } from "./recipe.js";
import { fail } from "./refusals.js";

const LONGEST = 100_000; // iterations that a link may ask to be played
const LAYERS = ["D", "D*", "both", "real", "fake", "pull", "warp"];
const CHARTS = ["bound", "losses", "divergence", "modes"];

function valueText(name, value) {
  if (name === "data") return targetNamed(value) ?? JSON.stringify(value);
  return Array.isArray(value) ? value.join("-") || "none" : String(value);
}

const pairText = ([name, value]) => `${name === "data" ? "target" : name}=${valueText(name, value)}`;
const different = (recipe, from) => Object.entries(recipe).filter(([name, value]) => !same(value, from[name]));

// What has a meaning in this address is written so that it cannot be mistaken; the rest stays readable.
const safe = (text) => encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%3B", ";");

// state: { recipe, t, changes, beside, view: { show, charts, pace, slow } }, all but the recipe optional.
export function linkOf({ recipe, t = 0, changes = [], beside = null, view = {} }) {
  const preset = closestPreset(recipe);
  const parts = [["lab", preset], ["rev", REVISION]];
  const say = (name, value) => parts.push([name, value]);
  for (const [name, value] of different(recipe, presetRecipe(preset)))
    say(name === "data" ? "target" : name, valueText(name, value));
  if (changes.length)
    say("then", changes.map((change) => `${change.t}:${Object.entries(change.changes).map(pairText).join(",")}`).join(";"));
  if (beside) say("beside", pairText(Object.entries(beside)[0]));
  if (t) say("t", String(Math.min(t, LONGEST)));
  for (const name of ["show", "charts"]) if (view[name]) say(name, view[name].join(",") || "none");
  if (view.pace) say("pace", String(view.pace));
  if (view.slow) say("slow", "yes");
  return `#${parts.map(([name, value]) => `${name}=${name === "then" || name === "beside" ? encodeURIComponent(value) : safe(value)}`).join("&")}`;
}

function read(name, words) {
  if (name === "target") return Object.hasOwn(TARGETS, words) ? TARGETS[words][1] : parsed(words);
  const standard = DEFAULTS[name];
  if (Array.isArray(standard)) return words === "none" ? [] : words.split("-").map(numberOf);
  if (typeof standard === "number") return numberOf(words);
  if (typeof standard === "boolean") return words === "true" || (words === "false" ? false : fail(`${name} must be true or false, not "${words}".`));
  return words;
}

const numberOf = (words) => (/^[-+.\de]+$/i.test(words) && Number.isFinite(Number(words)) ? Number(words) : fail(`"${words}" is no number.`));

function parsed(words) {
  try {
    return JSON.parse(words);
  } catch {
    return fail(`the target must be one of ${Object.keys(TARGETS).join(", ")}, or data written out, not "${words.slice(0, 40)}".`);
  }
}

const fieldOf = (name) => {
  if (name === "target") return "data";
  return name !== "data" && Object.hasOwn(DEFAULTS, name) ? name : fail(`a recipe has no field "${name}".`);
};

function pairOf(text) {
  const at = text.indexOf("=");
  const name = text.slice(0, Math.max(0, at));
  return { [fieldOf(name)]: read(name, text.slice(at + 1)) };
}

// "lr_G=0.01,k=1": at commas that a new name follows.
const pairsOf = (text) => Object.assign({}, ...text.split(/,(?=[\w]+=)/).map(pairOf));

function changesOf(text) {
  const changes = text.split(/;(?=\d+:)/).map((part) => {
    const [, t, pairs] = part.match(/^(\d+):(.+)$/) ?? fail(`"${part}" is no change at an iteration.`);
    return { t: Number(t), changes: pairsOf(pairs) };
  });
  return changes.sort((a, b) => a.t - b.t);
}

const someOf = (known, words) => (words === "none" ? [] : words.split(",").map((word) => (known.includes(word) ? word : fail(`there is no "${word}" to show.`))));

function whole(name, words) {
  const n = numberOf(words);
  return Number.isInteger(n) && n >= 0 && n <= LONGEST ? n : fail(`${name} must be a whole number from 0 to ${LONGEST}, not "${words}".`);
}

const VIEW = {
  show: (words) => someOf(LAYERS, words),
  charts: (words) => someOf(CHARTS, words),
  pace: (words) => (words === "fast" ? words : Math.max(1, whole("pace", words))),
  slow: (words) => words === "yes",
};

const revisionOf = (words = "1") =>
  /^\d{1,9}$/.test(words) && words >= 1 && words <= REVISION
    ? Number(words)
    : fail(`its revision must be a whole number from 1 to ${REVISION}, not "${words.slice(0, 40)}": a later lab may have made it.`);

function stateFrom(preset, pairs) {
  const state = { preset, t: 0, changes: [], beside: null, view: {}, wrong: null };
  let parts = presetAt(preset, revisionOf(pairs.find(([name]) => name === "rev")?.[1]));
  for (const [name, words] of pairs.filter(([name]) => name !== "rev"))
    if (name === "t") state.t = whole("t", words);
    else if (name === "then") state.changes = changesOf(words);
    else if (name === "beside") state.beside = pairOf(words);
    else if (Object.hasOwn(VIEW, name)) state.view[name] = VIEW[name](words);
    else parts = { ...parts, [fieldOf(name)]: read(name, words) };
  state.recipe = recipeOf(parts);
  let then = state.recipe;
  for (const { changes } of state.changes) then = recipeOf({ ...then, ...changes });
  if (state.beside) recipeOf({ ...state.recipe, ...state.beside });
  return state;
}

// The state that an address asks for; null for an address that is none of a lab's.
export function stateOfLink(fragment) {
  const text = fragment.replace(/^#/, "");
  if (!text.startsWith("lab=")) return null;
  let preset = "gaussian";
  try {
    const [head, ...tail] = text.split("&");
    const name = head.slice("lab=".length);
    if (!Object.hasOwn(PRESETS, name)) fail(`there is no game named "${name}": there are ${Object.keys(PRESETS).join(", ")}.`);
    preset = name;
    const pairs = tail.map((part) => {
      const at = part.indexOf("=");
      return [part.slice(0, Math.max(0, at)), decodeURIComponent(part.slice(at + 1))];
    });
    return stateFrom(preset, pairs);
  } catch (error) {
    const plain = { preset, recipe: presetRecipe(preset), t: 0, changes: [], beside: null, view: {} };
    const why = error instanceof URIError ? "it is damaged." : error.message;
    return { ...plain, wrong: `This link cannot be followed: ${why}` };
  }
}
