// p_data on the line, the axis that shows it, and what quadrature needs of it: log density, quantiles,
// and panels inside which the density is smooth and outside which hardly anything lies.

import { densityOf } from "../../data/densities.js";
import { increasing } from "../../numeric/sorted.js";
import { logSum } from "./pushforward.js";

const POINTS = 257; // of the x axis
const LEVELS = 101;
const TAIL_OF_DATA = 5e-4; // what of p_data, and of p_g, the axis need not hold at each end
const TAIL_OF_G = 5e-2;
const WIDEST = 2; // p_g may widen the axis to so many times what p_data asks for

const STEPS = [-9, -7, -5, -3.5, -2, -1, 0, 1, 2, 3.5, 5, 7, 9]; // of a bell, in its sds

const TAILS = [0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.15, 0.3]; // of a distribution by name

function panelsOf(data, p_data) {
  if (data.kind === "law") return [...TAILS, 0.5, ...TAILS.map((u) => 1 - u)].map(p_data.ppf);
  if (!data.means) return data.points;
  return data.means.flatMap((mean, i) => STEPS.map((s) => mean + s * data.sds[i]));
}

// The mixture's own logarithm, which does not underflow.
function logOfMixture({ means, sds, weights }) {
  const top = sds.map((sd, i) => Math.log(weights[i] / (sd * Math.sqrt(2 * Math.PI))));
  return (x) => {
    return logSum(means.map((mean, i) => top[i] - 0.5 * ((x - mean) / sds[i]) ** 2));
  };
}

// { pdf, logpdf, ppf, panels, levels, modes } of a recipe's data on the line; levels are equally probable
// x, and modes [{ x, sd, weight }], or [] for a distribution that has one at most.
export function distributionOnLine(data) {
  const p_data = densityOf(data);
  const logpdf = data.means ? logOfMixture(data) : (x) => Math.log(p_data.pdf(x));
  const panels = increasing(panelsOf(data, p_data).filter(Number.isFinite));
  const levels = Float64Array.from({ length: LEVELS }, (_, i) => p_data.ppf((i + 0.5) / LEVELS));
  const modes = p_data.modes && p_data.modes.length > 1 ? p_data.modes : [];
  return { pdf: p_data.pdf, ppf: p_data.ppf, logpdf, panels, levels, modes };
}

// numpy's quantile of sorted numbers.
function quantile(sorted, u) {
  const at = u * (sorted.length - 1);
  const i = Math.min(Math.floor(at), sorted.length - 2);
  return sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
}

// Equally spaced points that show p_data whole and most of G_z, unless that is far away.
export function axisOf(p_data, G_z, n = POINTS) {
  let [low, high] = [p_data.ppf(TAIL_OF_DATA), p_data.ppf(1 - TAIL_OF_DATA)];
  const margin = 0.15 * (high - low);
  [low, high] = [low - margin, high + margin];
  const sorted = Float64Array.from(G_z).sort();
  const below = 1.1 * Math.max(low - quantile(sorted, TAIL_OF_G), 0);
  const above = 1.1 * Math.max(quantile(sorted, 1 - TAIL_OF_G) - high, 0);
  const granted = Math.min(1, ((WIDEST - 1) * (high - low)) / Math.max(below + above, 1e-300));
  [low, high] = [low - granted * below, high + granted * above];
  return Float64Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));
}
