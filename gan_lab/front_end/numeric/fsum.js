// The sum of numbers as if there were no rounding but the last: Shewchuk 1997, as Python's math.fsum.
export function fsum(values) {
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
