// At each place the median over seeds; `rows` has the places' numbers of each seed.
export function medianAt(rows) {
  return rows[0].map((_, place) => {
    const sorted = rows.map((row) => row[place]).sort((a, b) => a - b);
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  });
}
