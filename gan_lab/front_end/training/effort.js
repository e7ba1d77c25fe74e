// How much there is to compute in a game: counted, so that nobody has to try it to know.

import { dimOf } from "../data/kinds.js";
import { PENALTIES } from "./penalties.js";

const OF_A_UNIT = 8; // multiplications that a unit's activation and its bookkeeping cost as much as
const POINTS = 4000; // at which both networks are looked at for a picture
const HEAVY = 5e7; // multiplications: a tenth of a second or more

const ofPass = (widths) => widths.slice(1).reduce((sum, n, i) => sum + n * widths[i] + OF_A_UNIT * n, 0);

// Of one point, forwards through both networks.
function ofPoint({ data, latent_dim, ...recipe }) {
  const dim = dimOf(data);
  return { G: ofPass([latent_dim, ...recipe.G, dim]), D: ofPass([dim, ...recipe.D, 1]) };
}

// Multiplications in one iteration. A pass backwards costs as much as two forwards; D sees data and G's
// points, and where it has penalties its slope is followed as well.
export function ofIteration(recipe) {
  const { G, D } = ofPoint(recipe);
  const bent = Object.keys(PENALTIES).some((name) => recipe[name] > 0) ? 2 : 1;
  return recipe.m * ((recipe.k / recipe.k_G) * (G + 6 * bent * D) + 3 * G + 5 * D);
}

// In one iteration and its picture.
export function multiplications(recipe) {
  const { G, D } = ofPoint(recipe);
  return ofIteration(recipe) + POINTS * (G + D);
}

// Whether it is worth while to keep what is needed to break it off.
export const isHeavy = (recipe) => multiplications(recipe) > HEAVY;

// What is given up, one after another: as long as there is more than this of it, half of it is taken away.
const LESS = [
  ["m", 256],
  ["k", 5],
  ["width", 64],
  ["m", 16],
  ["k", 1],
  ["width", 2],
];

// As much as there may be of { m, k, width } in a game of this kind that costs no more than `most`
// multiplications, or as little as there can be.
export function capsFor(recipe, most) {
  const caps = { m: recipe.m, k: recipe.k, width: Math.max(0, ...recipe.G, ...recipe.D) };
  while (multiplications(capped(recipe, caps)) > most) {
    const [name] = LESS.find(([which, least]) => caps[which] > least) ?? [];
    if (!name) break;
    caps[name] = Math.ceil(caps[name] / 2);
  }
  return caps;
}

// Fields of a recipe, no larger than that.
export const capped = (fields, { m, k, width }) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, CAPS[name]?.(value, { m, k, width }) ?? value]),
  );
const CAPS = {
  m: (value, { m }) => Math.min(value, m),
  k: (value, { k }) => Math.min(value, k),
  G: (value, { width }) => value.map((each) => Math.min(each, width)),
  D: (value, { width }) => value.map((each) => Math.min(each, width)),
};
