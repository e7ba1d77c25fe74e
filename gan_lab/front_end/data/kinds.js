// The kinds of data of gan_lab.datasets: what each is made of, its mean and its sd.
//
// A data set is the plain object that `data.as_dict()` gives. A ring's means and the points of a curve
// use cos and sin, whose last bit is up to the engine.

import { fsum } from "../numeric/fsum.js";
import { namedDistribution } from "./named_distributions.js";

const TURN = 2 * Math.PI;
const equal = (n) => Array.from({ length: n }, () => 1 / n);
const same = (n, value) => Array.from({ length: n }, () => value);
const range = (n) => Array.from({ length: n }, (_, i) => i);

// Kinds that are mixtures of finitely many round Gaussians: { means, sds, weights }.
const MODES = {
  ring: ({ modes, radius, sd }) => ({
    means: range(modes).map((i) => {
      const angle = (TURN * i) / modes;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }),
    sds: same(modes, sd),
    weights: equal(modes),
  }),
  grid({ side, spacing, sd }) {
    const steps = range(side).map((i) => spacing * (i - (side - 1) / 2));
    return {
      means: steps.flatMap((x) => steps.map((y) => [x, y])),
      sds: same(side ** 2, sd),
      weights: equal(side ** 2),
    };
  },
  spots: ({ means, sds, weights }) => ({ means, sds, weights }),
  dots: ({ points, jitter }) => ({
    means: points,
    sds: same(points.length, jitter),
    weights: equal(points.length),
  }),
};

// Kinds that are curves blurred by a Gaussian: how many pieces, a length that |d path / du| does not
// pass, and the path of a piece as [x, y] of u from 0 to 1.
const CURVES = {
  moons: () => ({
    pieces: 2,
    length: Math.PI,
    path(which, u) {
      const [x, y] = [Math.cos(Math.PI * u), Math.sin(Math.PI * u)];
      return which === 0 ? [x, y] : [1 - x, 0.5 - y];
    },
  }),
  spiral: ({ turns, arms }) => ({
    pieces: arms,
    length: Math.hypot(0.9, TURN * turns),
    path(which, u) {
      const r = 0.1 + 0.9 * u;
      const angle = TURN * (turns * u + which / arms);
      return [r * Math.cos(angle), r * Math.sin(angle)];
    },
  }),
  swiss_roll: () => ({
    pieces: 1,
    length: (3 * Math.PI * Math.hypot(1, 4.5 * Math.PI)) / 7.5,
    path(which, u) {
      const t = 1.5 * Math.PI * (1 + 2 * u);
      return [(t * Math.cos(t)) / 7.5, (t * Math.sin(t)) / 7.5];
    },
  }),
  two_rings: ({ inner, outer }) => ({
    pieces: 2,
    length: TURN * outer,
    path(which, u) {
      const r = inner + (outer - inner) * which;
      return [r * Math.cos(TURN * u), r * Math.sin(TURN * u)];
    },
  }),
};

export const KINDS = ["mixture", "law", "drawn", ...Object.keys(MODES), ...Object.keys(CURVES)];

export const kindOf = (data) => data.kind ?? "mixture";
export const dimOf = (data) => (kindOf(data) in MODES || kindOf(data) in CURVES ? 2 : 1);

// A mixture's { means, sds, weights } on the line or in the plane, null where there are no modes.
export function modesOf(data) {
  const kind = kindOf(data);
  if (kind === "mixture") return data;
  return kind in MODES ? MODES[kind](data) : null;
}

export const curveOf = (data) => (kindOf(data) in CURVES ? CURVES[kindOf(data)](data) : null);

// Gauss's rule with 8 nodes on (-1, 1).
const NODES = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const WEIGHTS = [0.362683783378362, 0.31370664587788727, 0.22238103445337448, 0.10122853629037626];

// Centres { x, y, weight } along the pieces of a curve, by that rule on so many stretches of each.
export function alongCurve({ pieces, path }, stretches) {
  const found = [];
  for (let which = 0; which < pieces; which++)
    for (let i = 0; i < stretches; i++)
      NODES.forEach((node, k) => {
        for (const side of [-node, node]) {
          const [x, y] = path(which, (i + 0.5 * (side + 1)) / stretches);
          found.push({ x, y, weight: (0.5 * WEIGHTS[k]) / stretches / pieces });
        }
      });
  return found;
}

const SMOOTH = 64; // stretches on which a path of at most ten turns is integrated to the last digits

// (mean, sd): the mean as a row of one number or two, and one sd for all coordinates.
export function momentsOf(data) {
  if (kindOf(data) === "drawn") return drawnMoments(data);
  if (kindOf(data) === "law") return { mean: [namedDistribution(data).mean], sd: namedDistribution(data).sd };
  if (dimOf(data) === 1) return lineMoments(data);
  const curve = curveOf(data);
  const { means, sds, weights } = curve ? asModes(alongCurve(curve, SMOOTH), data.sd ?? 0) : modesOf(data);
  const over = (f) => fsum(weights.map((w, i) => w * f(means[i], sds[i])));
  const mean = [0, 1].map((axis) => over((mu) => mu[axis]));
  const spread = over(([x, y], s) => (x - mean[0]) ** 2 + (y - mean[1]) ** 2 + 2 * s * s);
  return { mean, sd: Math.sqrt(spread / 2) };
}

// What stands for 0 and for 1 in D's units, in those of the data: { center (dim), scale }.
export function unitsOf({ data, standardise }) {
  if (!standardise) return { center: Array(dimOf(data)).fill(0), scale: 1 };
  const { mean, sd } = momentsOf(data);
  return { center: mean, scale: sd };
}

const asModes = (centres, sd) => ({
  means: centres.map(({ x, y }) => [x, y]),
  sds: same(centres.length, sd),
  weights: centres.map(({ weight }) => weight),
});

function lineMoments({ means, sds, weights }) {
  const mean = fsum(weights.map((w, i) => w * means[i]));
  const apart = means.map((mu) => mu - mean);
  const spread = fsum(weights.map((w, i) => w * (sds[i] * sds[i] + apart[i] * apart[i])));
  return { mean: [mean], sd: Math.sqrt(spread) };
}

function drawnMoments({ points: x, heights: h }) {
  const gaps = range(x.length - 1);
  const mean = fsum(
    gaps.map((i) => ((x[i + 1] - x[i]) * (h[i] * (2 * x[i] + x[i + 1]) + h[i + 1] * (x[i] + 2 * x[i + 1]))) / 6),
  );
  const spread = fsum(
    gaps.map((i) => {
      const [a, b] = [x[i] - mean, x[i + 1] - mean];
      const square = h[i] * (3 * a * a + 2 * a * b + b * b) + h[i + 1] * (a * a + 2 * a * b + 3 * b * b);
      return (x[i + 1] - x[i]) * square;
    }),
  );
  return { mean: [mean], sd: Math.sqrt(spread / 12) };
}
