// The distribution of x = G(z) on the line, exactly, for a G that is linear in pieces: p_g of the paper.
//
// On each piece the density is p_z(z) / |slope|; a piece on which G is flat sends its probability to
// one point, an atom. As gan_lab/theory/pushforward.py.

import { increasing, pieceAt } from "../../numeric/sorted.js";
import { onCurve } from "./piecewise_linear.js";

const NEGLIGIBLE = 1e-18; // the mass of a piece that no integral notices

// The pieces of positive probability, each between two z, and the atoms as { x, mass }.
function split(curve, p_z) {
  const moving = [];
  const atoms = new Map();
  const add = (x, mass) => atoms.set(x, (atoms.get(x) ?? 0) + mass);
  curve.slope.forEach((slope, i) => {
    const low = Math.max(p_z.ends[0], i ? curve.knots[i - 1] : -Infinity);
    const high = Math.min(p_z.ends[1], i < curve.knots.length ? curve.knots[i] : Infinity);
    const mass = low < high ? p_z.mass(low, high) : 0;
    if (mass > 0 && slope === 0) add(curve.start[i], mass);
    if (mass > 0 && slope !== 0) moving.push([i, low, high, mass]);
  });
  for (const [z, mass] of p_z.atoms) add(onCurve(curve, z), mass);
  const sorted = [...atoms].sort((a, b) => a[0] - b[0]);
  return { moving, atoms: sorted.map(([x, mass]) => ({ x, mass })) };
}

// For each gap between neighbouring ends the moving pieces above it: those of gap g are
// over[offsets[g]] to over[offsets[g + 1] - 1].
export function index(low, high, ends) {
  const gaps = Math.max(0, ends.length - 1);
  const first = low.map((x) => pieceAt(ends, x) - 1);
  const last = high.map((x) => pieceAt(ends, x) - 1);
  const offsets = new Int32Array(gaps + 1);
  for (let i = 0; i < low.length; i++) for (let g = first[i]; g < last[i]; g++) offsets[g + 1] += 1;
  for (let g = 0; g < gaps; g++) offsets[g + 1] += offsets[g];
  const over = new Int32Array(offsets[gaps]);
  const next = offsets.slice();
  for (let i = 0; i < low.length; i++) for (let g = first[i]; g < last[i]; g++) over[next[g]++] = i;
  return { offsets, over };
}

// log of the sum of exp.
export function logSum(logs) {
  const top = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  return top === -Infinity ? top : top + Math.log(logs.reduce((sum, l) => sum + Math.exp(l - top), 0));
}

// The push-forward of p_z by a curve: { logAt(x), densityIn(gap, x), mass(a, b), ends,
// panels, atoms }, `ends` the borders of the gaps and `panels` the finite x inside which the density is smooth.
export function pushforward(curve, p_z) {
  const { moving, atoms } = split(curve, p_z);
  const slope = Float64Array.from(moving, ([i]) => curve.slope[i]);
  const z0 = Float64Array.from(moving, ([i]) => curve.anchor[i]);
  const x0 = Float64Array.from(moving, ([i]) => curve.start[i]);
  const rate = slope.map((m) => 1 / m);
  const offset = slope.map((m) => -Math.log(Math.abs(m)));
  const ratio = offset.map((l) => Math.exp(l));
  const image = (k, z) => x0[k] + slope[k] * (z - z0[k]);
  const sides = moving.map(([, a, b], k) => [image(k, a), image(k, b)]);
  const low = sides.map(([a, b]) => Math.min(a, b));
  const high = sides.map(([a, b]) => Math.max(a, b));
  const ends = increasing([...low, ...high]);
  const { offsets, over } = index(low, high, ends);
  const seen = moving.flatMap(([, a, b, mass], k) =>
    mass < NEGLIGIBLE ? [] : [low[k], high[k], ...p_z.panels.filter((z) => z > a && z < b).map((z) => image(k, z))],
  );

  function logAt(x) {
    const gap = pieceAt(ends, x) - 1;
    if (gap < 0 || gap >= ends.length - 1) return -Infinity;
    const here = Array.from(over.subarray(offsets[gap], offsets[gap + 1]));
    return logSum(here.map((k) => p_z.log(z0[k] + (x - x0[k]) / slope[k]) + offset[k]));
  }

  function densityIn(gap, x) {
    let sum = 0;
    for (let i = offsets[gap]; i < offsets[gap + 1]; i++) {
      const k = over[i];
      sum += Math.exp(p_z.log(z0[k] + (x - x0[k]) * rate[k])) * ratio[k];
    }
    return sum;
  }

  // The probability of the x from a to b, atoms included.
  function mass(a, b) {
    let total = atoms.reduce((sum, atom) => sum + (atom.x >= a && atom.x <= b ? atom.mass : 0), 0);
    moving.forEach(([, start, end], k) => {
      if (high[k] <= a || low[k] >= b) return;
      const [u, v] = [a, b].map((x) => z0[k] + (x - x0[k]) * rate[k]);
      total += p_z.mass(Math.max(start, Math.min(u, v)), Math.min(end, Math.max(u, v)));
    });
    return total;
  }

  const panels = increasing(seen.filter(Number.isFinite));
  return { logAt, densityIn, mass, ends, panels, atoms };
}
