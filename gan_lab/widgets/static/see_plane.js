// What can be seen of a game in the plane at one moment, as arrays.
//
// D, samples, their pull and the image of the square of z are cheap and always of the moment. p_g on
// cells of the plane comes from a mesh of z (`plane_cells.js`), and what is made of it, D*, V, C, the
// JSD and the modes found, may be kept from an earlier moment: `mesh_t` says from which. Nats.

import { evenZ, latticeOfZ } from "./even_points.js";
import { LOSSES } from "./losses.js";
import { values, valuesWithSlopes } from "./network_values.js";
import { accuracyOf, freeSum, readingOf, squeezed } from "./outputs.js";
import { bestOnCells, deposit, divergenceOf, jsOf } from "./plane_cells.js";
import { edgesOf, hitsOf, lawInPlane, LOOKING, samplesOf } from "./plane_law.js";
import { LATENTS } from "./pushed.js";
import { Stream } from "./streams.js";

const CELLS = 48; // of the picture, on each side
const FINER = [64, 96, 128, 192, 256, 384]; // for the JSD: those that fit the thinnest part of the data
const NEAR = 9; // sds of a bell beyond which the JSD does not notice it
const MESH = 224; // its square is the number of z
const SHOWN = 200; // samples
const SCORED = 2500; // samples in which modes are counted, as VEEGAN and PacGAN count them
const SIDE = 16; // squares of z on a side
const ALONG = 256; // stretches of a z of one number

// What stays the same while a game is played.
const settings = new Map();
function settingOf(recipe, cells, mesh) {
  const { data, latent, latent_dim, seed } = recipe;
  const key = JSON.stringify([data, latent, latent_dim, seed, cells, mesh]);
  if (!settings.has(key)) {
    if (settings.size > 7) settings.clear();
    settings.set(key, makeSetting(recipe, cells, mesh));
  }
  return settings.get(key);
}

function makeSetting({ data, latent, latent_dim, seed }, cells, mesh) {
  const law = lawInPlane(data);
  const own = samplesOf(data, seed, mesh * mesh, 2);
  const even = (count) => (latent_dim === 2 ? latticeOfZ(latent, count) : evenZ(latent, latent_dim, count));
  const fits = FINER.findIndex((n) => law.width / n <= 1.5 * law.thinnest);
  const finer = fits < 0 ? FINER.slice(-1) : FINER.slice(fits, fits + 4);
  return {
    law,
    real: samplesOf(data, seed, SCORED),
    z: noiseOf(latent, latent_dim, seed, SCORED),
    meshes: [mesh, mesh / 2].map((n) => even(Math.floor(n) ** 2)),
    centres: centresOf(law.box, cells),
    grid: gridOf(law, cells),
    finer: finer.map((n) => gridOf(law, n, NEAR)).map((g) => ({ ...g, perfect: jsOf(g.p_data, onGrid(own, g)) })),
  };
}

// So many cells of the window on each side, and the probability of the data in each.
function gridOf({ box, cells, thinnest }, columns, reach) {
  const [x, y] = [edgesOf(box[0], box[1], columns), edgesOf(box[2], box[3], columns)];
  return { x, y, columns, thinnest, side: x[1] - x[0], p_data: cells(x, y, reach) };
}

const onGrid = (points, { x, y }) => deposit(points, x, y, 2 / points.length);

// Draws of z to look at, the same at every moment: points move because G does.
function noiseOf(latent, dim, seed, count) {
  const stream = new Stream(seed);
  const z = new Float64Array(count * dim);
  if (latent === "gaussian") return stream.normal(LOOKING.NOISE, 0, 0, z);
  return stream.uniform(LOOKING.NOISE, 0, 0, z).map(LATENTS[latent].ppf);
}

function centresOf([x0, x1, y0, y1], cells) {
  const points = new Float64Array(2 * cells * cells);
  for (let i = 0, at = 0; i < cells; i++)
    for (let j = 0; j < cells; j++) {
      points[at++] = x0 + ((j + 0.5) / cells) * (x1 - x0);
      points[at++] = y0 + ((i + 0.5) / cells) * (y1 - y0);
    }
  return points;
}

// G and D of a game as functions of flat arrays in data units.
function playersOf({ G, D, center, scale }) {
  const inUnits = (points) => points.map((v, i) => (v - center[i % 2]) / scale);
  return {
    G: (z) => values(G, z).map((v, i) => center[i % 2] + scale * v),
    D: (points) => values(D, inUnits(points)),
    slopes: (points) => valuesWithSlopes(D, inUnits(points)),
  };
}

// Minus the slope of the generator's cost at each sample, times their number: where it wants to go.
function pullOn(fake, of_real, players, { recipe: { loss }, scale }) {
  const { value, slope } = players.slopes(fake);
  const { fake: alone, pairs } = LOSSES[loss].G;
  return slope.map((v, i) => {
    const p = Math.floor(i / 2);
    const drive = pairs ? pairs.slope(of_real[p] - value[p]) : -alone.slope(value[p]);
    return (drive * v) / scale;
  });
}

