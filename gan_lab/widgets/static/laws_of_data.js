// Data as gan_lab/data.py, laws.py and plane.py have it: minibatches drawn by the stream, a mean and
// one sd. A data set is the plain object that `data.as_dict()` gives.
//
// Mixtures on the line and drawn densities are drawn bit for bit as in Python. In the plane the means
// of a ring and the points of a curve use cos and sin, whose last bit is up to the engine.

import { PURPOSE } from "./streams.js";

export const FOR_D = [PURPOSE.PICK_FOR_D, PURPOSE.DATA_FOR_D];
export const FOR_G = [PURPOSE.PICK_FOR_G, PURPOSE.DATA_FOR_G];

// The sum of numbers as if there were no rounding but the last: Shewchuk 1997, as Python's math.fsum.
export function exactSum(values) {
  let parts = []; // of growing size, which do not overlap
  for (let x of values) {
    const kept = [];
    for (let y of parts) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low) kept.push(low);
      x = high;
    }
    parts = [...kept, x];
  }
  let at = parts.length - 1;
  let total = at < 0 ? 0 : parts[at];
  let low = 0;
  while (at > 0 && low === 0) {
    const x = total;
    const y = parts[--at];
    total = x + y;
    low = y - (total - x);
  }
  // half way between two numbers, the parts that are left decide
  if (at > 0 && ((low < 0 && parts[at - 1] < 0) || (low > 0 && parts[at - 1] > 0))) {
    const x = total + 2 * low;
    if (2 * low === x - total) total = x;
  }
  return total;
}

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

export const KINDS = ["mixture", "drawn", ...Object.keys(MODES), ...Object.keys(CURVES)];

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
  if (dimOf(data) === 1) return lineMoments(data);
  const curve = curveOf(data);
  const { means, sds, weights } = curve ? asModes(alongCurve(curve, SMOOTH), data.sd ?? 0) : modesOf(data);
  const over = (f) => exactSum(weights.map((w, i) => w * f(means[i], sds[i])));
  const mean = [0, 1].map((axis) => over((mu) => mu[axis]));
  const spread = over(([x, y], s) => (x - mean[0]) ** 2 + (y - mean[1]) ** 2 + 2 * s * s);
  return { mean, sd: Math.sqrt(spread / 2) };
}

const asModes = (centres, sd) => ({
  means: centres.map(({ x, y }) => [x, y]),
  sds: same(centres.length, sd),
  weights: centres.map(({ weight }) => weight),
});

function lineMoments({ means, sds, weights }) {
  const mean = exactSum(weights.map((w, i) => w * means[i]));
  const apart = means.map((mu) => mu - mean);
  const spread = exactSum(weights.map((w, i) => w * (sds[i] * sds[i] + apart[i] * apart[i])));
  return { mean: [mean], sd: Math.sqrt(spread) };
}

function drawnMoments({ points: x, heights: h }) {
  const gaps = range(x.length - 1);
  const mean = exactSum(
    gaps.map((i) => ((x[i + 1] - x[i]) * (h[i] * (2 * x[i] + x[i + 1]) + h[i + 1] * (x[i] + 2 * x[i + 1]))) / 6),
  );
  const spread = exactSum(
    gaps.map((i) => {
      const [a, b] = [x[i] - mean, x[i + 1] - mean];
      const square = h[i] * (3 * a * a + 2 * a * b + b * b) + h[i + 1] * (a * a + 2 * a * b + 3 * b * b);
      return (x[i + 1] - x[i]) * square;
    }),
  );
  return { mean: [mean], sd: Math.sqrt(spread / 12) };
}

// How many of the sorted numbers are below u.
function below(sorted, u) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < u) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The running sums 0, v_0, v_0 + v_1, ...
function runningSums(values) {
  const sums = new Float64Array(values.length + 1);
  values.forEach((v, i) => (sums[i + 1] = sums[i] + v));
  return sums;
}

// The quantile function of a drawn density.
export function drawnQuantile({ points: x, heights: h }) {
  const mass = range(x.length - 1).map((i) => 0.5 * (h[i + 1] + h[i]) * (x[i + 1] - x[i]));
  const sums = runningSums(mass);
  return (u) => {
    const i = Math.min(Math.max(below(sums, u) - 1, 0), mass.length - 1);
    const need = Math.min(Math.max(u - sums[i], 0), mass[i]);
    const slope = (h[i + 1] - h[i]) / (x[i + 1] - x[i]);
    const root = Math.sqrt(Math.max(h[i] * h[i] + 2 * slope * need, 0));
    const step = need > 0 ? (2 * need) / (h[i] + root) : 0;
    return Math.min(x[i] + step, x[i + 1]);
  };
}

// A function (stream, [pick, value], iteration, step, x) that fills x with as many points of the data
// as it holds, one after another: float64, in data units.
export function samplerOf(data) {
  const kind = kindOf(data);
  if (kind === "drawn") return drawnSampler(data);
  const dim = dimOf(data);
  const curve = curveOf(data);
  return curve ? curveSampler(curve, data.sd) : modesSampler(modesOf(data), dim);
}

function drawnSampler(data) {
  const quantile = drawnQuantile(data);
  return (stream, [, value], iteration, step, x) => {
    stream.uniform(value, iteration, step, x);
    for (let i = 0; i < x.length; i++) x[i] = quantile(x[i]);
  };
}

function modesSampler({ means, sds, weights }, dim) {
  const steps = runningSums(weights).slice(1, -1);
  const places = Float64Array.from(means.flat());
  const widths = Float64Array.from(sds);
  let u = new Float64Array(0);
  return (stream, [pick, value], iteration, step, x) => {
    const m = x.length / dim;
    stream.normal(value, iteration, step, x);
    if (u.length !== m) u = new Float64Array(m);
    if (widths.length > 1) stream.uniform(pick, iteration, step, u);
    for (let r = 0, at = 0; r < m; r++) {
      const which = widths.length > 1 ? below(steps, u[r]) : 0;
      for (let i = 0; i < dim; i++, at++) x[at] = places[which * dim + i] + widths[which] * x[at];
    }
  };
}

function curveSampler({ pieces, path }, sd) {
  let u = new Float64Array(0);
  return (stream, [pick, value], iteration, step, x) => {
    const m = x.length / 2;
    stream.normal(value, iteration, step, x);
    if (u.length !== m) u = new Float64Array(m);
    stream.uniform(pick, iteration, step, u);
    for (let r = 0; r < m; r++) {
      const along = pieces * u[r];
      const which = Math.min(Math.floor(along), pieces - 1);
      const point = path(which, along - which);
      x[2 * r] = point[0] + sd * x[2 * r];
      x[2 * r + 1] = point[1] + sd * x[2 * r + 1];
    }
  };
}
