// A lower bound of log p(x), and what it lacks, as gan_lab/theory/elbo.py computes them, held to it to 1e-9: z is
// N(0, 1), x given z is N(w z, s^2), q is N(m, t^2). In nats.

const LOG_2PI = Math.log(2 * Math.PI);

const klOfNormals = (m, t, mean, sd) => Math.log(sd / t) + (t * t + (m - mean) ** 2) / (2 * sd * sd) - 0.5;

// { logP, elbo, fit, cost, gap, mean, sd }: the ELBO is the fit less the cost; mean and sd are the posterior's.
export function linearGaussianElbo(x, w, s, m, t) {
  const total = w * w + s * s;
  const logP = -0.5 * (LOG_2PI + Math.log(total) + (x * x) / total);
  const fit = -0.5 * (LOG_2PI + 2 * Math.log(s) + ((x - w * m) ** 2 + (w * t) ** 2) / (s * s));
  const cost = klOfNormals(m, t, 0, 1);
  const [mean, sd] = [(w * x) / total, s / Math.sqrt(total)];
  return { logP, elbo: fit - cost, fit, cost, gap: klOfNormals(m, t, mean, sd), mean, sd };
}
