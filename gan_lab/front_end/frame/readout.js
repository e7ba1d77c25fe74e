// What D's output v says in each loss: how to show it in [0, 1].
//
// Where D's best output is known as a function of l = log(p_data / p_g), v is read back as the logit of a
// probability by that function's inverse; else v is a score, and has no meaning but its order. That is a place in
// a picture and no more where D is not a probability: what is said there is D's output in its own units, `own`.
// What each loss says of it is the `readout` of its row in training/losses.js.

import { sigmoid } from "../numeric/game_value.js";
import { LOSSES } from "../training/losses.js";

// { shown(v), best(l), logit(v) or null, finite, free, score, own or null } of a loss. `best` is
// what D* is shown as, of the logit l of Proposition 1.
export function readoutOf(loss) {
  if (!LOSSES[loss]) throw new Error(`There is no loss ${JSON.stringify(loss)}.`);
  const row = LOSSES[loss].readout ?? { score: true };
  const { logit = null, shown = logit && ((v) => sigmoid(logit(v))), best = sigmoid } = row;
  return { finite: false, free: false, score: false, own: null, ...row, logit, shown, best };
}

// A relativistic D is free up to a sum: the one that makes sigmoid(v - sum) the best classifier of
// outputs at as many samples of the data as of G.
export function freeSum(real, fake) {
  const all = [...real, ...fake];
  let low = Math.min(...all) - 1;
  let high = Math.max(...all) + 1;
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high);
    const called = all.reduce((sum, v) => sum + sigmoid(v - middle), 0); // real, by that classifier
    if (called > real.length) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

// Where a score lies between two others, as a share; 1/2 where these are the same.
/** @type {(range: number[]) => (score: number) => number} */
export const shareBetween =
  ([low, high]) =>
  (score) =>
    high > low ? (score - low) / (high - low) : 0.5;

// Scores squeezed into [0, 1] by their least and their largest.
export function squeezed(scores) {
  const low = scores.reduce((a, b) => Math.min(a, b), Infinity);
  const high = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const range = [low, high];
  return { D: scores.map(shareBetween(range)), range };
}

// Whether the players of a loss play for V(G, D), and D for a probability. (Of a recording that is known.)
export const isProbability = (loss) => loss === undefined || !(readoutOf(loss).own || readoutOf(loss).score);

// The share of samples, as many of the data as of G, that D puts on the right side of 1/2.
export function accuracyOf(real, fake, reading, sum) {
  if (reading.score) return NaN;
  const right = (outputs, wanted) =>
    outputs.reduce((count, v) => count + (reading.shown(v - sum) > 0.5 === wanted ? 1 : 0), 0) / outputs.length;
  return 0.5 * (right(real, true) + right(fake, false));
}
