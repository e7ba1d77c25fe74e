// The graph of p_g on the line as it is drawn: with every step, however thin it is.
//
// Points of an axis are not enough. Early in a game p_g is a needle that falls between two of them, and where
// G has a kink it jumps. Here are as many points as the distribution itself asks for; as gan_lab/recording/outlines.py.

import { LATENTS } from "../../data/latents.js";
import { normalCdf } from "../../numeric/normal.js";
import { increasing, pieceAt } from "../../numeric/sorted.js";

const LOOKS = 193; // z whose images are looked at, evenly spaced in sds of a Gaussian
const WIDEST = 6; // between so many of them
const NEARER = Array.from({ length: 40 }, (_, k) => 0.65 ** (k + 1)); // where points lie beside a pole ...
const AROUND = 6; // ... between it and so many points further on
const CLOSE = 1e-3; // how far the line may be from p_g: of the height of the picture ...
const RELATIVE = 5e-3; // ... or of p_g itself, whichever is more
const ROUNDING = 64 * Number.EPSILON; // of an end of the axis: points no further apart are one

const known = new Map();
// The z of a p_z whose images say where p_g is; nearly all of it lies between the outermost.
export function spotsOf(latent) {
  const level = (i) => normalCdf(WIDEST * ((2 * i) / (LOOKS - 1) - 1));
  if (!known.has(latent))
    known.set(
      latent,
      Float64Array.from({ length: LOOKS }, (_, i) => LATENTS[latent].ppf(level(i))),
    );
  return known.get(latent);
}

// Ever nearer points on both sides of each pole, which is one of the points, but none so near as `near`.
function nearPoles(points, poles, near) {
  return poles.flatMap((pole) => {
    const i = pieceAt(points, pole) - 1;
    const sides = [points[Math.max(0, i - AROUND)], points[Math.min(points.length - 1, i + AROUND)]];
    const away = sides.flatMap((side) => NEARER.map((share) => share * (side - pole)));
    return away.filter((step) => Math.abs(step) > 2 * near).map((step) => pole + step);
  });
}

// What p_g is just below and just above x: not the same at an end of a piece of it.
function beside(law, x) {
  const { ends, poles = [] } = law;
  const gap = pieceAt(ends, x) - 1;
  const within = (g) => (g < 0 || g >= ends.length - 1 ? 0 : law.densityIn(g, x));
  const above = within(gap);
  const below = gap >= 0 && ends[gap] === x ? within(gap - 1) : above;
  if (!poles.includes(x)) return [below, above];
  return below > above ? [Infinity, above] : [below, Infinity];
}

// Which of the vertices keep the line close (Douglas and Peucker 1973, by heights).
function keptOf(x, heights, high) {
  const most = heights.reduce((top, v) => (Number.isFinite(v) ? Math.max(top, v) : top), 0);
  const y = heights.map((v) => Math.min(v, 2 * most));
  const keep = new Set([0, x.length - 1]);
  const waiting = [[0, x.length - 1]];
  while (waiting.length) {
    const [i, j] = waiting.pop();
    const slope = (y[j] - y[i]) / (x[j] - x[i] || Infinity);
    let [far, worst] = [i, 1];
    for (let k = i + 1; k < j; k++) {
      const off = Math.abs(y[k] - y[i] - slope * (x[k] - x[i])) / Math.max(CLOSE * high, RELATIVE * y[k]);
      if (off > worst) [far, worst] = [k, off];
    }
    if (far === i) continue;
    keep.add(far);
    waiting.push([i, far], [far, j]);
  }
  return [...keep].sort((a, b) => a - b);
}

// The first and the last of all points that only rounding parts: between two pieces of G it may leave a hole or
// an overlap.
function together(points, near) {
  const places = [];
  for (const x of points) {
    const latest = places[places.length - 1];
    if (latest && x - latest[1] <= near) latest[1] = x;
    else places.push([x, x]);
  }
  return places;
}

// { x, p_g }: the graph over an axis as a line. x never falls: at a step two vertices share it, and where G folds a
// height is infinite. `law` is the distribution of pushforward.js, smooth_pushforward.js or sampled.js, `images` are
// G at `spotsOf`, and `high` is the height of the picture.
export function outlineOf(law, images, axis, high) {
  const { ends, panels, poles = [] } = law;
  const [first, last] = [axis[0], axis[axis.length - 1]];
  const inside = (x) => x >= first && x <= last;
  const there = increasing([...axis, ...ends, ...panels, ...images].filter(inside));
  const near = ROUNDING * Math.max(Math.abs(first), Math.abs(last));
  const points = increasing([...there, ...nearPoles(there, poles.filter(inside), near)].filter(inside));
  const places = together(points, near);
  const at = places.flat();
  const heights = places.flatMap(([a, b]) => {
    const sides = beside(law, a);
    return a === b ? sides : [sides[0], beside(law, b)[1]];
  });
  [heights[0], heights[at.length - 1]] = [heights[1], heights[at.length - 2]];
  const kept = keptOf(at, heights, high);
  return { x: Float64Array.from(kept, (i) => at[i]), p_g: Float64Array.from(kept, (i) => heights[i]) };
}
