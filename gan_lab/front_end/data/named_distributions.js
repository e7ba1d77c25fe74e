// Distributions of scipy.stats whose quantiles are a formula, by their names there: standard ones, to be moved by
// loc and stretched by scale. Where a distribution has no moments, its median and the middle half's width / 1.349
// stand for mean and sd, as in gan_lab/distributions/named.py.

import { normalCdf, normalDensity, normalQuantile } from "../numeric/normal.js";

const MIDDLE_HALF = 1.3489795003921634; // of the standard normal distribution
const EULER = 0.5772156649015329;

const half = (x) => 0.5 * Math.exp(-Math.abs(x));

export const NAMED = {
  norm: { pdf: normalDensity, cdf: normalCdf, ppf: normalQuantile, mean: 0, sd: 1 },
  uniform: {
    pdf: (x) => (x >= 0 && x <= 1 ? 1 : 0),
    cdf: (x) => Math.min(1, Math.max(0, x)),
    ppf: (u) => u,
    mean: 0.5,
    sd: Math.sqrt(1 / 12),
  },
  expon: {
    pdf: (x) => (x < 0 ? 0 : Math.exp(-x)),
    cdf: (x) => (x < 0 ? 0 : -Math.expm1(-x)),
    ppf: (u) => -Math.log1p(-u),
    mean: 1,
    sd: 1,
  },
  laplace: {
    pdf: half,
    cdf: (x) => (x < 0 ? half(x) : 1 - half(x)),
    ppf: (u) => (u < 0.5 ? Math.log(2 * u) : -Math.log(2 * (1 - u))),
    mean: 0,
    sd: Math.SQRT2,
  },
  logistic: {
    pdf: (x) => Math.exp(-Math.abs(x)) / (1 + Math.exp(-Math.abs(x))) ** 2,
    cdf: (x) => 1 / (1 + Math.exp(-x)),
    ppf: (u) => Math.log(u) - Math.log1p(-u),
    mean: 0,
    sd: Math.PI / Math.sqrt(3),
  },
  gumbel_r: {
    pdf: (x) => Math.exp(-x - Math.exp(-x)),
    cdf: (x) => Math.exp(-Math.exp(-x)),
    ppf: (u) => -Math.log(-Math.log(u)),
    mean: EULER,
    sd: Math.PI / Math.sqrt(6),
  },
  cauchy: {
    pdf: (x) => 1 / (Math.PI * (1 + x * x)),
    cdf: (x) => Math.atan2(1, -x) / Math.PI,
    ppf: (u) => (u === 0 ? -Infinity : u === 1 ? Infinity : -1 / Math.tan(Math.PI * u)),
    mean: 0,
    sd: 2 / MIDDLE_HALF,
  },
};

// The distribution of a recipe's data of the kind "law".
export function namedDistribution({ name, loc, scale }) {
  const { pdf, cdf, ppf, mean, sd } = NAMED[name];
  return {
    pdf: (x) => pdf((x - loc) / scale) / scale,
    cdf: (x) => cdf((x - loc) / scale),
    ppf: (u) => loc + scale * ppf(u),
    mean: loc + scale * mean,
    sd: scale * sd,
  };
}
