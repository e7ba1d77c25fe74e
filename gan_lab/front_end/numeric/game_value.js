// Distributions on the line, and the value of the game between two of them: in nats, by the trapezoid rule.
//
// For analytic functions that vanish at both ends the rule's error falls like exp(-2 pi d / step),
// where d is how far from the line the nearest singularity lies: for p_G between N(-4, 0.2^2) and
// N(4, 3^2) the grid below leaves less than 1e-12. Densities are held as logarithms, so that a
// discriminator far from all samples is sure of itself and not 0 / 0.

const END = 32; // more than nine standard deviations of the widest distribution that a reader can make
const STEP = 1 / 128;

export const LOG_4 = Math.log(4);

// log(1 + exp(t)): log D = -softplus(-logit) and log(1 - D) = -softplus(logit).
export const softplus = (t) => Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
export const sigmoid = (t) => (t < 0 ? Math.exp(t) / (1 + Math.exp(t)) : 1 / (1 + Math.exp(-t)));
const logAddExp = (s, t) => Math.max(s, t) + Math.log1p(Math.exp(-Math.abs(s - t)));

// A distribution is its log density, x -> log p(x).
export function gaussian(mean, sd) {
  const atMean = -Math.log(sd * Math.sqrt(2 * Math.PI));
  return (x) => atMean - ((x - mean) / sd) ** 2 / 2;
}

// Two distributions, each with half of the mass.
export const halves = (p, q) => (x) => logAddExp(p(x), q(x)) - Math.LN2;

// Gaussians [mean, sd], each with the same mass.
export function ofBells(bells) {
  const [first, second, ...more] = bells.map(([mean, sd]) => gaussian(mean, sd));
  if (!second) return first;
  return more.length ? alike([first, second, ...more]) : halves(first, second);
}

const alike = (distributions) => (x) => {
  const logs = distributions.map((log) => log(x));
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0) / logs.length);
};

// The logit of D* = p_data / (p_data + p_G), Proposition 1.
export const optimalLogit = (p_data, p_g) => (x) => p_data(x) - p_g(x);

// KL(Bernoulli(best) || Bernoulli(own)) in nats, from two logits.
function disagreement(best, own) {
  const right = sigmoid(best) * (softplus(-own) - softplus(-best));
  const wrong = sigmoid(-best) * (softplus(own) - softplus(best));
  return Math.max(0, right + wrong);
}

// What D loses at x against D*, per unit of x: its integral is V(G, D*) - V(G, D). For D = 1/2,
// logit 0, this is 2 JSD, Theorem 1.
export const lossAt = (p_data, p_g, logit) => (x) =>
  (Math.exp(p_data(x)) + Math.exp(p_g(x))) * disagreement(p_data(x) - p_g(x), logit(x));

export function integral(f) {
  let sum = 0;
  for (let i = -END / STEP; i <= END / STEP; i++) sum += f(i * STEP);
  return sum * STEP;
}

export const weighted = (p, log) => (p === 0 ? 0 : p * log); // 0 log 0 = 0

// V(G, D) = E_data log D + E_G log(1 - D), Equation 1, for D = sigmoid(logit); by another rule where that has corners.
export function V(p_data, p_g, logit, rule = integral) {
  return rule((x) => {
    const l = logit(x);
    return weighted(Math.exp(p_data(x)), -softplus(-l)) + weighted(Math.exp(p_g(x)), -softplus(l));
  });
}

// C(G) = max over D of V(G, D), as the value at D*, and not through the JSD.
export const C = (p_data, p_g) => V(p_data, p_g, optimalLogit(p_data, p_g));

// The Jensen-Shannon divergence by its definition: (KL(p || m) + KL(q || m)) / 2, m = (p + q) / 2.
export function jsd(p, q) {
  const m = halves(p, q);
  const part = (logpdf, x) => weighted(Math.exp(logpdf(x)), logpdf(x) - m(x));
  return Math.max(0, integral((x) => part(p, x) + part(q, x)) / 2);
}

// C(G) - V(G, D) as the integral of what D loses at each x.
export const gap = (p_data, p_g, logit) => integral(lossAt(p_data, p_g, logit));
