// What is wrong with a game, if anything: four ailments, each with a criterion that its words state.
//
// `rewind` has arrays t, jsd, grad_G, modes_found ... with an entry for each kept frame, which need not
// be evenly spaced. Each finding is { kind, number, words, chapter }: `number` is what the criterion
// measures, `chapter` the section of the book that explains it, and `at` the iteration that it is of, where
// that is not the frame's. What was not measured at a frame's moment is NaN in the history. Nats.

import { lastMeasured } from "../frame/measured.js";
import { formatNumber } from "../numeric/format.js";

const SURE = 0.99; // D's accuracy from which it knows nearly every sample
const FAINT = 0.01; // of G's largest gradient so far
const LATE = 0.8; // modes are missed when they were, in all of the last fifth of the game
const EARLY = 200; // iterations that a game has to find its modes
const THERE = 0.5; // of the quality of perfect samples, reached at some time in that fifth
const ENOUGH = 24; // frames in the window in which a game may circle
const WIDE = 0.1; // nats between the lowest and the highest quarter of the JSD there
const STEEP = 1.5; // and the higher of these over the lower
const SWINGS = 6; // from one of these quarters to the other

const percent = (share) => `${formatNumber(100 * share, share > 0.995 && share < 1 ? 1 : 0)} %`;
const finite = (values) => values.filter(Number.isFinite);
const small = (share) => (share < 1e-4 ? "below 0.01 %" : `${formatNumber(100 * share, 2)} %`);
const listed = (numbers) =>
  numbers.length < 2 ? String(numbers[0]) : `${numbers.slice(0, -1).join(", ")} and ${numbers[numbers.length - 1]}`;

function diverged(frame) {
  if (!frame.stopped) return null;
  return {
    kind: "diverged",
    number: frame.t,
    words: `The game ${frame.stopped}`,
    chapter: "convergence#how-long-a-step-may-be",
  };
}

// G learns nothing: its gradient is a hundredth of what it was, while D knows nearly every sample.
function vanished(frame, history) {
  const largest = Math.max(0, ...finite(history.grad_G ?? []));
  const share = frame.grad_G / largest;
  if (!(frame.accuracy >= SURE && share <= FAINT)) return null;
  return {
    kind: "vanished",
    number: share,
    words:
      `G hardly learns: its gradient is ${small(share)} of its largest so far (1 % or less), ` +
      `and D tells ${percent(frame.accuracy)} of the samples apart (99 % or more).`,
    chapter: "generator_losses#how-much-of-it-happens-in-a-run",
  };
}

// Modes that have been missed for so long that G will hardly find them.
function collapsed(now, history) {
  const frame = lastMeasured(now);
  if (!(frame.modes_found < frame.modes_of) || frame.t < EARLY) return null;
  const late = (_, i) => history.t[i] >= LATE * frame.t;
  const recent = finite(history.modes_found.filter(late));
  // samples that lie nowhere near a mode have not collapsed onto one: they have not come yet
  const there = frame.dim === 1 || Math.max(...finite(history.quality.filter(late))) >= THERE * frame.quality_perfect;
  if (!there || !recent.every((found) => found < frame.modes_of) || !recent.some((found) => found > 0)) return null;
  const names = listed(frame.missing.map((i) => i + 1));
  return {
    kind: "collapsed",
    number: frame.missing.length,
    at: now.measured?.at.t,
    words:
      `G misses ${frame.missing.length} of ${frame.modes_of} modes (number ${names}), and has done so ` +
      `in the last fifth of the game: ${near(frame)}`,
    chapter: "divergences#when-your-generator-loses-modes",
  };
}

const near = (frame) =>
  frame.dim === 1
    ? "within three sds of each it has less than a tenth of the data’s probability."
    : `none of its 2500 samples lies within three sds of them, ${percent(frame.quality)} lie so near to others.`;

const quantile = (sorted, u) => sorted[Math.round(u * (sorted.length - 1))];

// How often numbers go from their lowest quarter to their highest, or back.
function swingsOf(values, low, high) {
  let [swings, side] = [0, 0];
  for (const v of values) {
    const now = v >= high ? 1 : v <= low ? -1 : 0;
    if (now && side && now !== side) swings += 1;
    side = now || side;
  }
  return swings;
}

// The JSD goes up and down and does not fall: seen in the second half of the game.
function circling(frame, history) {
  const window = history.jsd.filter((v, i) => history.t[i] >= 0.5 * frame.t && Number.isFinite(v));
  if (window.length < ENOUGH) return null;
  const sorted = [...window].sort((a, b) => a - b);
  const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const swings = swingsOf(window, low, high);
  const half = Math.floor(window.length / 2);
  const middle = (values) =>
    quantile(
      [...values].sort((a, b) => a - b),
      0.5,
    );
  const [before, after] = [middle(window.slice(0, half)), middle(window.slice(half))];
  const wide = high - low >= WIDE && high >= STEEP * low;
  if (!(wide && swings >= SWINGS && after >= (2 / 3) * before)) return null;
  return {
    kind: "circling",
    number: high - low,
    words:
      `The game goes round: in its second half the JSD went ${swings} times (${SWINGS} or more) from below ` +
      `${formatNumber(low)} to above ${formatNumber(high)} nats or back (${WIDE} or more apart, and a half more), ` +
      "and did not fall by a third.",
    chapter: "convergence#when-your-game-goes-round",
  };
}

// What is wrong at this frame, [] where nothing is.
export function diagnose(frame, history) {
  if (frame === null || history.length === 0) return [];
  return [diverged, vanished, collapsed, circling].map((look) => look(frame, history)).filter(Boolean);
}
