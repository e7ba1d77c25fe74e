// Reads questions from a file and says what the page sees: games by their weights, and single functions.
// Each answer is written as JSON, numbers that JSON does not have as words.

import { readFileSync } from "node:fs";

import { MLP } from "../../gan_lab/widgets/static/networks.js";
import { normalCdf, normalQuantile } from "../../gan_lab/widgets/static/normal.js";
import { readingOf } from "../../gan_lab/widgets/static/outputs.js";
import { hitsOf, lawInPlane } from "../../gan_lab/widgets/static/plane_law.js";
import { see } from "../../gan_lab/widgets/static/see.js";

const net = ({ widths, activation, layers }) => new MLP(widths, activation, Float64Array.from(layers.flat(2)));

const ANSWERS = {
  see: ({ game, options }) => see({ ...game, G: net(game.G), D: net(game.D), gradientNormG: NaN }, options),
  cdf: ({ x }) => x.map(normalCdf),
  quantile: ({ u }) => u.map(normalQuantile),
  shown: ({ loss, outputs }) => outputs.map(readingOf(loss).shown),
  best: ({ loss, logits }) => logits.map(readingOf(loss).best),
  hits({ points, data }) {
    const { hits, good } = hitsOf(points, lawInPlane(data).modes);
    return { hits, good };
  },
};

const plain = (_, v) => {
  if (ArrayBuffer.isView(v)) return Array.from(v);
  return typeof v === "number" && !Number.isFinite(v) ? String(v) : v;
};
const questions = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(questions.map(({ what, ...question }) => ANSWERS[what](question)), plain));
