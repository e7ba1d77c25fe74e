// Losses of G by the logit s of D, and how p_G is pulled by each while D* stands still: in nats.

import { gaussian, integral, ofBells, optimalLogit, sigmoid, softplus } from "./game_value.js";

// cost: what a sample with logit s costs G; steepness: minus its slope in s, as a logarithm, which does not overflow.
export const GENERATOR_LOSSES = {
  minimax: { cost: (s) => -softplus(s), logSteepness: (s) => -softplus(-s) },
  "non-saturating": { cost: (s) => softplus(-s), logSteepness: (s) => -softplus(s) },
  "maximum-likelihood": { cost: (s) => -Math.exp(s) / 2, logSteepness: (s) => s - Math.LN2 },
};
export const NAMES_OF_LOSSES = Object.keys(GENERATOR_LOSSES);

const each = (of) => Object.fromEntries(NAMES_OF_LOSSES.map((name) => [name, of(GENERATOR_LOSSES[name])]));

// { loss: { cost, inLogit, inD } }: the value and both slopes where D = sigmoid(s).
export const costsAt = (s) =>
  each(({ cost, logSteepness }) => {
    const inLogit = -Math.exp(logSteepness(s));
    return { cost: cost(s), inLogit, inD: inLogit / (sigmoid(s) * sigmoid(-s)) };
  });

// The slope of the log density of bells [[mean, sd], ...] of equal weight.
export function scoreOf(bells) {
  const logs = bells.map(([mean, sd]) => gaussian(mean, sd));
  return (x) => {
    const at = logs.map((log) => log(x));
    const most = Math.max(...at);
    const weights = at.map((log) => Math.exp(log - most));
    const total = weights.reduce((sum, w) => sum + w, 0);
    return bells.reduce((sum, [mean, sd], i) => sum - (weights[i] / total) * ((x - mean) / sd ** 2), 0);
  };
}

// The data as bells against p_G = N(mu, sigma^2): both log densities, D*'s logit, and for each loss its `pull` at x
// (minus its slope there) and its slopes in mu and in sigma, with D* held still.
export function pulls(bells, mu, sigma) {
  const [p_data, p_g] = [ofBells(bells), gaussian(mu, sigma)];
  const logit = optimalLogit(p_data, p_g);
  const [ofData, ofG] = [scoreOf(bells), scoreOf([[mu, sigma]])];
  const rise = (x) => ofData(x) - ofG(x);
  const losses = each(({ logSteepness }) => {
    const felt = (x) => -Math.exp(p_g(x) + logSteepness(logit(x))) * rise(x);
    return {
      pull: (x) => Math.exp(logSteepness(logit(x))) * rise(x),
      mu: integral(felt),
      sigma: integral((x) => (felt(x) * (x - mu)) / sigma),
    };
  });
  return { p_data, p_g, logit, losses };
}
