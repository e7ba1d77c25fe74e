// The numbers that are predicted in figure_1.md, as gan_lab/checkers/by_chapter has them.

import { LATENTS } from "../data/latents.js";
import { pushforward } from "../frame/line/pushforward.js";

const AT = [-2, -1, -0.2, 0.2, 1, 2, 4];
// G(z) = z left of 0 and 3 z right of it.
const KINKED = { start: [0, 0], slope: [1, 3], anchor: [0, 0], knots: [0] };

export const NUMBERS_OF_FIGURE_1 = {
  "density beside a kink": () => {
    const p_g = pushforward(KINKED, LATENTS.gaussian);
    return [AT.map((x) => Math.exp(p_g.logAt(x)))];
  },
};
