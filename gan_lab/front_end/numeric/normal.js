// The standard normal distribution: density, distribution and quantile functions, to about fifteen digits.

const ROOT = Math.sqrt(2 * Math.PI);
const FAR = 2; // beyond, the continued fraction; within, the series

export const normalDensity = (x) => Math.exp(-0.5 * x * x) / ROOT;

// That of N(mean, sd^2), as a function of x.
export const densityOfBell = (mean, sd) => (x) => normalDensity((x - mean) / sd) / sd;

// The probability above x >= FAR: Laplace's continued fraction, from its far end.
function upper(x) {
  let below = x;
  for (let n = Math.ceil(400 / (x * x)) + 12; n >= 1; n--) below = x + n / below; // the nearer, the deeper
  return normalDensity(x) / below;
}

// The probability between 0 and x: phi(x) (x + x^3/3 + x^5/15 + ...), whose terms have one sign.
function fromZero(x) {
  let [sum, term] = [x, x];
  for (let n = 3; Math.abs(term) > 1e-18 * Math.abs(sum); n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return normalDensity(x) * sum;
}

// The probability of all that is at most x; small ones keep their digits.
export function normalCdf(x) {
  if (Number.isNaN(x)) return NaN;
  if (x > FAR) return x > 40 ? 1 : 1 - upper(x);
  if (x < -FAR) return x < -40 ? 0 : upper(-x);
  return 0.5 + fromZero(x);
}

// The probability between a and b, from the side on which it keeps its digits.
export const normalMass = (a, b) => (a > 0 ? normalCdf(-a) - normalCdf(-b) : normalCdf(b) - normalCdf(a));

// The x below which a share u lies: Hastings' formula (Abramowitz and Stegun 26.2.23), good to 5e-4, and
// two steps of Halley's method, each of which triples the digits.
export function normalQuantile(u) {
  if (!(u > 0 && u < 1)) return u === 0 ? -Infinity : u === 1 ? Infinity : NaN;
  if (u > 0.5) return -normalQuantile(1 - u);
  const t = Math.sqrt(-2 * Math.log(u));
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let i = 0; i < 2; i++) {
    const step = (normalCdf(x) - u) / normalDensity(x);
    x -= step / (1 + 0.5 * x * step);
  }
  return x;
}
