// A Gaussian model over data: its cross-entropy is the entropy of the data and KL(p || q), as bars that add up, and
// under them what it pays on draws. The reader moves its mean and width; no bar gets shorter than the entropy's.

import { formatNumber } from "../../numeric/format.js";
import { drawsOf, likelihoodTerms, mostLikely, paidOn } from "../../numeric/likelihood.js";
import { DATA, DATA_CHOICE, takenAt } from "./gaussian_against_data.js";
import { drawLikelihood, likelihoodLayout } from "./likelihood_picture.js";

const drawsFor = ({ data, n, seed }) => drawsOf(DATA[data], Number(n), seed);

export function measureLikelihood(state) {
  const draws = drawsFor(state);
  const best = mostLikely(draws);
  const terms = likelihoodTerms(DATA[state.data], draws, state);
  return { ...terms, draws, best, least: paidOn(draws, best.mu, best.sigma) };
}

function likelihoodSentence({ n }, { cross, entropy, kl, paid, best, least }) {
  const sum = `${formatNumber(cross, 3)} = ${formatNumber(entropy, 3)} + ${formatNumber(kl, 3)} nats`;
  const most = `N(${formatNumber(best.mu, 2)}, ${formatNumber(best.sigma, 2)}²)`;
  return `Cross-entropy = entropy + KL: ${sum}. The mean of −log q over ${n} draws is ${formatNumber(paid, 3)}; the least, ${formatNumber(least, 3)}, has ${most}.`;
}

function grabLikelihood([x, y], state, size) {
  const place = likelihoodLayout(size);
  if (y < place.top - 8 || y > place.base + 8) return null;
  return takenAt([x, y], state, place);
}

const knob = (key, letter, said, [min, max, step]) => ({
  key,
  name: [
    [letter, "italic"],
    [" of ", "roman"],
    ["q", "italic"],
  ],
  said,
  role: "p_g",
  min,
  max,
  step,
});

export const LIKELIHOOD = {
  label: "Data and a Gaussian model, and under them the cross-entropy, its two parts and the mean over the draws.",
  start: { data: "bimodal", n: "10", mu: 1, sigma: 1, seed: 0 },
  choices: [DATA_CHOICE, { key: "n", name: "Draws", options: ["10", "100", "1000"].map((n) => [n, [[n, "roman"]]]) }],
  knobs: [
    knob("mu", "μ", "μ, the mean of the model q", [-4, 4, 0.05]),
    knob("sigma", "σ", "σ, the standard deviation of the model q", [0.2, 3, 0.05]),
    {
      key: "seed",
      name: "draw",
      said: "Which draws there are",
      role: "p_data",
      min: 0,
      max: 20,
      step: 1,
      decimals: 0,
    },
  ],
  acts: [{ words: () => "The most likely q", does: (state) => mostLikely(drawsFor(state)) }],
  free: true,
  height: (width) => Math.round(Math.min(430, Math.max(380, 0.5 * width))),
  measure: measureLikelihood,
  draw: drawLikelihood,
  sentence: likelihoodSentence,
  grab: grabLikelihood,
};
