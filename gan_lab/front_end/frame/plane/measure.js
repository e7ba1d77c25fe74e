// What a mesh of z shows of a game in the plane: p_g on cells, and so D*, V, C, the JSD, and which modes
// were found. Nats.

import { MLP } from "../../networks/mlp.js";
import { values, valuesWithSlopes } from "../../networks/values.js";
import { softplus } from "../../numeric/game_value.js";
import { momentOf } from "../measured.js";
import { freeSum, readoutOf } from "../readout.js";
import { bestOnCells, divergenceOf } from "./cells.js";
import { hitsOf } from "./distribution.js";
import { onGrid } from "./setting.js";

const AT_ONCE = 2000; // points of one step
const NOTHING_SHARED = { value: Math.LN2, error: 0, given: true, perfect: NaN };

// G and D of a game as functions of flat arrays in data units.
export function playersOf({ G, D, center, scale }) {
  const inUnits = (points) => points.map((v, i) => (v - center[i % 2]) / scale);
  return {
    G: (z) => values(G, z).map((v, i) => center[i % 2] + scale * v),
    D: (points) => values(D, inUnits(points)),
    slopes: (points) => valuesWithSlopes(D, inUnits(points)),
  };
}

// Distributions that share no probability: a p_g on a curve, or on finitely many points.
function apart({ latent, latent_dim }) {
  if (latent === "bernoulli") return `p_G sits on at most ${2 ** latent_dim} points, where p_data has no probability.`;
  return latent_dim === 1 ? "p_G lies on a curve, where p_data has no probability." : null;
}

// V(G, D) as means over samples: [value, two standard errors].
function valueOfSamples(real, fake, logit) {
  const parts = [real.map((v) => -softplus(-logit(v))), fake.map((v) => -softplus(logit(v)))];
  const [V, square] = parts.reduce(
    ([total, squares], terms) => {
      const mean = terms.reduce((a, b) => a + b, 0) / terms.length;
      const spread = terms.reduce((a, b) => a + (b - mean) ** 2, 0) / (terms.length - 1);
      return [total + mean, squares + spread / terms.length];
    },
    [0, 0],
  );
  return [V, 2 * Math.sqrt(square)];
}

function countModes(points, { modes }) {
  if (!modes.length) return { modes_found: NaN, missing: [], quality: NaN };
  const { hits, good, count } = hitsOf(points, modes);
  const missing = modes.flatMap((_, i) => (hits[i] ? [] : [i]));
  return {
    modes_found: modes.length - missing.length,
    missing,
    quality: good / count,
  };
}

// The JSD on those of the finer grids where its error is least.
function* divergence(fine, coarse, finer) {
  let best = null;
  for (const grid of finer) {
    const found = divergenceOf({ ...grid, fine: onGrid(fine, grid), coarse: onGrid(coarse, grid) });
    if (!best || (found.given >= best.given && found.error < best.error)) best = { ...found, perfect: grid.perfect };
    yield;
  }
  return best;
}

// A function at very many points, some at a time.
function* bit(f, points, dim) {
  const parts = [];
  for (let i = 0; i < points.length; i += dim * AT_ONCE) {
    parts.push(f(points.subarray(i, i + dim * AT_ONCE)));
    yield;
  }
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

// A game as it is now, for what is seen of it later: plain values, which a message can carry.
export function frozen(training) {
  const { G, D, center, scale, recipe } = training;
  const still = ({ widths, activation, flat }) => ({ widths, activation, flat: flat.slice() });
  return { G: still(G), D: still(D), center, scale, recipe, ...momentOf(training) };
}

/** @type {(still: any) => any} */
export function thawed({ G, D, ...game }) {
  const net = ({ widths, activation, flat }) => new MLP(widths, activation, flat);
  return { ...game, G: net(G), D: net(D) };
}

// All that needs G at very many z, in steps of a few milliseconds; the last one returns it as `frame/measured.js`
// has it: { at, numbers }.
export function* measuring(training, { p_data, grid, finer, meshes, z, real }) {
  const { recipe } = training;
  const at = momentOf(training);
  const players = playersOf(training);
  const G = (points) => bit(players.G, points, recipe.latent_dim);
  const [fine, coarse] = [yield* G(meshes[0]), yield* G(meshes[1])];
  const reading = readoutOf(recipe.loss);
  const best = bestOnCells(grid.p_data, onGrid(fine, grid), onGrid(coarse, grid), grid.columns);
  const said = apart(recipe);
  const jsd = said ? { ...NOTHING_SHARED } : yield* divergence(fine, coarse, finer);
  const blind = said || reading.score;
  const scored = yield* G(z);
  const [of_real, of_fake] = [yield* bit(players.D, real, 2), yield* bit(players.D, scored, 2)];
  const sum = reading.free ? freeSum(of_real, of_fake) : 0;
  const [V, V_error] = reading.finite ? valueOfSamples(of_real, of_fake, (v) => reading.logit(v - sum)) : [NaN, NaN];
  const numbers = {
    D_star: best.D_star.map((p) => (blind ? NaN : reading.best(Math.log(p) - Math.log1p(-p)))),
    D_star_error: blind ? NaN : best.error,
    D_star_known: blind ? 0 : best.known,
    V,
    V_error,
    C: jsd.given && !reading.score ? 2 * jsd.value - Math.log(4) : NaN,
    C_error: jsd.given && !reading.score ? 2 * jsd.error : NaN,
    jsd: jsd.given ? jsd.value : NaN,
    jsd_error: jsd.given ? jsd.error : NaN,
    jsd_perfect: jsd.perfect,
    ...(said ? { p_g_note: said } : {}),
    ...countModes(scored, p_data),
  };
  return { at, numbers };
}
