// What the axis of D says: 0, 1/2 and 1 where D is a probability, and else D's output in its own units.
//
// A place on it is the share from 0 to 1 at which D is shown (frame/readout.js). Half way is where D ends, as an axis
// says in bold, but for a score, which has no such place: there the means on the data and on G come together.

import { readoutOf } from "../frame/readout.js";
import { formatNumber } from "../numeric/format.js";
import { ticks } from "./scales.js";

const LETTERS = { D: [["D", "italic"]], T: [["T", "italic"]] };
const QUARTERS = [0, 0.25, 0.5, 0.75, 1];
const MEANS = ["mean of D on the data", "mean of D on G(z)"];

// { letter, marks: [{ share, label, bold }], half, best, known, wide, lines: [{ share, words, role }] }: whether there is
// a line half way, a best D, and a D at all; whether labels need more room; lines across the picture.
const PROBABILITY = {
  letter: LETTERS.D,
  marks: [
    [0, "0"],
    [0.5, "½"],
    [1, "1"],
  ].map(([share, label]) => ({ share, label, bold: share === 0.5 })),
  half: true,
  best: true,
  known: true,
  wide: false,
  lines: [],
};

// Of a recording in which D is left out, since it is no probability.
const NOTHING = { ...PROBABILITY, marks: [], half: false, best: false, known: false };

// A number with two decimals at most.
const short = (value) =>
  Number.isFinite(value) ? formatNumber(Number(value.toFixed(2)), 2).replace(/\.?0+$/, "") : formatNumber(value);

function labelOf({ of, ends }, share) {
  if (ends && share === 0) return `≤ ${short(of(0))}`;
  return ends && share === 1 ? `≥ ${short(of(1))}` : short(of(share));
}

const criticAxis = (own) => ({
  ...PROBABILITY,
  letter: LETTERS[own.name],
  marks: QUARTERS.map((share) => ({ share, label: labelOf(own, share), bold: share === 0.5 })),
  wide: true,
});

function scoreAxis({ score_range: [low, high], score_means: means }) {
  const shareOf = (value) => (high > low ? (value - low) / (high - low) : 0.5);
  const found = high > low ? ticks(low, high, 4) : [{ value: low, label: formatNumber(low) }];
  return {
    letter: LETTERS.D,
    marks: found.map(({ value, label }) => ({ share: shareOf(value), label, bold: false })),
    half: false,
    best: false,
    known: true,
    wide: true,
    lines: means.map((value, i) => ({ share: shareOf(value), words: MEANS[i], role: ["p_data", "p_g"][i] })),
  };
}

export function axisOfD(frame) {
  if (frame.D_kind === "score") return scoreAxis(frame);
  if (frame.D_kind === "unknown") return NOTHING;
  const own = frame.loss && readoutOf(frame.loss).own;
  return own ? criticAxis(own) : PROBABILITY;
}

// Between which outputs D is, in words, of the least and the largest share; of a critic, where it ends as well.
export function rangeWords(loss, low, high) {
  const own = loss && readoutOf(loss).own;
  if (!own) return `D between ${formatNumber(low)} and ${formatNumber(high)}`;
  const { name, of, ends } = own;
  const least = `${formatNumber(of(low))}${ends && low <= 0 ? " or less" : ""}`;
  const most = `${formatNumber(of(high))}${ends && high >= 1 ? " or more" : ""}`;
  return `${name} between ${least} and ${most} (${short(of(0.5))} at the end of the game)`;
}
