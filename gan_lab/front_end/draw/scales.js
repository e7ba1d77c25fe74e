// From numbers to places: scales, ticks and the iterations that a time axis names.

/** @type {(values: number[], places: number[]) => ((value: number) => number) & { invert: (at: number) => number }} */
export function scale([from, to], [start, end]) {
  const slope = (end - start) / (to - from);
  const place = (value) => start + (value - from) * slope;
  place.invert = (at) => from + (at - start) / slope;
  return place;
}

// Round numbers inside [low, high], about `count` of them: two at least, where two have room.
export function ticks(low, high, count) {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const k = [1, 2, 5, 10].findIndex((m) => m * power >= rough * 0.999);
  const found = multiples([1, 2, 5, 10][k] * power, low, high);
  return found.length < 2 && count >= 2 ? multiples([0.5, 1, 2, 5][k] * power, low, high) : found;
}

function multiples(step, low, high) {
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

const UNSEEN = 0.03; // of the length of an axis

// How frames keep step with iterations, by where one to seven eighths of them are: "evenly", but for what no eye
// sees and the frames of one iteration that such a place may cut; "early" or "late" where all of these are on one
// side, and else "unevenly".
export function spacingOf(t) {
  const last = t.length - 1;
  const span = t[last] - t[0];
  const off = [1, 2, 3, 4, 5, 6, 7].map((n) => t[Math.round((n * last) / 8)] - t[0] - (n / 8) * span);
  if (off.every((miss) => Math.abs(miss) <= UNSEEN * span + 1)) return "evenly";
  if (off.every((miss) => miss <= 1)) return "early";
  return off.every((miss) => miss >= -1) ? "late" : "unevenly";
}

// The iterations that a time axis names, where the clock reaches them, about `room` apart: at equal round
// distances where frames keep step with iterations, else 0, 1, 2, 5, 10, 20, 50, ... and the last.
export function iterationTicks(t, place, room) {
  const equal = spacingOf(t) === "evenly" ? equalTicks(t, place, room) : [];
  const apart = equal.every(({ at }, i) => i === 0 || at - equal[i - 1].at >= 0.7 * room);
  return equal.length && apart ? equal : growingTicks(t, place, room);
}

function equalTicks(t, place, room) {
  const [start, end] = [t[0], t[t.length - 1]];
  if (start === end) return [{ at: place(0), label: String(start) }];
  const fit = Math.floor((place(t.length - 1) - place(0)) / room);
  return ticks(start, end, Math.min(fit, end - start)).map(({ value, label }) => ({
    at: place(reached(t, value)),
    label,
  }));
}

function growingTicks(t, place, room) {
  const end = t[t.length - 1];
  const found = [{ at: place(0), label: String(t[0]) }];
  for (let power = 1; power <= end; power *= 10)
    for (const iteration of [power, 2 * power, 5 * power])
      if (iteration > t[0] && iteration <= end)
        found.push({ at: place(reached(t, iteration)), label: String(iteration) });
  const last = { at: place(t.length - 1), label: String(end) };
  const kept = [];
  for (const tick of found)
    if (last.at - tick.at >= room && (!kept.length || tick.at - kept.at(-1).at >= room)) kept.push(tick);
  return t.length > 1 ? [...kept, last] : found;
}
