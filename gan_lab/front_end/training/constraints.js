// What is done to D's weights after each of its steps, as in gan_lab/training/losses.py: in place.

import { spectralNorm } from "../numeric/spectral_norm.js";

export const CONSTRAINTS = {
  // Every parameter into [-c, c], Arjovsky et al. 2017, Algorithm 1.
  clip({ flat }, strength, round) {
    const c = round(strength);
    for (let i = 0; i < flat.length; i++) flat[i] = Math.min(c, Math.max(-c, flat[i]));
  },
  // Each weight matrix divided by its largest singular value: that of Miyato et al. 2018, made exact.
  spectral({ weights, widths }, on, round) {
    weights.forEach((W, l) => {
      const largest = spectralNorm(W, widths[l], widths[l + 1]);
      if (largest > 0) for (let i = 0; i < W.length; i++) W[i] = round(W[i] / largest); // zeros stay zeros
    });
  },
};
