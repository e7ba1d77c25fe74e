// The median over seeds 0, 1, ... at each place, of a function of the seed that gives a list.

const middle = (values) => {
  const [sorted, half] = [Float64Array.from(values).sort(), values.length / 2];
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
};

/** @type {(seeds: number, of: (seed: number) => number[]) => number[]} */
export function medianOfSeeds(seeds, of) {
  const rows = Array.from({ length: seeds }, (_, seed) => of(seed));
  return rows[0].map((_, place) => middle(rows.map((row) => row[place])));
}
