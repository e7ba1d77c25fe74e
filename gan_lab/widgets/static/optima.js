// What the players' losses are where the game ends: p_G = p_data, and D the best answer to that.
//
// There log(p_data / p_G) is 0 everywhere, and D's output is one number: 0 in all games but the f-GAN
// with KL, where it is 1. Derived from `gan_lab.losses`, and held against it by a test.

import { figure } from "./words.js";

const LOG2 = Math.log(2);
const HALF = "D = ½";
const FLAT = "D = 0";
const said = (value, words) => ({ value, words });
const about = (value, words) => said(value, `${words} ≈ ${figure(value, 3)}`);

// By loss: D's and G's, each { value, words } or null where there is none, and the D at which it is.
const ENDS = {
  minimax: { D: about(2 * LOG2, "2 log 2"), G: about(-LOG2, "−log 2"), at: HALF },
  "non-saturating": { D: about(2 * LOG2, "2 log 2"), G: about(LOG2, "log 2"), at: HALF },
  "maximum-likelihood": { D: about(2 * LOG2, "2 log 2"), G: said(-0.5, "−½"), at: HALF },
  "least-squares": { D: said(1, "1"), G: said(0, "0"), at: FLAT },
  hinge: { D: said(2, "2"), G: said(0, "0"), at: FLAT },
  wasserstein: { D: said(0, "0"), G: null, at: "any D" }, // the two means of D are one
  relativistic: { D: about(LOG2, "log 2"), G: about(LOG2, "log 2"), at: "D constant" },
  "f-kl": { D: said(0, "0"), G: said(-1, "−1"), at: "T = 1" },
  "f-reverse-kl": { D: said(0, "0"), G: said(1, "1"), at: "T = −1" },
  "f-pearson": { D: said(0, "0"), G: said(0, "0"), at: "T = 0" },
  "f-hellinger": { D: said(0, "0"), G: said(0, "0"), at: "T = 0" },
  "f-js": { D: said(0, "0"), G: said(0, "0"), at: "T = 0" },
  "f-gan": { D: about(2 * LOG2, "2 log 2"), G: about(-LOG2, "−log 2"), at: HALF },
};

const NONE = { D: null, G: null, at: "" };

// With the label of the data at 1 - a, D ends at (1 - a)/2, and both losses move.
function softened(loss, a) {
  const D = -(1 - a) * Math.log((1 - a) / 2) - (1 + a) * Math.log((1 + a) / 2);
  const G = {
    minimax: Math.log((1 + a) / 2),
    "non-saturating": -Math.log((1 - a) / 2),
    "maximum-likelihood": (-0.5 * (1 - a)) / (1 + a),
  }[loss];
  return { D: said(D, figure(D, 3)), G: said(G, figure(G, 3)), at: `D = ${figure((1 - a) / 2, 3)}` };
}

// { D, G, at } of a recipe's loss and smoothing; nothing is known of a recipe that is not there.
export function endOf(recipe) {
  if (recipe?.smoothing > 0) return softened(recipe.loss, recipe.smoothing);
  return ENDS[recipe?.loss] ?? NONE;
}
