// Reads questions from a file and says what the page sees: games by their weights, and single functions.
// Each answer is written as JSON, numbers that JSON does not have as words.

import { readFileSync } from "node:fs";
import { frameOf } from "../../gan_lab/front_end/frame/frame_of.js";
import { minibatchAfter } from "../../gan_lab/front_end/frame/minibatch.js";
import { distributionInPlane, hitsOf } from "../../gan_lab/front_end/frame/plane/distribution.js";
import { readoutOf } from "../../gan_lab/front_end/frame/readout.js";
import { MLP } from "../../gan_lab/front_end/networks/mlp.js";
import { normalCdf, normalQuantile } from "../../gan_lab/front_end/numeric/normal.js";

const net = ({ widths, activation, layers }) => new MLP(widths, activation, Float64Array.from(layers.flat(2)));

const ANSWERS = {
  see: ({ game, options }) => frameOf({ ...game, G: net(game.G), D: net(game.D), gradientNormG: NaN }, options),
  minibatch: ({ game, line }) => minibatchAfter(line, { ...game, G: net(game.G), D: net(game.D) }),
  cdf: ({ x }) => x.map(normalCdf),
  quantile: ({ u }) => u.map(normalQuantile),
  shown: ({ loss, outputs }) => outputs.map(readoutOf(loss).shown),
  best: ({ loss, logits }) => logits.map(readoutOf(loss).best),
  own: ({ loss, shares }) => shares.map(readoutOf(loss).own.of),
  hits({ points, data }) {
    const { hits, good } = hitsOf(points, distributionInPlane(data).modes);
    return { hits, good };
  },
};

const plain = (_, v) => {
  if (ArrayBuffer.isView(v)) return Array.from(v);
  return typeof v === "number" && !Number.isFinite(v) ? String(v) : v;
};
const questions = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(
  JSON.stringify(
    questions.map(({ what, ...question }) => ANSWERS[what](question)),
    plain,
  ),
);
