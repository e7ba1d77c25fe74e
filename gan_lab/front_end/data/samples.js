// Minibatches of data, drawn by the stream as gan_lab.datasets draws them: mixtures on
// the line and drawn densities bit for bit, what uses the engine's cos, sin or log to its last bit.

import { DOMAIN } from "../numeric/random_streams.js";
import { below } from "../numeric/sorted.js";
import { curveOf, dimOf, kindOf, modesOf } from "./kinds.js";
import { namedDistribution } from "./named_distributions.js";

export const FOR_D = [DOMAIN.PICK_FOR_D, DOMAIN.DATA_FOR_D];
export const FOR_G = [DOMAIN.PICK_FOR_G, DOMAIN.DATA_FOR_G];
const TRAINING_SET = [DOMAIN.PICK_TRAINING_SET, DOMAIN.DATA_TRAINING_SET];

// The running sums 0, v_0, v_0 + v_1, ...
export function runningSums(values) {
  const sums = new Float64Array(values.length + 1);
  values.forEach((v, i) => (sums[i + 1] = sums[i] + v));
  return sums;
}

// The probability of each gap of a drawn density.
export const drawnMass = ({ points: x, heights: h }) =>
  x.slice(1).map((end, i) => 0.5 * (h[i + 1] + h[i]) * (end - x[i]));

// The quantile function of a drawn density.
export function drawnQuantile({ points: x, heights: h }) {
  const mass = drawnMass({ points: x, heights: h });
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
  if (kind === "drawn") return quantileSampler(drawnQuantile(data));
  if (kind === "law") return quantileSampler(namedDistribution(data).ppf);
  const dim = dimOf(data);
  const curve = curveOf(data);
  return curve ? curveSampler(curve, data.sd) : modesSampler(modesOf(data), dim);
}

// The same from n points of the data that are drawn once, a function of the seed, with replacement.
export function samplerOfTrainingSet({ data, n }, stream) {
  const dim = dimOf(data);
  const points = new Float64Array(n * dim);
  samplerOf(data)(stream, TRAINING_SET, 0, 0, points);
  let u = new Float64Array(0);
  return (from, [pick], iteration, step, x) => {
    const m = x.length / dim;
    if (u.length !== m) u = new Float64Array(m);
    from.uniform(pick, iteration, step, u);
    for (let r = 0; r < m; r++) {
      const which = Math.min(Math.floor(n * u[r]), n - 1);
      for (let i = 0; i < dim; i++) x[r * dim + i] = points[which * dim + i];
    }
  };
}

const quantileSampler =
  (quantile) =>
  (stream, [, value], iteration, step, x) => {
    stream.uniform(value, iteration, step, x);
    for (let i = 0; i < x.length; i++) x[i] = quantile(x[i]);
  };

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
