// p_g on the line for a z of several numbers: no exact push-forward, but a histogram of G at many z.
//
// The z are fixed, so that the picture moves only when G does. What the numbers may be off by is what
// a quarter of the z in bins of twice the width would say instead.

import { evenZ } from "./even_points.js";
import { values } from "./network_values.js";
import { axisOf } from "./line_law.js";

const COUNT = 4096;
const BINS = 64; // over the axis
const MOST = 400; // bins in all, where samples lie beyond the axis

const step = (law, x) => {
  const bin = Math.floor((x - law.low) / law.width);
  return bin >= 0 && bin < law.density.length ? law.density[bin] : 0;
};

// A law that is constant within bins, as `push` gives laws.
function histogram(samples, low, width, bins) {
  const density = new Float64Array(bins);
  for (const x of samples) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((x - low) / width)));
    density[bin] += 1 / (samples.length * width);
  }
  const ends = Float64Array.from({ length: bins + 1 }, (_, i) => low + i * width);
  const law = { low, width, density };
  return {
    ends,
    panels: ends,
    atoms: [],
    densityIn: (gap) => density[gap],
    logAt: (x) => Math.log(step(law, x)),
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

// As `exactG` in see_line.js, for a z of several numbers.
export function sampledLaw({ G, scale, center: [middle], recipe }, law, x) {
  const z = evenZ(recipe.latent, recipe.latent_dim, COUNT);
  const samples = values(G, z).map((h) => middle + scale * h);
  const axis = x ?? axisOf(law, samples);
  const { low, width, bins } = binsOver(samples, [axis[0], axis[axis.length - 1]]);
  const some = samples.filter((_, i) => i % 4 === 0);
  return {
    p_g: histogram(samples, low, width, bins),
    half: () => histogram(some, low, 2 * width, bins / 2),
    z: new Float64Array(0), // there is no one axis of z to draw arrows from
    G_z: new Float64Array(0),
    some: samples.slice(0, 101),
    x: axis,
    note: `p_G is a histogram of ${COUNT} points G(z), not exact: z has ${recipe.latent_dim} numbers.`,
  };
}
