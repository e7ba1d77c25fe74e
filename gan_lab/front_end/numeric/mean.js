// Middles of numbers, of an array or a typed one.

export const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

export function medianOf(values) {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
