// What several chapters' numbers are made of: games of seeds 0, 1, ..., on one bell, looked at from the same z.

import { equallyProbable, LATENTS } from "../data/latents.js";
import { medianOf } from "../numeric/mean.js";

// N(mean, sd²) as data.
export const bell = (mean, sd) => ({ means: [mean], sds: [sd], weights: [1] });

// So many quantiles of N(0, 1), each as likely as another.
/** @type {(count: number) => Float64Array} */
export const normalQuantiles = (count) => equallyProbable(LATENTS.gaussian, count);

// What a function of the seed gives, for each of so many.
/** @type {<T>(seeds: number, of: (seed: number) => T) => T[]} */
export const ofSeeds = (seeds, of) => Array.from({ length: seeds }, (_, seed) => of(seed));

// The median over the seeds at each place of the lists that it gives.
/** @type {(seeds: number, of: (seed: number) => number[]) => number[]} */
export function medianOfSeeds(seeds, of) {
  const rows = ofSeeds(seeds, of);
  return rows[0].map((_, place) => medianOf(rows.map((row) => row[place])));
}
