// The median over seeds 0, 1, ... at each place, of a function of the seed that gives a list.

import { medianOf } from "../numeric/mean.js";

/** @type {(seeds: number, of: (seed: number) => number[]) => number[]} */
export function medianOfSeeds(seeds, of) {
  const rows = Array.from({ length: seeds }, (_, seed) => of(seed));
  return rows[0].map((_, place) => medianOf(rows.map((row) => row[place])));
}
