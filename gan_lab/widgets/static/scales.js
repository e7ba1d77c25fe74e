// From numbers to places: scales, ticks and the iterations that a time axis names.

export function scale([from, to], [start, end]) {
  const slope = (end - start) / (to - from);
  const place = (value) => start + (value - from) * slope;
  place.invert = (at) => from + (at - start) / slope;
  return place;
}

// Round numbers inside [low, high], about `count` of them.
export function ticks(low, high, count) {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++)
    found.push({ value: k * step + 0, label: (k * step).toFixed(decimals).replace("-", "−") });
  return found.map((tick) => (Number(tick.label) === 0 ? { ...tick, label: "0" } : tick));
}

// Where the clock t (one iteration for each frame, never falling) reaches an iteration, in frames.
export function reached(t, iteration) {
  const after = t.findIndex((value) => value >= iteration);
  if (after <= 0 || t[after] === iteration) return after;
  return after - (t[after] - iteration) / (t[after] - t[after - 1]);
}

// Iterations 0, 1, 2, 5, 10, 20, 50, ... where the clock reaches them, at least `room` apart.
export function iterationTicks(t, place, room) {
  const end = t[t.length - 1];
  const found = [{ at: place(0), label: String(t[0]) }];
  for (let power = 1; power <= end; power *= 10)
    for (const iteration of [power, 2 * power, 5 * power])
      if (iteration > t[0] && iteration <= end)
        found.push({ at: place(reached(t, iteration)), label: String(iteration) });
  const last = { at: place(t.length - 1), label: String(end) };
  const kept = [];
  for (const tick of found)
    if (last.at - tick.at >= room && (!kept.length || tick.at - kept.at(-1).at >= room))
      kept.push(tick);
  return t.length > 1 ? [...kept, last] : found;
}
