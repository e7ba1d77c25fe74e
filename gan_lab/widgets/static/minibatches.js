// What Algorithm 1 samples: m examples of the data and m of noise, in D's units, as gan_lab/data.py
// draws them. They go into arrays that are given, and nothing is remembered between draws.

import { dimOf } from "./kinds_of_data.js";
import { FOR_D, FOR_G, samplerOf } from "./samples_of_data.js";
import { PURPOSE } from "./streams.js";

// From numbers of a stream to coordinates of z.
const LATENTS = {
  gaussian: (z) => z,
  uniform: (u) => 2 * u - 1,
  bernoulli: (u) => (u > 0.5 ? 1 : 0),
};

export class Minibatches {
  constructor(recipe, stream, center, scale, round) {
    Object.assign(this, { stream, center, scale, round });
    this.sample = samplerOf(recipe.data);
    this.dim = dimOf(recipe.data);
    this.latent = LATENTS[recipe.latent];
    this.normal = recipe.latent === "gaussian";
  }

  dataForD(t, step, x) {
    this.data(FOR_D, t, step, x);
  }

  noiseForD(t, step, z) {
    this.noise(PURPOSE.NOISE_FOR_D, t, step, z);
  }

  dataForG(t, x) {
    this.data(FOR_G, t, 0, x);
  }

  noiseForG(t, z) {
    this.noise(PURPOSE.NOISE_FOR_G, t, 0, z);
  }

  data(purposes, t, step, x) {
    const { center, scale, dim, round } = this;
    this.sample(this.stream, purposes, t, step, x);
    for (let i = 0; i < x.length; i++) x[i] = round((x[i] - center[i % dim]) / scale);
  }

  noise(purpose, t, step, z) {
    const { latent, round, stream } = this;
    if (this.normal) stream.normal(purpose, t, step, z);
    else stream.uniform(purpose, t, step, z);
    for (let i = 0; i < z.length; i++) z[i] = round(latent(z[i]));
  }
}
