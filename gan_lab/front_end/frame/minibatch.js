// The minibatch of the line of Algorithm 1 that was done last: its points, what D says of each (`out`, its outputs), what
// each pays (`pays`, and before a move `paid`) and weighs in the move that they make, and, for G, where its loss pulls them.
//
// Draws are counted, so that those of a line are found again from the recipe and the moment of the game,
// whoever plays it. What the next move will do with them is computed by the same costs, on copies of the players.

import { LATENTS } from "../data/latents.js";
import { values } from "../networks/values.js";
import { Stream } from "../numeric/random_streams.js";
import { Objective } from "../training/objective.js";
import { paidByG, paidToD } from "./pays.js";
import { frozen, thawed } from "./plane/measure.js";

const lengths = (slopes) => slopes.map(Math.abs);
const largest = (rows) => rows.reduce((most, row) => row.reduce((a, b) => Math.max(a, b), most), 0);

// The players as they are now, with all that a move of theirs asks for; points in data units.
function benchOf(game) {
  const copy = thawed(frozen(game));
  const { recipe, center, scale, G, D } = copy;
  const round = recipe.dtype === "float32" ? Math.fround : (v) => v;
  const dim = center.length;
  const costs = new Objective(copy, recipe, new Stream(recipe.seed), copy, round);
  const inDataUnits = (x) => x.map((v, i) => center[i % dim] + scale * v);
  const room = (width) => new Float64Array(recipe.m * width);
  return { D, costs, recipe, scale, inDataUnits, room, dim, made: (z) => inDataUnits(values(G, z)) };
}

// z, the share of the probability below each of its numbers, and G(z).
function noiseOf(player, z, { recipe, made }) {
  const { mass } = LATENTS[recipe.latent];
  return { player, z, level: z.map((v) => mass(-Infinity, v)), fake: made(z) };
}

// D's step as it would be now: all that it does is in the costs' arrays.
function stepOfD(game) {
  const bench = benchOf(game);
  const { costs, recipe, room } = bench;
  costs.ofD(game.t, game.steps);
  const { m } = recipe;
  const { x, out, g_out } = costs.pass_D;
  return {
    ...bench,
    z: costs.minibatches.noiseForD(game.t, game.steps, room(recipe.latent_dim)),
    saw: x.slice(0, 2 * m * bench.dim), // with the noise on it, if any, in D's own units
    out: halves(out, m),
    steep: halves(g_out, m).map(lengths),
  };
}

const halves = (array, m) => [0, m].map((start) => array.slice(start, start + m));

function noiseForD(game) {
  const { z, saw, out, ...bench } = stepOfD(game);
  const [, fake] = out;
  return { ...noiseOf("D", z, bench), saw, out: { real: null, fake }, pays: paidToD(bench.recipe, null, fake) };
}

// Both minibatches, and how steep D's loss is in its output at each point, the largest being 1.
function dataForD(game) {
  const { z, saw, out, steep, ...bench } = stepOfD(game);
  const { costs, recipe, room, dim, inDataUnits } = bench;
  const [real, fake] = out;
  const most = largest(steep) || 1;
  const [real_weight, fake_weight] = steep.map((row) => row.map((v) => v / most));
  return {
    ...noiseOf("D", z, bench),
    real: inDataUnits(costs.minibatches.dataForD(game.t, game.steps, room(dim))),
    saw,
    out: { real, fake },
    pays: paidToD(recipe, real, fake),
    real_weight,
    fake_weight,
  };
}

// The points of G's own step; m times minus the slope of its loss at each of them, nats per unit of x.
function noiseForG(game) {
  const bench = benchOf(game);
  const { costs, recipe, scale, room, dim } = bench;
  const { m } = recipe;
  const z = costs.minibatches.noiseForG(game.t, room(recipe.latent_dim));
  costs.ofG(game.t);
  const pull = costs.pass_G.g_out.map((slope) => (-m * slope) / scale);
  const fake = costs.pass_D.out.slice(m, 2 * m);
  const saw = costs.pass_D.x.slice(m * dim, 2 * m * dim);
  return { ...noiseOf("G", z, bench), saw, out: { real: null, fake }, pays: paidByG(recipe, fake), pull };
}

const SAMPLED = {
  "sample noise for D": noiseForD,
  "sample data for D": dataForD,
  "sample noise for G": noiseForG,
};

// The same points before the D of now, and what they have paid before.
function afterD(game, { saw, pays, real }) {
  const { D, recipe } = benchOf(game);
  const [of_real, of_fake] = halves(values(D, saw), recipe.m);
  return { out: { real: of_real, fake: of_fake }, pays: paidToD(recipe, real && of_real, of_fake), paid: pays };
}

// Where G puts the same z now, what D says there, under the same noise, and what they have paid before.
function afterG(game, { z, fake, saw, pays }) {
  const { D, recipe, scale, made } = benchOf(game);
  const moved = made(z);
  const out = values(
    D,
    saw.map((at, i) => at + (moved[i] - fake[i]) / scale),
  );
  return { moved, out: { real: null, fake: out }, pays: paidByG(recipe, out), paid: pays };
}

// What a line of Algorithm 1 did to the minibatch, of the game as it is after the line; `before` is this of
// the line before. A move keeps the points that made it, G's with where they are now. Null where this is not
// known: no line was done, D sees packs, or the samples of a move were never seen.
export function minibatchAfter(line, game, before = null) {
  if (!line || game.recipe.packing > 1) return null;
  const { instance_noise, iterations } = game.recipe;
  const noisy = instance_noise > 0 && game.t < iterations; // what D says is of points with noise on them
  const said = { line: line.name, loss: line.loss ?? null, noisy };
  if (SAMPLED[line.name]) return { ...SAMPLED[line.name](game), ...said };
  if (before?.player !== line.name.slice(-1)) return null;
  return { ...before, ...(line.name === "move G" ? afterG : afterD)(game, before), ...said };
}
