// The numbers of the bugs that a reader finds (gan_lab/checkers/bugs.py): each by the code as it was written and as it
// was mended, one number or one for each of ten seeds. checkers/bug_numbers.py and training/mistakes.py compute the same.

import { C, gaussian, integral, LOG_4, sigmoid, softplus } from "../numeric/game_value.js";
import { meanOf } from "../numeric/mean.js";
import { densityOfBell, normalDensity } from "../numeric/normal.js";
import { DOMAIN, Stream } from "../numeric/random_streams.js";
import { Training } from "../training/loop.js";
import { bell, normalQuantiles, ofSeeds } from "./small_games.js";

const SEEDS = 10;
const ITERATIONS = 400;
const STEPS = 100; // of D on one minibatch
const Z = normalQuantiles(200);

const PLAIN = {
  ...{ G: [8], D: [16], m: 32, k: 1, data: bell(2, 0.5), standardise: false, optimizer: "sgd", lr_D: 0.1, lr_G: 0.1 },
  ...{ r1: 0, r2: 0, schedule: "constant", dtype: "float64" },
};
const PERFECT = {
  ...PLAIN,
  G: [],
  D: [32],
  m: 8,
  k: STEPS,
  data: bell(0, 1),
  optimizer: "adam",
  beta1: 0.5,
  lr_D: 0.02,
};

// G's step, for a game that takes another one.
const STEPS_OF_G = {
  right: (game) => game.updateGenerator(),
  // The loss with labels of fakes is minus that of minimax.
  labels(game) {
    const loss = -game.costs.ofG(game.t);
    game.G.gradient.forEach((g, i, all) => (all[i] = -g));
    game.descend("G", game.recipe.lr_G, loss, loss, game.loss_G);
    [game.t, game.steps] = [game.t + 1, 0];
  },
  // What G's loss says of D's weights, while all that it was computed with is there.
  both(game) {
    const { D, costs, recipe } = game;
    costs.ofG(game.t);
    D.gradient.fill(0);
    D.backward(costs.pass_D, recipe.m, 2 * recipe.m, { weights: true });
    const down = D.gradient.slice();
    game.updateGenerator();
    down.forEach((g, i) => (D.flat[i] -= recipe.lr_G * g));
  },
};

const LOSS_FOR = { labels: "minimax", right: "non-saturating" };

function trained(recipe, step) {
  const game = new Training(recipe);
  for (let i = 0; i < ITERATIONS; i++) {
    game.updateDiscriminator();
    STEPS_OF_G[step](game);
  }
  return game;
}
const meanOfSamples = (game) => meanOf(game.generate(Z));
const meanOfD = (game) => meanOf(game.logit(game.generate(Z)).map(sigmoid));

function printedValue(seed, fresh) {
  const game = new Training({ ...PERFECT, seed });
  game.G.flat.set([1, 0]); // G(z) = z
  for (let i = 0; i < STEPS; i++) {
    game.updateDiscriminator();
    if (!fresh) game.steps = 0; // the draws of the first step again
  }
  return -game.loss_D;
}

// Where a concave function on [0, 1] is highest, by its slope.
function top(slope) {
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}

// The best y at x = -2, ..., 2 between N(-1, 1) and N(1, 1), where a sample's term falls by cost(y, p_G).
const bestBetween = (cost) =>
  [-2, -1, 0, 1, 2].map((x) => top((y) => normalDensity(x + 1) / y - cost(y, normalDensity(x - 1))));

// y goes up or down the slope of log y + log(1 - y).
function walked(way) {
  let y = 0.4;
  for (let i = 0; i < 100; i++) {
    y += way * 0.02 * (1 / y - 1 / (1 - y));
    y = Math.min(Math.max(y, 0.01), 0.99);
  }
  return y;
}

function descended(sign) {
  let mu = 1;
  for (let i = 0; i < 50; i++) mu -= 0.1 * sign * mu;
  return mu;
}

