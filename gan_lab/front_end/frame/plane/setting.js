// What stays the same while a game in the plane is played: the cells, the meshes of z, and draws to look
// at. Kept for as long as the same data, latents and seed are asked for.

import { drawLatents } from "../../data/latents.js";
import { latticeOfZ, quasiRandomZ } from "../../data/quasi_random.js";
import { Stream } from "../../numeric/random_streams.js";
import { deposit, jsOf } from "./cells.js";
import { distributionInPlane, edgesOf, LOOKING, samplesOf } from "./distribution.js";

const FINER = [64, 96, 128, 192, 256, 384]; // cells on a side for the JSD: those that fit the data
const NEAR = 9; // sds of a bell beyond which the JSD does not notice it
const SCORED = 2500; // samples in which modes are counted, as VEEGAN and PacGAN count them

const settings = new Map();
export function settingOf(recipe, cells, mesh) {
  const { data, latent, latent_dim, seed } = recipe;
  const key = JSON.stringify([data, latent, latent_dim, seed, cells, mesh]);
  if (!settings.has(key)) {
    if (settings.size > 7) settings.clear();
    settings.set(key, makeSetting(recipe, cells, mesh));
  }
  return settings.get(key);
}

function makeSetting({ data, latent, latent_dim, seed }, cells, mesh) {
  const p_data = distributionInPlane(data);
  const own = samplesOf(data, seed, mesh * mesh, 2);
  const even = (count) => (latent_dim === 2 ? latticeOfZ(latent, count) : quasiRandomZ(latent, latent_dim, count));
  const fits = FINER.findIndex((n) => p_data.width / n <= 1.5 * p_data.thinnest);
  const finer = fits < 0 ? FINER.slice(-1) : FINER.slice(fits, fits + 4);
  return {
    p_data,
    real: samplesOf(data, seed, SCORED),
    z: noiseOf(latent, latent_dim, seed, SCORED),
    meshes: [mesh, mesh / 2].map((n) => even(Math.floor(n) ** 2)),
    centres: centresOf(p_data.box, cells),
    grid: gridOf(p_data, cells),
    finer: finer.map((n) => gridOf(p_data, n, NEAR)).map((g) => ({ ...g, perfect: jsOf(g.p_data, onGrid(own, g)) })),
  };
}

// So many cells of the window on each side, and the probability of the data in each.
function gridOf({ box, cells, thinnest }, columns, reach) {
  const [x, y] = [edgesOf(box[0], box[1], columns), edgesOf(box[2], box[3], columns)];
  return { x, y, columns, thinnest, side: x[1] - x[0], p_data: cells(x, y, reach) };
}

export const onGrid = (points, { x, y }) => deposit(points, x, y, 2 / points.length);

// Draws of z to look at, the same at every moment: points move because G does.
function noiseOf(latent, dim, seed, count) {
  return drawLatents(new Stream(seed), latent, LOOKING.NOISE, 0, 0, new Float64Array(count * dim));
}

/** @type {(box: number[], cells: number) => Float64Array} */
function centresOf([x0, x1, y0, y1], cells) {
  const points = new Float64Array(2 * cells * cells);
  for (let i = 0, at = 0; i < cells; i++)
    for (let j = 0; j < cells; j++) {
      points[at++] = x0 + ((j + 0.5) / cells) * (x1 - x0);
      points[at++] = y0 + ((i + 0.5) / cells) * (y1 - y0);
    }
  return points;
}
