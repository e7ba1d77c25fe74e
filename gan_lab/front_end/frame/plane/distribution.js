// p_data in the plane as pictures need it: the window, its modes, its cells, and what a generator
// without fault would score.

import { centresOf, densityOf } from "../../data/densities.js";
import { kindOf } from "../../data/kinds.js";
import { samplerOf } from "../../data/samples.js";
import { Stream } from "../../numeric/random_streams.js";

// Draws to look at a game, apart from those that it is played with (see DOMAIN in numeric/random_streams.js).
export const LOOKING = { PICK: 64, DATA: 65, NOISE: 66 };

const RADIUS = 3; // sds within which a sample of a mode is of high quality, as VEEGAN and PacGAN count
const PERFECT = 20_000; // samples of the data that are scored where modes overlap

// Edges of `cells` equal cells, as numpy's linspace has them.
export function edgesOf(low, high, cells) {
  const step = (high - low) / cells;
  const edges = Float64Array.from({ length: cells + 1 }, (_, i) => low + i * step);
  edges[cells] = high;
  return edges;
}

// A square around the centres of the data's bells and three sds more, 15 % wider on each side.
function windowOf(centres) {
  const ends = (axis, sign) => sign * centres.reduce((most, c) => Math.max(most, sign * c[axis] + 3 * c.sd), -Infinity);
  const box = ["x", "y"].map((axis) => [ends(axis, -1), ends(axis, 1)]);
  const half = 0.65 * Math.max(...box.map(([low, high]) => high - low));
  return box.flatMap(([low, high]) => [(low + high) / 2 - half, (low + high) / 2 + half]);
}

// How many samples are nearest to each mode, each in its own sds, and within three of them, as PacGAN's
// code counts and `modes.nearest` does: { hits, good, count }.
export function hitsOf(points, modes) {
  const hits = new Int32Array(modes.length);
  const count = points.length / 2;
  let good = 0;
  for (let p = 0; p < count; p++) {
    const [x, y] = [points[2 * p], points[2 * p + 1]];
    let [nearest, distance, least] = [0, Infinity, Infinity];
    for (let i = 0; i < modes.length; i++) {
      const away = Math.sqrt((x - modes[i].x) ** 2 + (y - modes[i].y) ** 2);
      if (away / modes[i].sd < least) [nearest, distance, least] = [i, away, away / modes[i].sd];
    }
    if (distance < RADIUS * modes[nearest].sd) {
      hits[nearest] += 1;
      good += 1;
    }
  }
  return { hits, good, count };
}

// So many points of the data, drawn to be looked at: always the same ones.
export function samplesOf(data, seed, count, number = 0) {
  const points = new Float64Array(2 * count);
  samplerOf(data)(new Stream(seed), [LOOKING.PICK, LOOKING.DATA], number, 0, points);
  return points;
}

// The share of high quality of the data's own samples: more than 1 - exp(-9/2) only where modes overlap.
function qualityOf(data, modes) {
  const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) >= 2 * RADIUS * Math.max(a.sd, b.sd);
  if (modes.every((a, i) => modes.every((b, j) => i === j || apart(a, b)))) return 1 - Math.exp((-RADIUS * RADIUS) / 2);
  const { good, count } = hitsOf(samplesOf(data, 0, PERFECT, 1), modes);
  return good / count;
}

// { box, width, thinnest, modes, quality, cells(x, y) } of a recipe's data in the plane; modes is []
// where the data have none.
export function distributionInPlane(data) {
  const p_data = densityOf(data);
  const centres = centresOf(data);
  const box = windowOf(centres);
  const drawn = kindOf(data) === "dots"; // a dot of a curve that a hand drew is no mode
  const modes = (drawn ? [] : (p_data.modes ?? [])).map(({ x, y, sd }) => ({ x, y, sd }));
  return {
    box,
    width: Math.max(box[1] - box[0], box[3] - box[2]),
    thinnest: centres.reduce((least, c) => Math.min(least, c.sd), Infinity),
    modes,
    quality: modes.length ? qualityOf(data, modes) : NaN,
    cells: p_data.cells,
  };
}
