// The stretches of z on which a smooth G is monotone, and its inverse on each of them.
//
// G is cut at the knots of its polynomials and where these turn. z and x of all cuts stand in one table
// which neighbours share; a stretch is a run of cuts at which x rises, or falls.

import { bendAt, cellAt, quinticAt, slopeAt } from "./smooth_curve.js";
import { turningPointsOf } from "./turning_points.js";

const FLAT = 16 * Number.EPSILON; // relative to its size, what the rounding of a network explains
const NEWTON = 60; // steps, most of which never happen
const CLOSE = 1e-8; // of a cell: after a step of Newton's no longer than this, no digit is missing

// The table { cell, t, z, x }, of one entry more than there are pieces; a piece lies in one cell.
function cutsOf({ knots, coefficients }) {
  const [cell, t, z, x] = [[], [], [], []];
  const cut = (i, at) => {
    cell.push(i);
    t.push(at);
    z.push(at === 1 ? knots[i + 1] : knots[i] + at * (knots[i + 1] - knots[i]));
    x.push(quinticAt(coefficients, 6 * i, at));
  };
  const last = knots.length - 2;
  for (let i = 0; i <= last; i++) {
    cut(i, 0);
    for (const at of turningPointsOf(coefficients, 6 * i)) cut(i, at);
  }
  cut(last, 1);
  return { cell: Int32Array.from(cell), t: Float64Array.from(t), z: Float64Array.from(z), x: Float64Array.from(x) };
}

// Where the next x is: 1 above, -1 below, 0 the same but for rounding, NaN where there is none.
function wayOf(x, next) {
  const rise = next - x;
  const size = Math.max(Math.abs(x), Math.abs(next));
  if (!Number.isFinite(rise)) return NaN;
  return Math.abs(rise) <= FLAT * size ? 0 : Math.sign(rise);
}

// { cuts, runs: [{ first, last, way }] }: from the cut `first` to the cut `last`.
export function stretchesOf(curve) {
  const cuts = cutsOf(curve);
  const runs = [];
  for (let j = 0; j + 1 < cuts.x.length; j++) {
    const way = wayOf(cuts.x[j], cuts.x[j + 1]);
    const run = runs[runs.length - 1];
    if (run && run.way === way) run.last = j + 1;
    else runs.push({ first: j, last: j + 1, way });
  }
  return { cuts, runs };
}

// The piece of a run above x: the cut before it.
function pieceOver(cuts, { first, last, way }, x) {
  let [low, high] = [first, last - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (way * (x - cuts[middle]) >= 0) low = middle;
    else high = middle - 1;
  }
  return low;
}

// The t between low and high where the polynomial at k of c, monotone there, is x: Newton's steps from t,
// halvings where they leave.
function tAt(c, k, way, x, low, high, t) {
  for (let n = 0; n < NEWTON; n++) {
    const miss = quinticAt(c, k, t) - x;
    if (miss * way > 0) high = t;
    else low = t;
    let next = t - miss / slopeAt(c, k, t);
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const moved = Math.abs(next - t);
    t = next;
    if (moved < CLOSE) break;
  }
  return t;
}

// For a curve and its cuts, (run, x, at): what is known of G on a run at the z where it is x, into
// `at` = [z, slope, second derivative, cell].
export function inverseOf({ knots, coefficients: c }, { cell, t: ts, x: xs }) {
  return function solve(run, x, at) {
    const j = pieceOver(xs, run, x);
    const i = cell[j];
    const [low, high] = [ts[j], cell[j + 1] === i ? ts[j + 1] : 1];
    const share = (x - xs[j]) / (xs[j + 1] - xs[j]); // of the way between the two cuts
    let t = share > 0 ? high : low;
    if (share > 0 && share < 1) t = tAt(c, 6 * i, run.way, x, low, high, low + share * (high - low));
    const step = knots[i + 1] - knots[i];
    at[0] = knots[i] + t * step;
    at[1] = slopeAt(c, 6 * i, t) / step;
    at[2] = bendAt(c, 6 * i, t) / (step * step);
    at[3] = i;
  };
}

// For a curve, (z, at): G(z), and what is known of G there into `at`, as above.
export function imageOf(curve) {
  const { knots, coefficients: c } = curve;
  return function image(z, at) {
    const i = cellAt(curve, z);
    const step = knots[i + 1] - knots[i];
    const t = (z - knots[i]) / step;
    at[0] = z;
    at[1] = slopeAt(c, 6 * i, t) / step;
    at[2] = bendAt(c, 6 * i, t) / (step * step);
    at[3] = i;
    return quinticAt(c, 6 * i, t);
  };
}
