// The minibatch of the line of Algorithm 1 that was done last: its points, what each of them weighs in the
// move that they make, and, for G, where its loss pulls them.
//
// Draws are counted, so that those of a line are found again from the recipe and the moment of the game,
// whoever plays it. What the next move will do with them is computed by the same costs, on copies of the players.

import { LATENTS } from "../data/latents.js";
import { values } from "../networks/values.js";
import { Stream } from "../numeric/random_streams.js";
import { Objective } from "../training/objective.js";
import { frozen, thawed } from "./plane/measure.js";

const lengths = (slopes) => slopes.map(Math.abs);
const largest = (rows) => rows.reduce((most, row) => row.reduce((a, b) => Math.max(a, b), most), 0);

// The players as they are now, with all that a move of theirs asks for; points in data units.
function benchOf(game) {
  const copy = thawed(frozen(game));
  const { recipe, center, scale, G } = copy;
  const round = recipe.dtype === "float32" ? Math.fround : (v) => v;
  const dim = center.length;
  const costs = new Objective(copy, recipe, new Stream(recipe.seed), copy, round);
  const inDataUnits = (x) => x.map((v, i) => center[i % dim] + scale * v);
  const room = (width) => new Float64Array(recipe.m * width);
  return { costs, recipe, scale, inDataUnits, room, dim, made: (z) => inDataUnits(values(G, z)) };
}

// z, the share of the probability below each of its numbers, and G(z).
function noiseOf(player, z, { recipe, made }) {
  const { mass } = LATENTS[recipe.latent];
  return { player, z, level: z.map((v) => mass(-Infinity, v)), fake: made(z) };
}

function noiseForD(game) {
  const bench = benchOf(game);
  const { costs, recipe, room } = bench;
  return noiseOf("D", costs.minibatches.noiseForD(game.t, game.steps, room(recipe.latent_dim)), bench);
}

// Both minibatches, and how steep D's loss is in its output at each point, the largest being 1.
function dataForD(game) {
  const { costs, recipe, room, dim, inDataUnits } = benchOf(game);
  const real = inDataUnits(costs.minibatches.dataForD(game.t, game.steps, room(dim)));
  costs.ofD(game.t, game.steps);
  const { m } = recipe;
  const steep = [0, m].map((start) => lengths(costs.pass_D.g_out.slice(start, start + m)));
  const most = largest(steep) || 1;
  const [real_weight, fake_weight] = steep.map((row) => row.map((v) => v / most));
  return { ...noiseForD(game), real, real_weight, fake_weight };
}

// The points of G's own step; m times minus the slope of its loss at each of them, nats per unit of x.
function noiseForG(game) {
  const bench = benchOf(game);
  const { costs, recipe, scale, room } = bench;
  const z = costs.minibatches.noiseForG(game.t, room(recipe.latent_dim));
  costs.ofG(game.t);
  const pull = costs.pass_G.g_out.map((slope) => (-recipe.m * slope) / scale);
  return { ...noiseOf("G", z, bench), pull };
}

const SAMPLED = {
  "sample noise for D": noiseForD,
  "sample data for D": dataForD,
  "sample noise for G": noiseForG,
};

// What a line of Algorithm 1 did to the minibatch, of the game as it is after the line; `before` is this of
// the line before. A move keeps the points that made it, G's with where they are now. Null where this is not
// known: no line was done, D sees packs, or the samples of a move were never seen.
export function minibatchAfter(line, game, before = null) {
  if (!line || game.recipe.packing > 1) return null;
  const said = { line: line.name, loss: line.loss ?? null };
  if (SAMPLED[line.name]) return { ...SAMPLED[line.name](game), ...said };
  if (before?.player !== line.name.slice(-1)) return null;
  const moved = line.name === "move G" ? { moved: benchOf(game).made(before.z) } : {};
  return { ...before, ...moved, ...said };
}
