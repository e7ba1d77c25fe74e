// The distribution of x = G(z) on the line for a smooth G: as `pushforward`, by the stretches on which G
// is monotone. What the polynomials that stand for G may change of its density is known at every x.

import { increasing, pieceAt } from "../../numeric/sorted.js";
import { imageOf, inverseOf, stretchesOf } from "./monotone_pieces.js";
import { index, logSum } from "./pushforward.js";

const SATURATED = 1e-11; // a flat stretch of no more probability is left to the error
const STEEPEST = 1e-300; // a slope is no less: at a fold a density is large and not infinite
const ROUNDING = 16 * Number.EPSILON; // of x, relative to it
const WHOLLY = 2; // a density is off by no more than so many times itself

// The atoms that flat runs and the atoms of p_z make, and the probability of what G has no value for.
function atomsOf({ cuts, runs }, p_z, onG) {
  const atoms = new Map();
  let carried = 0;
  const add = (x, mass) => {
    atoms.set(x, (atoms.get(x) ?? 0) + mass);
    carried += mass;
  };
  for (const { first, last, way } of runs) {
    const mass = p_z.mass(cuts.z[first], cuts.z[last]);
    if (Math.abs(way) === 1) carried += mass;
    if (way === 0 && mass > SATURATED) add(cuts.x[(first + last) >> 1], mass);
  }
  for (const [z, mass] of p_z.atoms) add(onG(z), mass);
  const sorted = [...atoms].sort((a, b) => a[0] - b[0]);
  return { atoms: sorted.map(([x, mass]) => ({ x, mass })), lost: Math.max(0, 1 - carried) };
}

// The x of the folds and of every second knot within `far`: between them G is close to one polynomial.
function panelsOf({ cell, t, z, x }, far) {
  const kept = (_, j) => (t[j] !== 0 || cell[j] % 2 === 0) && Math.abs(z[j]) <= far && Number.isFinite(x[j]);
  return increasing(x.filter(kept));
}

// |slope| of G where it is x: next to a fold no less than what the rounding of x lets be known.
function steepness(at, x) {
  const known = Math.sqrt(2 * Math.abs(at[2] * x) * ROUNDING);
  return Math.max(Math.abs(at[1]), known, STEEPEST);
}

// The x at which G turns: p_g is infinite there.
const polesOf = ({ cuts, runs }) =>
  runs.flatMap(({ last, way }, r) => (way * runs[r + 1]?.way === -1 ? [cuts.x[last]] : []));

class SmoothDistribution {
  curve;
  p_z;
  atoms;
  doubt;
  rounding;
  moved;

  constructor(curve, p_z, far, onG) {
    const stretches = stretchesOf(curve);
    const { x } = stretches.cuts;
    Object.assign(this, { curve, p_z }, atomsOf(stretches, p_z, onG));
    this.poles = polesOf(stretches);
    this.runs = stretches.runs.filter(({ way }) => Math.abs(way) === 1);
    this.low = this.runs.map(({ first, last }) => Math.min(x[first], x[last]));
    this.high = this.runs.map(({ first, last }) => Math.max(x[first], x[last]));
    this.ends = increasing([...this.low, ...this.high]);
    const { offsets, over } = index(this.low, this.high, this.ends);
    this.over = Array.from(offsets.subarray(1), (end, gap) => over.subarray(offsets[gap], end));
    this.panels = panelsOf(stretches.cuts, far);
    this.solve = inverseOf(curve, stretches.cuts); // (run, x, at), see there
    this.imageAt = imageOf(curve); // (z, at), see there
    this.at = new Float64Array(4);
    // Of the last density: what it may be off by, the part of it that the rounding of x explains, and the
    // density times the distance by which its x may be off.
    [this.doubt, this.rounding, this.moved] = [0, 0, 0];
    this.logAt = this.logAt.bind(this);
  }

  // The gap between neighbouring ends in which x lies, -1 for none.
  gapAt(x) {
    const gap = pieceAt(this.ends, x) - 1;
    return gap < this.over.length ? gap : -1;
  }

  // The runs that reach from a to b, both of one gap.
  runsOver(gap, a, b) {
    const all = gap < 0 ? [] : Array.from(this.over[gap]);
    return all.filter((r) => this.low[r] <= a && b <= this.high[r]).map((r) => this.runs[r]);
  }

  logAt(x) {
    const gap = this.gapAt(x);
    const logs = Array.from(gap < 0 ? [] : this.over[gap], (r) => {
      this.solve(this.runs[r], x, this.at);
      return this.p_z.log(this.at[0]) - Math.log(steepness(this.at, x));
    });
    return logSum(logs);
  }

  // In a gap, at the x that is the image of a z of the run `lead`, of which `known` is known.
  densityIn(gap, x, lead, known) {
    const { runs, p_z, at } = this;
    let sum = 0;
    [this.doubt, this.rounding, this.moved] = [0, 0, 0];
    if (gap < 0) return sum;
    for (const r of this.over[gap]) {
      const leads = runs[r] === lead;
      const here = leads ? known : at;
      if (!leads) this.solve(runs[r], x, at);
      const slope = leads ? Math.max(Math.abs(known[1]), STEEPEST) : steepness(at, x);
      const density = Math.exp(p_z.log(here[0])) / slope;
      sum += density;
      this.note(here, x, density, slope);
    }
    return sum;
  }

  // What the polynomial of a cell and the rounding of x may change of a density there.
  note(at, x, density, slope) {
    const { off, steep } = this.curve;
    const bent = Math.abs(at[0]) + Math.abs(at[2]) / slope; // of log p_g, at most, per unit of z
    const rounding = (ROUNDING * Math.abs(x) * bent) / slope;
    const doubt = (steep[at[3]] + off[at[3]] * bent) / slope + rounding;
    this.doubt += density * (doubt < WHOLLY ? doubt : WHOLLY);
    this.rounding += density * (rounding < WHOLLY ? rounding : WHOLLY);
    this.moved += density * off[at[3]];
  }

  // The probability of the x from a to b, atoms included.
  mass(a, b) {
    const inside = ({ x }) => x >= a && x <= b;
    const zAt = (run, x) => {
      this.solve(run, x, this.at);
      return this.at[0];
    };
    let total = this.atoms.reduce((sum, atom) => sum + (inside(atom) ? atom.mass : 0), 0);
    this.runs.forEach((run, r) => {
      if (this.high[r] <= a || this.low[r] >= b) return;
      const [u, v] = [zAt(run, Math.max(a, this.low[r])), zAt(run, Math.min(b, this.high[r]))];
      total += this.p_z.mass(Math.min(u, v), Math.max(u, v));
    });
    return total;
  }
}

// The push-forward of p_z by a curve of frame/line/smooth_curve.js, onG(z) being G: { logAt(x), mass(a, b), panels,
// atoms, lost, poles } and what an integral asks for. `panels` are x of |z| <= far.
export const smoothPushforward = (curve, p_z, far, onG) => new SmoothDistribution(curve, p_z, far, onG);
