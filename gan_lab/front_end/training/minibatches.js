// What Algorithm 1 samples: m examples of the data and m of noise, in D's units, as gan_lab.datasets
// draws them. They go into the arrays that are given, which are handed back, and nothing is remembered between draws.

import { dimOf } from "../data/kinds.js";
import { drawLatents } from "../data/latents.js";
import { FOR_D, FOR_G, samplerOf, samplerOfTrainingSet } from "../data/samples.js";
import { DOMAIN } from "../numeric/random_streams.js";

export class Minibatches {
  stream;
  center;
  scale;
  round;

  constructor(recipe, stream, center, scale, round) {
    Object.assign(this, { stream, center, scale, round });
    this.sample = recipe.n ? samplerOfTrainingSet(recipe, stream) : samplerOf(recipe.data);
    this.dim = dimOf(recipe.data);
    this.latent = recipe.latent;
  }

  dataForD(t, step, x) {
    return this.data(FOR_D, t, step, x);
  }

  noiseForD(t, step, z) {
    return this.noise(DOMAIN.NOISE_FOR_D, t, step, z);
  }

  dataForG(t, x) {
    return this.data(FOR_G, t, 0, x);
  }

  noiseForG(t, z) {
    return this.noise(DOMAIN.NOISE_FOR_G, t, 0, z);
  }

  data(purposes, t, step, x) {
    const { center, scale, dim, round } = this;
    this.sample(this.stream, purposes, t, step, x);
    for (let i = 0; i < x.length; i++) x[i] = round((x[i] - center[i % dim]) / scale);
    return x;
  }

  noise(purpose, t, step, z) {
    const { latent, round, stream } = this;
    drawLatents(stream, latent, purpose, t, step, z);
    for (let i = 0; i < z.length; i++) z[i] = round(z[i]);
    return z;
  }
}
