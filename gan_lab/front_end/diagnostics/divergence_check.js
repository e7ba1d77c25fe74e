// Whether a game has blown up although all its numbers are still finite, as it does under far too long steps.
//
// Two criteria, either of which is enough: a loss of 100 nats or more in one of the last five pictures, or
// half of G's points farther from the mean of the data than 30 of its sds.

import { momentsOf } from "../data/kinds.js";
import { formatNumber } from "../numeric/format.js";

const HUGE = 100; // nats; the loss of a D that tosses a coin is 2 log 2, about 1.39
const FAR = 30; // sds of the data
const LATELY = 5; // pictures

const moments = new WeakMap(); // by the recipe's own data object
function momentsFor(data) {
  if (!moments.has(data)) moments.set(data, momentsOf(data));
  return moments.get(data);
}

const largest = (values) => values.reduce((most, v) => (Math.abs(v) > most ? Math.abs(v) : most), 0);

// How far from the mean of the data, in its sds, half of G's points are.
export function distanceOfG(frame, data) {
  const { mean, sd } = momentsFor(data);
  const points = frame.dim === 2 ? frame.fake : frame.G_z;
  const away = Array.from({ length: points.length / frame.dim }, (_, i) =>
    Math.hypot(...mean.map((mu, j) => (points[frame.dim * i + j] - mu) / sd)),
  ).sort((a, b) => a - b);
  return away[away.length >> 1];
}

const finding = (number, words) => [{ kind: "diverged", number, words, chapter: "convergence#how-long-a-step-may-be" }];

// As `health` of diagnostics/diagnose.js: what is wrong, [] where nothing is.
export function checkDivergence(frame, history, recipe) {
  const lately = (name) => largest([...history[name].slice(1 - LATELY), frame[name]]);
  for (const who of ["D", "G"]) {
    const loss = lately(`loss_${who}`);
    if (loss >= HUGE)
      return finding(
        loss,
        `The game has blown up: the loss of ${who} is ${formatNumber(loss, 0)} (100 or more; tossing a coin costs D 1.39). The steps are far too long: try smaller rates.`,
      );
  }
  const far = distanceOfG(frame, recipe.data);
  if (!(far >= FAR)) return [];
  return finding(
    far,
    `The game has blown up: half of G’s points are ${formatNumber(far, 0)} sds or more from the mean of the data (30 or more). Its steps are far too long: try a smaller rate of G.`,
  );
}
