// p_z: the distributions that a coordinate of z may have, by the names that a recipe gives them.

import { normalMass, normalQuantile } from "../numeric/normal.js";

const LOG_ROOT_2PI = 0.5 * Math.log(2 * Math.PI);

// p_z of each coordinate of z: log density, mass of an interval, quantiles, atoms, where it ends, and
// the z between which quadrature goes from panel to panel (all but 1e-20 lies between the outermost).
export const LATENTS = {
  gaussian: {
    log: (z) => -0.5 * z * z - LOG_ROOT_2PI,
    mass: normalMass,
    ppf: normalQuantile,
    ends: [-Infinity, Infinity],
    panels: [-9.5, -8, -5, -2.5, 0, 2.5, 5, 8, 9.5],
    atoms: [],
  },
  uniform: {
    log: (z) => (z >= -1 && z <= 1 ? -Math.LN2 : -Infinity),
    mass: (a, b) => Math.max(0, (Math.min(b, 1) - Math.max(a, -1)) / 2),
    ppf: (u) => -1 + 2 * u,
    ends: [-1, 1],
    panels: [-1, 1],
    atoms: [],
  },
  bernoulli: {
    log: () => -Infinity,
    mass: () => 0,
    ppf: (u) => (u <= 0.5 ? 0 : 1),
    ends: [0, 0],
    panels: [],
    atoms: [
      [0, 0.5],
      [1, 0.5],
    ],
  },
};

// The quantiles (i + 1/2) / count of p_z.
export const equallyProbable = (p_z, count) =>
  Float64Array.from({ length: count }, (_, i) => p_z.ppf((i + 0.5) / count));

// Draws of z, as many as the array holds; those of the uniform and the Bernoulli distribution by quantiles.
export function drawLatents(stream, latent, purpose, iteration, step, z) {
  if (latent === "gaussian") return stream.normal(purpose, iteration, step, z);
  stream.uniform(purpose, iteration, step, z);
  for (let i = 0; i < z.length; i++) z[i] = LATENTS[latent].ppf(z[i]);
  return z;
}
