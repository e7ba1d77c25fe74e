// What is predicted in the chapter on likelihood models: what the ELBO lacks for each width of q.

import { linearGaussianElbo } from "../numeric/elbo.js";

const WIDTHS = [0.2, 0.4, 0.7, 1, 1.3, 1.6];

export const NUMBERS_OF_LIKELIHOOD_MODELS = {
  "what the ELBO lacks": () => {
    const found = WIDTHS.map((t) => linearGaussianElbo(0, 1, 1, 0, t));
    return [found.map(({ logP, elbo }) => logP - elbo)];
  },
};
