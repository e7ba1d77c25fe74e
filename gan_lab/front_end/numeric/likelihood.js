// What a Gaussian model q = N(mu, sigma^2) pays for data: the cross-entropy by its closed form, the entropy of the
// data and KL(p || q) each by quadrature, and the mean of -log q over draws. In nats; held to gan_lab.theory to 1e-9.

import { gaussian, integral, ofBells, weighted } from "./game_value.js";
import { meanOf } from "./mean.js";
import { minibatchOf } from "./value_terms.js";

// The mean of -log q over bells [mean, sd] of equal weight: it asks for no more than mean and variance.
export function crossEntropy(bells, mu, sigma) {
  const square = meanOf(bells.map(([mean, sd]) => sd * sd + (mean - mu) ** 2));
  return Math.log(sigma) + Math.log(2 * Math.PI) / 2 + square / (2 * sigma * sigma);
}

export function entropy(p) {
  return -integral((x) => weighted(Math.exp(p(x)), p(x)));
}

export function kl(p, q) {
  return Math.max(
    0,
    integral((x) => weighted(Math.exp(p(x)), p(x) - q(x))),
  );
}

// n draws of one or two bells: one normal number says where in its bell, another one says which.
export function drawsOf(bells, n, seed) {
  const { x, z } = minibatchOf(n, seed);
  return Array.from(x, (one, i) => {
    const [mean, sd] = bells[z[i] < 0 ? 0 : bells.length - 1];
    return mean + sd * one;
  });
}

// The Gaussian that is the most likely for draws has their mean and their mean square about it.
export function mostLikely(draws) {
  const mu = meanOf(draws);
  return { mu, sigma: Math.sqrt(meanOf(draws.map((x) => (x - mu) ** 2))) };
}

// The mean of -log q over draws.
export const paidOn = (draws, mu, sigma) => -meanOf(draws.map(gaussian(mu, sigma)));

export function likelihoodTerms(bells, draws, { mu, sigma }) {
  const [p_data, p_g] = [ofBells(bells), gaussian(mu, sigma)];
  return {
    p_data,
    p_g,
    cross: crossEntropy(bells, mu, sigma),
    entropy: entropy(p_data),
    kl: kl(p_data, p_g),
    paid: paidOn(draws, mu, sigma),
  };
}
