// The distribution of a recipe's data, known in closed form: its density, and what else a picture needs of it.
//
// On the line { dim: 1, pdf(x), cdf(x), ppf(u), modes, mean, sd }, in the plane { dim: 2, pdf(x, y),
// cells(x, y), modes, mean, sd }; mean is a row of one number or two. `modes` is [{ x, y, sd, weight }] (no y
// on the line), null for a density that was drawn or named and for a curve. A blurred curve is a mixture
// along it by Gauss's rule on stretches of at most 2 sd, as in gan_lab/distributions/gaussians_2d.py: below 1e-8 of its
// largest density off.

import { normalCdf, normalDensity, normalMass, normalQuantile } from "../numeric/normal.js";
import { below } from "../numeric/sorted.js";
import { alongCurve, curveOf, dimOf, kindOf, modesOf, momentsOf } from "./kinds.js";
import { namedDistribution } from "./named_distributions.js";
import { drawnMass, drawnQuantile, runningSums } from "./samples.js";

export function densityOf(data) {
  const { mean, sd } = momentsOf(data);
  const make = dimOf(data) === 2 ? inThePlane : (LINE[kindOf(data)] ?? onTheLine);
  return { dim: dimOf(data), ...make(data), mean, sd };
}

function onTheLine({ means, sds, weights }) {
  const over = (f) => (x) => weights.reduce((sum, w, i) => sum + w * f((x - means[i]) / sds[i], sds[i]), 0);
  const cdf = over(normalCdf);
  return {
    pdf: over((y, s) => normalDensity(y) / s),
    cdf,
    ppf: (u) =>
      quantile(
        cdf,
        u,
        means.map((mu, i) => mu + sds[i] * normalQuantile(u)),
      ),
    modes: means.map((x, i) => ({ x, sd: sds[i], weight: weights[i] })),
  };
}

// The u-quantile of a mixture lies between those of its parts, and is found by halving.
function quantile(cdf, u, brackets) {
  let [low, high] = [Math.min(...brackets), Math.max(...brackets)];
  if (!(low < high)) return high;
  for (;;) {
    const middle = 0.5 * low + 0.5 * high;
    if (!(low < middle && middle < high)) return high;
    if (cdf(middle) >= u) high = middle;
    else low = middle;
  }
}

function drawn(data) {
  const { points: x, heights: h } = data;
  const sums = runningSums(drawnMass(data));
  const [first, last] = [x[0], x[x.length - 1]];
  const gap = (v) => Math.min(Math.max(below(x, v) - 1, 0), x.length - 2);
  const height = (i, v) => h[i] + ((h[i + 1] - h[i]) * (v - x[i])) / (x[i + 1] - x[i]);
  return {
    pdf(v) {
      return v < first || v > last ? 0 : height(gap(v), v);
    },
    cdf(v) {
      if (v <= first) return 0;
      if (v >= last) return 1;
      const i = gap(v);
      return Math.min(1, sums[i] + 0.5 * (h[i] + height(i, v)) * (v - x[i]));
    },
    ppf: drawnQuantile(data),
    modes: null,
  };
}

const LINE = { drawn, law: (data) => ({ ...namedDistribution(data), modes: null }) };

function inThePlane(data) {
  const centres = centresOf(data);
  const modes = curveOf(data) ? null : centres.map((centre) => ({ ...centre }));
  return { pdf: (x, y) => density(centres, x, y), cells: (x, y, reach = REACH) => cells(centres, x, y, reach), modes };
}

// The round Gaussians { x, y, sd, weight } of which data in the plane are made, or nearly so.
export function centresOf(data) {
  const [curve, { sd }] = [curveOf(data), data];
  if (curve) return alongCurve(curve, Math.max(8, Math.ceil(curve.length / (2 * sd)))).map((c) => ({ ...c, sd }));
  const { means, sds, weights } = modesOf(data);
  return means.map(([x, y], i) => ({ x, y, sd: sds[i], weight: weights[i] }));
}

function density(centres, x, y) {
  let sum = 0;
  for (const { x: a, y: b, sd, weight } of centres) {
    const square = ((x - a) * (x - a) + (y - b) * (y - b)) / (sd * sd);
    if (square < 1490) sum += (weight / (2 * Math.PI * sd * sd)) * Math.exp(-0.5 * square); // else it is 0
  }
  return sum;
}

// The probability of each cell between the edges x and y: row i of y, column j of x, at i * columns + j.
// Further than `reach` standard deviations from a centre, its own probability is left out.
function cells(centres, x, y, reach) {
  const [columns, rows] = [x.length - 1, y.length - 1];
  const found = new Float64Array(rows * columns);
  const [across, up] = [new Float64Array(columns), new Float64Array(rows)];
  for (const centre of centres) {
    const [j0, j1] = strips(across, x, centre.x, centre.sd, reach);
    const [i0, i1] = strips(up, y, centre.y, centre.sd, reach);
    for (let i = i0; i < i1; i++)
      for (let j = j0; j < j1; j++) found[i * columns + j] += centre.weight * up[i] * across[j];
  }
  return found;
}

const REACH = 39; // standard deviations beyond which a Gaussian's probability is 0 in float64

// The probability of N(mu, sd^2) between neighbouring edges, from start to end.
function strips(found, edges, mu, sd, reach) {
  const start = Math.max(0, below(edges, mu - reach * sd) - 1);
  const end = Math.min(edges.length - 1, below(edges, mu + reach * sd));
  for (let i = start; i < end; i++) {
    found[i] = normalMass((edges[i] - mu) / sd, (edges[i + 1] - mu) / sd);
  }
  return [start, end];
}
