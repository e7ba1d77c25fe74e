// Theorem 1 between two distributions: C(G) = V(G, D*) = 2 JSD - log 4, and what a D that is not D* loses.
//
// p_data is fixed; p_G = N(mu, sigma^2) is the reader's. D is the best one, or the reader's own
// logistic curve sigmoid(alpha (x - c)), which equals D* for two Gaussians of the same variance.

import { formatNumber } from "../../numeric/format.js";
import { C, gap, gaussian, jsd, LOG_4, ofBells, V } from "../../numeric/game_value.js";
import { DATA, DATA_CHOICE, P_G_KNOBS, takenAt } from "./gaussian_against_data.js";
import { drawPair, pairLayout } from "./pair_picture.js";

const own = ({ D }) => D === "own";

const logitOf =
  ({ alpha, c }) =>
  (x) =>
    alpha * (x - c);

// The distributions as log densities, the reader's logit (null for D*), and the numbers in nats.
export function measurePair(state) {
  const p_data = ofBells(DATA[state.data]);
  const p_g = gaussian(state.mu, state.sigma);
  const logit = own(state) ? logitOf(state) : null;
  const most = C(p_data, p_g);
  return {
    p_data,
    p_g,
    logit,
    C: most,
    jsd: jsd(p_data, p_g),
    V: logit ? V(p_data, p_g, logit) : most,
    gap: logit ? gap(p_data, p_g, logit) : 0,
  };
}

// Three decimals, and never "0.000" for what is not nothing.
const small = (nats) => (nats > 1e-9 && nats < 0.0005 ? "less than 0.0005" : formatNumber(nats, 3));

function pairSentence(state, { C: most, jsd: divergence, V: value, gap: loss }) {
  const equal = divergence < 1e-9;
  const first = equal
    ? `p_G = p_data: JSD 0, so C(G) = −log 4 = ${formatNumber(-LOG_4, 3)}, the least that it can be`
    : `JSD ${small(divergence)} nats: C(G) = V(G,D*) = 2 JSD − log 4 = ${formatNumber(most, 3)}`;
  if (own(state)) {
    const exact = loss < 1e-9 ? "it is D*" : `less by ${small(loss)}, the blue area above`;
    return `${first}. Your D has V(G,D) = ${formatNumber(value, 3)}, ${exact}.`;
  }
  if (equal) return `${first}. The best that D can do is say ½ everywhere.`;
  if (divergence > Math.LN2 - 0.0005) return `${first}. The distributions hardly overlap: D* is nearly never wrong.`;
  return `${first}. The green area above is 2 JSD = ${small(2 * divergence)}.`;
}

// What a hand takes: the reader's D near its ½, else p_G: sideways its mean, up its height.
function grabPair([x, y], state, size) {
  const place = pairLayout(size);
  if (y < place.top - 8 || y > place.base + 8) return null;
  if (own(state) && Math.hypot(x - place.x(state.c), y - place.D(0.5)) < 26)
    return ([now]) => ({ c: state.c + place.x.invert(now) - place.x.invert(x) });
  return takenAt([x, y], state, place);
}

export const PAIR = {
  label: "Two densities and a discriminator, and the value of the game on a scale in nats.",
  start: { data: "gaussian", mu: 2, sigma: 1, D: "best", alpha: -1, c: 0 },
  choices: [
    DATA_CHOICE,
    {
      key: "D",
      name: "Discriminator",
      options: [
        [
          "best",
          [
            ["the best, ", "plain"],
            ["D", "italic"],
            ["*", "roman"],
          ],
        ],
        ["own", "your own"],
      ],
    },
  ],
  knobs: [
    ...P_G_KNOBS,
    {
      key: "alpha",
      name: [
        ["α", "italic"],
        [" of ", "roman"],
        ["D", "italic"],
      ],
      said: "α, how steep your discriminator is: D(x) = 1/(1 + exp(−α(x − c)))",
      role: "D",
      min: -6,
      max: 6,
      step: 0.1,
      when: own,
    },
    {
      key: "c",
      name: [
        ["c", "italic"],
        [" of ", "roman"],
        ["D", "italic"],
      ],
      said: "c, where your discriminator says ½",
      role: "D",
      min: -5,
      max: 5,
      step: 0.1,
      when: own,
    },
  ],
  height: (width) => Math.round(Math.min(430, Math.max(350, 0.5 * width))),
  measure: measurePair,
  draw: drawPair,
  sentence: pairSentence,
  grab: grabPair,
};
