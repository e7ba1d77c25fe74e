// p_g on the line for a z of several numbers: no exact push-forward, but a histogram of G at many z.
//
// The z are fixed, so that the picture moves only when G does. What the numbers may be off by is what
// a quarter of the z in bins of twice the width would say instead.

import { quasiRandomZ } from "../../data/quasi_random.js";
import { values } from "../../networks/values.js";
import { axisOf } from "./distribution.js";

const COUNT = 4096;
const BINS = 64; // over the axis
const MOST = 400; // bins in all, where samples lie beyond the axis

const step = (histogram, x) => {
  const bin = Math.floor((x - histogram.low) / histogram.width);
  return bin >= 0 && bin < histogram.density.length ? histogram.density[bin] : 0;
};

// A distribution that is constant within bins, as `pushforward` gives them.
function histogram(samples, low, width, bins) {
  const density = new Float64Array(bins);
  for (const x of samples) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((x - low) / width)));
    density[bin] += 1 / (samples.length * width);
  }
  const ends = Float64Array.from({ length: bins + 1 }, (_, i) => low + i * width);
  const histogram = { low, width, density };
  return {
    ends,
    panels: ends,
    atoms: [],
    densityIn: (gap) => density[gap],
    logAt: (x) => Math.log(step(histogram, x)),
    mass: (a, b) => samples.reduce((sum, x) => sum + (x >= a && x <= b ? 1 : 0), 0) / samples.length,
  };
}

// The bins: so wide that 64 make the axis, and as many as the samples need on both sides of it.
function binsOver(samples, [start, end]) {
  const width = (end - start) / BINS;
  const reach = (MOST - BINS) / 2;
  const [least, most] = [Math.min(...samples), Math.max(...samples)];
  const before = Math.min(reach, Math.max(0, Math.ceil((start - least) / width)));
  const after = Math.min(reach, Math.max(0, Math.ceil((most - end) / width)));
  const even = (n) => n + (n % 2);
  return { low: start - even(before) * width, width, bins: even(before) + BINS + even(after) };
}

// As `exactG` in frame/line/frame.js, for a z of several numbers.
export function sampledDistribution({ G, scale, center: [middle], recipe }, p_data, x) {
  const z = quasiRandomZ(recipe.latent, recipe.latent_dim, COUNT);
  const samples = values(G, z).map((h) => middle + scale * h);
  const axis = x ?? axisOf(p_data, samples);
  const { low, width, bins } = binsOver(samples, [axis[0], axis[axis.length - 1]]);
  const some = samples.filter((_, i) => i % 4 === 0);
  return {
    p_g: histogram(samples, low, width, bins),
    half: () => histogram(some, low, 2 * width, bins / 2),
    z: new Float64Array(0), // there is no one axis of z to draw arrows from
    G_z: new Float64Array(0),
    some: samples.slice(0, 101),
    spots: [],
    x: axis,
    note: `p_G is a histogram of ${COUNT} points G(z), not exact: z has ${recipe.latent_dim} numbers.`,
  };
}
