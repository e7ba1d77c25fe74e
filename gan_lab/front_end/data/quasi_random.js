// Points that fill a square or a cube evenly, and nothing random: what a mesh of z is made of.

import { LATENTS } from "./latents.js";

const GOLDEN = (Math.sqrt(5) - 1) / 2;
const meshes = new Map();

// `count` equally probable z of two coordinates (count * 2): a golden lattice, as even as a square
// grid without its lines. As gan_lab/theory/mesh.py.
export function latticeOfZ(latent, count) {
  const key = `${latent} ${count}`;
  if (!meshes.has(key)) {
    const { ppf } = LATENTS[latent];
    const z = new Float64Array(2 * count);
    for (let i = 0; i < count; i++) {
      z[2 * i] = ppf((i + 0.5) / count);
      z[2 * i + 1] = ppf((0.5 + GOLDEN * i) % 1);
    }
    meshes.set(key, z);
  }
  return meshes.get(key);
}

// `count` z of any number of coordinates, by the additive recurrence whose steps are the powers of
// the root of r^(dim + 1) = r + 1, which is the golden one for one coordinate.
export function quasiRandomZ(latent, dim, count) {
  let root = 1.5;
  for (let i = 0; i < 60; i++) root = (1 + root) ** (1 / (dim + 1));
  const steps = Array.from({ length: dim }, (_, j) => root ** -(j + 1) % 1);
  const { ppf } = LATENTS[latent];
  const z = new Float64Array(dim * count);
  for (let i = 0; i < count; i++) for (let j = 0; j < dim; j++) z[i * dim + j] = ppf((0.5 + steps[j] * (i + 1)) % 1);
  return z;
}
