// Iterations of Algorithm 1 in Node, timed on demand: node in_page.mjs games.json [tfjs folder].
//
// Each line that comes in is "who game iterations", who being "page" (the trainer of the page) or "tfjs"
// (TensorFlow.js on its WASM backend); the answer is the milliseconds that one iteration took.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

import { Training } from "../gan_lab/front_end/training/loop.js";

const recipes = JSON.parse(readFileSync(process.argv[2]));
const folder = process.argv[3];

const pages = Object.entries(recipes).map(([name, recipe]) => {
  const game = new Training(recipe);
  return [`page ${name}`, (n) => game.play(n)];
});

// The same game as anyone would write it in TensorFlow.js. Its minibatches are slices of pools drawn
// beforehand, since its own generators are slow and are not what is measured.
async function tfjsGame({ latent_dim, G, D, m, k, lr_D, lr_G }) {
  const require = createRequire(`${folder}/package.json`);
  const tf = require("@tensorflow/tfjs");
  const wasm = require("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(`${folder}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
  wasm.setThreadsCount(1);
  if (!(await tf.setBackend("wasm"))) throw new Error("no WASM backend");
  await tf.ready();
  const layers = (widths) =>
    widths.slice(1).map((w, l) => {
      const bound = 1 / Math.sqrt(widths[l]);
      return [tf.variable(tf.randomUniform([widths[l], w], -bound, bound)), tf.variable(tf.zeros([w]))];
    });
  const [g, d] = [layers([latent_dim, ...G, 2]), layers([2, ...D, 1])];
  const apply = (net, x) => net.reduce((h, [W, b], l) => tf.add(tf.matMul(l ? tf.relu(h) : h, W), b), x);
  const pools = { x: tf.randomNormal([64 * m, 2]), z: tf.randomUniform([64 * m, latent_dim], -1, 1) };
  let drawn = 0;
  const draw = (name) => tf.slice(pools[name], [(drawn++ % 64) * m, 0], [m, -1]);
  const [sgd_D, sgd_G] = [tf.train.sgd(lr_D), tf.train.sgd(lr_G)];
  const cost = (logit, sign) => tf.mean(tf.softplus(tf.mul(logit, sign)));
  return (n) => {
    for (let t = 0; t < n; t++)
      tf.tidy(() => {
        for (let i = 0; i < k; i++) {
          const [x, fake] = [draw("x"), apply(g, draw("z"))];
          sgd_D.minimize(() => tf.add(cost(apply(d, x), -1), cost(apply(d, fake), 1)), false, d.flat());
        }
        const z = draw("z");
        sgd_G.minimize(() => cost(apply(d, apply(g, z)), -1), false, g.flat());
      });
    return g[0][1].dataSync();
  };
}

const games = Object.fromEntries(pages);
if (folder) games["tfjs gan_lab_2018"] = await tfjsGame(recipes.gan_lab_2018);
console.log(`ready ${process.version}`);

for await (const line of createInterface({ input: process.stdin })) {
  const [who, name, count] = line.split(" ");
  const [play, n] = [games[`${who} ${name}`], Number(count)];
  const start = performance.now();
  play(n);
  console.log((performance.now() - start) / n);
}
