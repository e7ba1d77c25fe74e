// You are D: both distributions stand still, the reader draws D and commits it; then the best D is shown beside it,
// and what is lost against that.

import { drawnD, drawnValues, PLACES } from "../../numeric/drawn_discriminator.js";
import { formatNumber } from "../../numeric/format.js";
import { LOG_4, ofBells } from "../../numeric/game_value.js";
import { drawnLayout, drawYouAreD } from "./you_are_d_picture.js";

// Data and generator as bells [mean, sd] of equal weight.
export const PAIRS = {
  apart: { data: [[-1.4, 0.9]], G: [[1.6, 1.1]] },
  overlapping: { data: [[0.4, 1.3]], G: [[-0.5, 0.8]] },
  "a mode missed": {
    data: [
      [-2.5, 0.8],
      [1.5, 1],
    ],
    G: [[1.1, 0.9]],
  },
  disjoint: { data: [[-2.5, 0.6]], G: [[2.6, 0.5]] },
};

const [LEAST, MOST, STEP] = [0.01, 0.99, 0.01];
const REACH = 44; // pixels between a hand and the curve that it takes

const keyOf = (i) => `D${i}`;
const FLAT = Object.fromEntries(PLACES.map((_, i) => [keyOf(i), 0.5]));
const heightsOf = (state) => PLACES.map((_, i) => state[keyOf(i)]);
const isCommitted = ({ committed }) => committed === "yes";

export function measureYouAreD(state) {
  const { data, G } = PAIRS[state.pair];
  const [p_data, p_g] = [ofBells(data), ofBells(G)];
  const D = drawnD(heightsOf(state));
  if (!isCommitted(state)) return { p_data, p_g, D };
  const found = drawnValues(p_data, p_g, heightsOf(state));
  return { p_data, p_g, ...found, share: (found.V + LOG_4) / (found.C + LOG_4) };
}

// From the flat D, 0, to the best one, 100 %; never rounded up to that.
const percent = (share) => `${formatNumber(Math.floor(100 * share + 1e-9), 0)} %`;

function sentence(state, { p_data, p_g, D, V, C, gap, share, worst }) {
  if (!isCommitted(state))
    return "Your move: how sure are you, at each x, that a sample found there is data? Drag the blue line up to 1 for “data”, down to 0 for “made by G”. Then commit.";
  const best = 1 / (1 + Math.exp(p_g(worst) - p_data(worst)));
  const where = `Most of it near x = ${formatNumber(worst, 1)}, where you say ${formatNumber(D(worst))} and D* ${formatNumber(best)}.`;
  const verdict = share < -1e-9 ? "Worse than an even bet" : `${percent(share)} of the way from an even bet to D*`;
  return `${verdict}: your V(G,D) = ${formatNumber(V)}, and V(G,D*) = ${formatNumber(C)}; the blue area is what you lose, ${formatNumber(gap)}. ${where}`;
}

// A hand near the curve takes it, and draws it anew wherever it goes.
function grab([x, y], state, size) {
  const place = drawnLayout(size);
  const at = place.x.invert(x);
  const near = x > place.ends[0] - 20 && x < place.ends[1] + 20;
  if (isCommitted(state) || !near || Math.abs(place.D(drawnD(heightsOf(state))(at)) - y) > REACH) return null;
  let last = [at, place.D.invert(y)];
  return ([nowX, nowY]) => {
    const now = [place.x.invert(nowX), place.D.invert(nowY)];
    const changes = strokeOf(last, now);
    last = now;
    return changes;
  };
}

// The handles that a stroke from one point to another passes, and the one nearest to its end.
/** @type {(from: number[], to: number[]) => Record<string, number>} */
export function strokeOf([x1, D1], [x2, D2]) {
  const nearest = Math.min(PLACES.length - 1, Math.max(0, Math.round(x2) - PLACES[0]));
  const changes = {};
  PLACES.forEach((x, i) => {
    const share = (x - x1) / (x2 - x1);
    if (share >= 0 && share <= 1) changes[keyOf(i)] = D1 + share * (D2 - D1);
  });
  return { ...changes, [keyOf(nearest)]: D2 };
}

export const YOU_ARE_D = {
  label: "Two densities that stand still, and a discriminator for you to draw.",
  start: { pair: "apart", committed: "no", ...FLAT },
  choices: [
    {
      key: "pair",
      name: "Data and G are",
      options: Object.keys(PAIRS).map((name) => [name, name]),
      also: { committed: "no", ...FLAT },
    },
    {
      key: "committed",
      name: "D",
      options: [
        ["no", "being drawn"],
        ["yes", "committed"],
      ],
      when: () => false,
    },
  ],
  knobs: PLACES.map((x, i) => ({
    key: keyOf(i),
    said: `D at x = ${formatNumber(x, 0)}`,
    min: LEAST,
    max: MOST,
    step: STEP,
    locked: isCommitted,
    place: (state, size) => [drawnLayout(size).x(x), drawnLayout(size).D(state[keyOf(i)])],
  })),
  acts: [
    {
      words: (state) => (isCommitted(state) ? "Draw again" : "Commit"),
      does: (state) => ({ committed: isCommitted(state) ? "no" : "yes" }),
    },
    { words: () => "Flat, D = ½", does: () => ({ committed: "no", ...FLAT }) },
  ],
  best: {
    higher: true,
    of: ({ pair }, { share = null }) => ({ name: `you are D, ${pair}`, value: share }),
    words: (share) => `Your best here: ${percent(share)}`,
  },
  free: true,
  height: () => 400,
  measure: measureYouAreD,
  draw: drawYouAreD,
  sentence,
  grab,
};
