// Numbers that are slow to see, and of which moment of the game they are.
//
// What needs the mesh of the plane is measured as { at: { t, steps }, numbers }. Here, and nowhere else, it is
// put together with what is quick to see: under their own names (V, jsd, D_star ...) a frame has numbers of
// its very moment or none. One that was not measured has in `measured` the last that was, of an earlier
// moment: who shows it asks for it by `lastMeasured`, which says of when it is.

const UNKNOWN = {
  V: NaN,
  V_error: NaN,
  C: NaN,
  C_error: NaN,
  jsd: NaN,
  jsd_error: NaN,
  jsd_perfect: NaN,
  D_star_error: NaN,
  D_star_known: 0,
  modes_found: NaN,
  missing: [],
  quality: NaN,
};

// The iterations that are over, and the steps of D in the one that has begun.
export const momentOf = ({ t, steps = 0 }) => ({ t, steps });
export const sameMoment = (a, b) => a.t === b.t && (a.steps ?? 0) === (b.steps ?? 0);
// Whether one moment was before another.
export const isBefore = (a, b) => a.t < b.t || (a.t === b.t && (a.steps ?? 0) < (b.steps ?? 0));

// Whether all numbers of a frame are of its own moment.
export const isMeasured = (frame) => !frame.measured;

// A frame with what was measured. What is needed to measure it later goes when it is not needed any more.
export function withMeasured({ still, measured: before, ...frame }, measured) {
  if (sameMoment(measured.at, frame)) return { ...frame, ...measured.numbers };
  const D_star = new Float64Array(measured.numbers.D_star.length).fill(NaN);
  return { ...frame, ...UNKNOWN, D_star, measured, ...(still ? { still } : {}) };
}

const whenWords = (at, { t }) => (at.t === t ? `iteration ${t}, before D’s step` : `iteration ${at.t}`);

// A frame with the last slow numbers under their names; `earlier` says of when they are, "" of now.
export function lastMeasured(frame) {
  if (isMeasured(frame)) return { ...frame, earlier: "" };
  return { ...frame, ...frame.measured.numbers, earlier: whenWords(frame.measured.at, frame) };
}
