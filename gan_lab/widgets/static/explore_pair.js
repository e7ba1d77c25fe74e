// Theorem 1 between two laws: C(G) = V(G, D*) = 2 JSD - log 4, and what a D that is not D* loses.
//
// p_data is fixed; p_G = N(mu, sigma^2) is the reader's. D is the best one, or the reader's own
// logistic curve sigmoid(alpha (x - c)), which equals D* for two Gaussians of the same variance.

import { C, V, gap, gaussian, halves, jsd, LOG_4 } from "./densities.js";
import { drawPair, pairLayout } from "./explore_pair_picture.js";
import { figure } from "./words.js";

const DATA = {
  gaussian: gaussian(0, 1),
  bimodal: halves(gaussian(-2, 0.5), gaussian(2, 0.5)),
};

const own = ({ D }) => D === "own";

const logitOf = ({ alpha, c }) => (x) => alpha * (x - c);

// The laws as log densities, the reader's logit (null for D*), and the numbers in nats.
export function measurePair(state) {
  const p_data = DATA[state.data];
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
const small = (nats) => (nats > 1e-9 && nats < 0.0005 ? "less than 0.0005" : figure(nats, 3));

function pairSentence(state, { C: most, jsd: divergence, V: value, gap: loss }) {
  const equal = divergence < 1e-9;
  const first = equal
    ? `p_G = p_data: JSD 0, so C(G) = −log 4 = ${figure(-LOG_4, 3)}, the least that it can be`
    : `JSD ${small(divergence)} nats: C(G) = V(G,D*) = 2 JSD − log 4 = ${figure(most, 3)}`;
  if (own(state)) {
    const exact = loss < 1e-9 ? "it is D*" : `less by ${small(loss)}, the blue area above`;
    return `${first}. Your D has V(G,D) = ${figure(value, 3)}, ${exact}.`;
  }
  if (equal) return `${first}. The best that D can do is say ½ everywhere.`;
  if (divergence > Math.LN2 - 0.0005) return `${first}. The laws hardly overlap: D* is nearly never wrong.`;
  return `${first}. The green area above is 2 JSD = ${small(2 * divergence)}.`;
}

// What a hand takes: the reader's D near its ½, else p_G: sideways its mean, up its height.
function grabPair([x, y], state, size) {
  const place = pairLayout(size);
  if (y < place.top - 8 || y > place.base + 8) return null;
  if (own(state) && Math.hypot(x - place.x(state.c), y - place.D(0.5)) < 26)
    return ([now]) => ({ c: state.c + place.x.invert(now) - place.x.invert(x) });
  return ([now, high]) => ({
    mu: state.mu + place.x.invert(now) - place.x.invert(x),
    sigma: state.sigma * Math.exp((high - y) / 130),
  });
}

const P_G = [["p", "italic"], ["G", "subitalic"]];

export const PAIR = {
  label: "Two densities and a discriminator, and the value of the game on a scale in nats.",
  start: { data: "gaussian", mu: 2, sigma: 1, D: "best", alpha: -1, c: 0 },
  choices: [
    {
      key: "data",
      name: "Data",
      options: [["gaussian", "one Gaussian"], ["bimodal", "two modes"]],
    },
    {
      key: "D",
      name: "Discriminator",
      options: [["best", [["the best, ", "plain"], ["D", "italic"], ["*", "roman"]]], ["own", "your own"]],
    },
  ],
  knobs: [
    {
      key: "mu",
      name: [["μ", "italic"], [" of ", "roman"], ...P_G],
      said: "μ, the mean of the generator’s law",
      role: "p_g",
      min: -4,
      max: 4,
      step: 0.05,
    },
    {
      key: "sigma",
      name: [["σ", "italic"], [" of ", "roman"], ...P_G],
      said: "σ, the standard deviation of the generator’s law",
      role: "p_g",
      min: 0.2,
      max: 3,
      step: 0.05,
    },
    {
      key: "alpha",
      name: [["α", "italic"], [" of ", "roman"], ["D", "italic"]],
      said: "α, how steep your discriminator is: D(x) = 1/(1 + exp(−α(x − c)))",
      role: "D",
      min: -6,
      max: 6,
      step: 0.1,
      when: own,
    },
    {
      key: "c",
      name: [["c", "italic"], [" of ", "roman"], ["D", "italic"]],
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
