// The numbers that are predicted in what_the_generator_minimises.md, as gan_lab/checkers/by_chapter has them.

import { gaussian, jsd, sigmoid, V } from "../numeric/game_value.js";
import { meanOf } from "../numeric/mean.js";
import { DOMAIN, Stream } from "../numeric/random_streams.js";
import { medianOfSeeds } from "./small_games.js";

const DISTANCES = [0.5, 1, 2, 3, 4, 6, 8];
const MOMENTS = [0, 4, 10, 20, 30, 60, 120];
const [RATE_D, RATE_G, GAMMA] = [0.1, 0.8, 2];

const data = gaussian(0, 1);
// The best D between N(0, 1) and N(a, 1).
const logit = (x, a) => (a * a) / 2 - a * x;

// How fast V on a minibatch rises with a, and with theta.
function slopeOfD(theta, a, draw) {
  const right = draw(DOMAIN.DATA_FOR_D).map((x) => sigmoid(-logit(x, a)) * (a - x));
  const wrong = draw(DOMAIN.NOISE_FOR_D).map((z) => sigmoid(logit(theta + z, a)) * (a - theta - z));
  return meanOf(right) - meanOf(wrong);
}
const slopeOfG = (theta, a, draw) => a * meanOf(draw(DOMAIN.NOISE_FOR_G).map((z) => sigmoid(logit(theta + z, a))));

// V at each of the moments, of one seed's game.
function valuesOnTheWay(seed) {
  const stream = new Stream(seed);
  let [theta, a] = [2, 0];
  const found = [];
  for (let t = 0; t <= MOMENTS[MOMENTS.length - 1]; t++) {
    const [mean, s] = [theta, a];
    if (MOMENTS.includes(t)) found.push(V(data, gaussian(mean, 1), (x) => logit(x, s)));
    const draw = (purpose) => stream.normal(purpose, t, 0, new Float64Array(64));
    a += RATE_D * (slopeOfD(theta, a, draw) - GAMMA * a);
    theta -= RATE_G * slopeOfG(theta, a, draw);
  }
  return found;
}

export const NUMBERS_OF_WHAT_THE_GENERATOR_MINIMISES = {
  "JSD against distance": () => [DISTANCES.map((mu) => jsd(data, gaussian(mu, 1)))],
  "V on the way": () => [medianOfSeeds(10, valuesOnTheWay)],
};