// G of a square of z, rows of its second coordinate, at the quantiles (i + 1/2) / (side + 1).
function warpOf(G, { latent, latent_dim }) {
  if (latent === "bernoulli" || latent_dim > 2) return null;
  const side = latent_dim === 1 ? ALONG : SIDE;
  const level = Float64Array.from({ length: side + 1 }, (_, i) => LATENTS[latent].ppf((i + 0.5) / (side + 1)));
  if (latent_dim === 1) return { side, points: G(level), curve: true };
  const z = new Float64Array(2 * (side + 1) ** 2);
  level.forEach((v, i) => level.forEach((u, j) => z.set([u, v], 2 * (i * (side + 1) + j))));
  return { side, points: G(z) };
}

// Laws that share no probability: a p_g on a curve, or on finitely many points.
function apart({ latent, latent_dim }) {
  if (latent === "bernoulli") return `p_G sits on at most ${2 ** latent_dim} points, where p_data has no probability.`;
  return latent_dim === 1 ? "p_G lies on a curve, where p_data has no probability." : null;
}

// V(G, D) as means over samples: [value, two standard errors].
function valueOf(real, fake, logit) {
  const softplus = (t) => Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
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

function countModes(points, { modes, quality }) {
  const none = { modes_found: NaN, modes_of: 0, missing: [], quality: NaN, quality_perfect: NaN, modes };
  if (!modes.length) return none;
  const { hits, good, count } = hitsOf(points, modes);
  const missing = modes.flatMap((_, i) => (hits[i] ? [] : [i]));
  return {
    modes_found: modes.length - missing.length,
    modes_of: modes.length,
    missing,
    quality: good / count,
    quality_perfect: quality,
    modes,
  };
}

// The JSD on those of the finer grids where its error is least.
function divergence(fine, coarse, finer) {
  const on = (g) => divergenceOf({ ...g, fine: onGrid(fine, g), coarse: onGrid(coarse, g) });
  const found = finer.map((g) => ({ ...on(g), perfect: g.perfect }));
  return found.reduce((a, b) => (b.given >= a.given && b.error < a.error ? b : a));
}

// All that needs G at very many z.
function measure(training, setting, players) {
  const { recipe, t } = training;
  const { law, grid, finer, meshes } = setting;
  const [fine, coarse] = meshes.map((z) => players.G(z));
  const reading = readingOf(recipe.loss);
  const best = bestOnCells(grid.p_data, onGrid(fine, grid), onGrid(coarse, grid), grid.columns);
  const said = apart(recipe);
  const jsd = said ? { value: Math.LN2, error: 0, given: true, perfect: NaN } : divergence(fine, coarse, finer);
  const blind = said || reading.score;
  const scored = players.G(setting.z);
  const [of_real, of_fake] = [players.D(setting.real), players.D(scored)];
  const sum = reading.free ? freeSum(of_real, of_fake) : 0;
  const [V, V_error] = reading.finite ? valueOf(of_real, of_fake, (v) => reading.logit(v - sum)) : [NaN, NaN];
  return {
    mesh_t: t,
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
    ...countModes(scored, law),
  };
}

// The frame of a game as it is now. `memory` is an object in which what needs the mesh is kept; without
// `heavy` it is taken from there when it is there.
export function seePlane(training, { memory = {}, heavy = true, cells = CELLS, mesh = MESH } = {}) {
  const { recipe } = training;
  const setting = settingOf(recipe, cells, mesh);
  const players = playersOf(training);
  if (heavy || !memory.measured) memory.measured = measure(training, setting, players);
  const fake = players.G(setting.z.subarray(0, SHOWN * recipe.latent_dim));
  const real = setting.real.subarray(0, 2 * SHOWN);
  const reading = readingOf(recipe.loss);
  const v = players.D(setting.centres);
  const [of_real, of_fake] = [players.D(real), players.D(fake)];
  const sum = reading.free ? freeSum(of_real, of_fake) : 0;
  const shown = reading.score ? squeezed(v) : { D: v.map((output) => reading.shown(output - sum)) };
  const frame = {
    dim: 2,
    t: training.t,
    turn: training.turn,
    loss_D: training.loss_D,
    loss_G: training.loss_G,
    grad_G: training.gradientNormG,
    D_kind: reading.score ? "score" : "probability",
    accuracy: accuracyOf(of_real, of_fake, reading, sum),
    box: setting.law.box,
    cells,
    D: shown.D,
    real: real.slice(),
    fake,
    pull: pullOn(fake, of_real, players, training),
    warp: warpOf(players.G, recipe),
    ...memory.measured,
  };
  if (reading.score) frame.score_range = shown.range;
  return frame;
}