// The probability of all bins that got a point; take(all, i) gives a point's two numbers.
function mass(take) {
  const all = new Array(24000).fill(0.5);
  let counted = 0;
  for (let i = 0; i < 450; i++) if (take(all, i).length > 1) counted += 1;
  return counted / 450;
}

// MMD^2 between a hundred draws of N(0, 1) and a hundred zeros; alone(i, j, k) says that a pair is none.
function mmd(seed, alone) {
  const x = new Stream(seed).normal(DOMAIN.DATA_FOR_D, 0, 0, new Float64Array(100));
  const kernel = (a, b) => Math.exp(-((a - b) ** 2) / 2);
  const others = (points) => {
    let [sum, count] = [0, 0];
    points.forEach((a, i) =>
      points.forEach((b, j) => {
        const k = kernel(a, b);
        if (alone(i, j, k)) return;
        sum += k;
        count += 1;
      }),
    );
    return sum / Math.max(count, 1);
  };
  return others(x) + others(new Float64Array(100)) - 2 * meanOf(x.map((a) => kernel(a, 0)));
}

function divergenceOfDisjoint(base) {
  const pairs = [
    [1, 0],
    [0, 1],
  ];
  const toMiddle = (p) => p.reduce((sum, a) => sum + (a ? (a * Math.log(2 * a)) / Math.log(base) : 0), 0);
  return meanOf(pairs.map(toMiddle));
}

const standard = gaussian(0, 1);
const valueOfHalf = (density) => integral((x) => 2 * density(x) * Math.log(0.5));
const shareOf = (p) => p / (p + normalDensity(0));
const leastLoss = (shown) => softplus(-shown(40)) + softplus(shown(-40));

// A bug by its name: () => [as written, mended], both as lists.
export const NUMBERS_OF_BUGS = {
  labels: () =>
    ["labels", "right"].map((step) =>
      ofSeeds(SEEDS, (seed) => meanOfSamples(trained({ ...PLAIN, loss: LOSS_FOR[step], seed }, step))),
    ),
  "both players": () =>
    ["both", "right"].map((step) => ofSeeds(SEEDS, (seed) => meanOfD(trained({ ...PLAIN, seed }, step)))),
  "one minibatch": () => [false, true].map((fresh) => ofSeeds(SEEDS, (seed) => printedValue(seed, fresh))),
  noise: () => [[C(standard, gaussian(0, 1))], [C(standard, gaussian(3, 1))]],
  "a line of V": () => [(y, b) => b, (y, b) => b / (1 - y)].map((cost) => bestBetween(cost)),
  "two sigmoids": () => [[leastLoss(sigmoid)], [leastLoss((logit) => logit)]],
  0.95: () => [[top((y) => 0.95 / y - 1 / (1 - y))], [top((y) => 0.95 / y - 1.05 / (1 - y))]],
  uphill: () => [[walked(-1)], [walked(1)]],
  clipped: () => [1, Infinity].map((most) => [shareOf(Math.min(densityOfBell(0, 0.1)(0), most))]),
  bell: () =>
    [(x) => Math.exp(-x * x), (x) => Math.exp((-x * x) / 2)].map((f) => [
      valueOfHalf((x) => f(x) / Math.sqrt(2 * Math.PI)),
    ]),
  "KL of a VAE": () => [[descended(-1)], [descended(1)]],
  units: () => [2, Math.E].map((base) => [2 * divergenceOfDisjoint(base) - LOG_4]),
  histogram: () =>
    [(all, i) => all.splice(2 * i, 2 * i + 2), (all, i) => all.slice(2 * i, 2 * i + 2)].map((take) => [mass(take)]),
  "MMD of one point": () =>
    [(i, j, k) => k === 1, (i, j) => i === j].map((alone) => ofSeeds(SEEDS, (seed) => mmd(seed, alone))),
};
