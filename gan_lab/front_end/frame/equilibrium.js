// What the players' losses are where the game ends: p_G = p_data, and D the best answer to that.
//
// There log(p_data / p_G) is 0 everywhere, or, with the label of the data at 1 - a, that of (1 - a)/(1 + a), and
// D's output is one number: the best of the loss's row. What both lose there follows from the row.

import { formatNumber } from "../numeric/format.js";
import { LOSSES } from "../training/losses.js";
import { readoutOf } from "./readout.js";

const NONE = { D: null, G: null, at: "" };

const signed = (value, words) => (value < 0 ? `−${words}` : words);

// A number in words: whole numbers, halves and multiples of log 2 by name.
function inWords(value) {
  const size = Math.abs(value);
  const logs = size / Math.LN2;
  if (Number.isInteger(size)) return signed(value, String(size));
  if (Number.isInteger(logs)) {
    const words = logs === 1 ? "log 2" : `${logs} log 2`;
    return `${signed(value, words)} ≈ ${formatNumber(value, 3)}`;
  }
  return size === 0.5 ? signed(value, "½") : formatNumber(value, 3);
}

const said = (value) => ({ value: value + 0, words: inWords(value + 0) }); // no -0

// A player's cost where D's output is v everywhere.
const costAt = ({ real, fake, pairs }, v) => (pairs ? pairs.value(0) : (real ? real.value(v) : 0) + fake.value(v));

// The D of the end, in its own units; with softened labels it says less than ½ of the data.
function placeOf({ own, free, score }, a) {
  if (score) return "any D";
  if (free) return "D constant";
  if (own) return `${own.name} = ${inWords(own.of(0.5))}`;
  return a ? `D = ${formatNumber((1 - a) / 2, 3)}` : "D = ½";
}

// { D, G, at } of a recipe's loss and smoothing: D's and G's, each { value, words } or null where there is none,
// and the D at which it is. Nothing is known of a recipe that is not there.
export function equilibriumOf(recipe) {
  const row = LOSSES[recipe?.loss];
  if (!row) return NONE;
  const a = recipe.smoothing > 0 ? recipe.smoothing : 0;
  const at = placeOf(readoutOf(recipe.loss), a);
  if (!row.best) {
    // any constant D is as good as another if D's cost is the same for all, and G's is then anything
    const cost = costAt(row.D, 0);
    return { D: costAt(row.D, 1) === cost ? said(cost) : null, G: null, at };
  }
  const v = row.best(Math.log((1 - a) / (1 + a)));
  return { D: said(costAt(row.D, v) + a * v), G: said(costAt(row.G, v)), at };
}
