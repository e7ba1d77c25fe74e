// A smooth player on the line as polynomials of degree 5 between knots, in data units.
//
// Each polynomial has the network's values, slopes and second derivatives at both ends of its cell, so that
// neighbours join as smoothly as that. A cell is halved until the network in its middle is what the
// polynomial of the whole cell says; the halves are what is used, and the error stated is a quarter of that
// of the whole.

import { jetsOf } from "../../networks/jets.js";
import { pieceAt } from "../../numeric/sorted.js";

const MOST = 1200; // cells halved in one curve
const SHORTEST = 1e-12; // relative to where it lies, below which no cell is halved
const KEPT = 0.25; // of an error, what halving may leave: where cells are short, 1/64 of a value's, 1/32 of a slope's
const ODD = 0.125; // the largest value of (t (1 - t))^3 (t - 1/2) in units of its slope in the middle
const ROUNDED = 4 * Number.EPSILON; // of a value
const FALLING = 3.5; // the largest slope of (t (1 - t))^3 in units of its value in the middle

// The six coefficients in t = (z - low) / step, from what is known at both ends.
function quintic(into, at, step, { value, slope, bend }, i, j) {
  const rise = value[j] - value[i];
  const [d, e] = [step * slope[i], step * slope[j]];
  const [b, c] = [step * step * bend[i], step * step * bend[j]];
  into[at] = value[i];
  into[at + 1] = d;
  into[at + 2] = 0.5 * b;
  into[at + 3] = 10 * rise - 6 * d - 4 * e - 1.5 * b + 0.5 * c;
  into[at + 4] = -15 * rise + 8 * d + 7 * e + 1.5 * b - c;
  into[at + 5] = 6 * rise - 3 * (d + e) + 0.5 * (c - b);
}

// How far the polynomial between the knots i and j is from the network at their middle m: in value and,
// at worst, in slope.
const whole = new Float64Array(6);
function errorOf(points, i, j, m) {
  const step = points.z[j] - points.z[i];
  quintic(whole, 0, step, points, i, j);
  const miss = Math.abs(quinticAt(whole, 0, 0.5) - points.value[m]);
  const tilt = Math.abs(slopeAt(whole, 0, 0.5) / step - points.slope[m]);
  return { step, off: miss + ODD * step * tilt, steep: tilt + (FALLING * miss) / step };
}

function joined(one, other) {
  const both = new Float64Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

const added = (points, more) =>
  Object.fromEntries(Object.keys(points).map((name) => [name, joined(points[name], more[name])]));

// The cells { i, m, j, off, steep } that need no halving: their knots and their middle among `points`.
function closeCells(jetsAt, start, isClose) {
  let points = { z: start, ...jetsAt(start) };
  let open = Array.from({ length: start.length - 1 }, (_, i) => [i, i + 1]);
  const done = [];
  let spent = 0;
  while (open.length) {
    const middle = Float64Array.from(open, ([i, j]) => 0.5 * (points.z[i] + points.z[j]));
    const first = points.z.length;
    points = added(points, { z: middle, ...jetsAt(middle) });
    spent += open.length;
    const next = [];
    open.forEach(([i, j], n) => {
      const m = first + n;
      const error = errorOf(points, i, j, m);
      const shortest = SHORTEST * Math.max(Math.abs(points.z[i]), Math.abs(points.z[j]));
      const enough = isClose(points, i, j, m, error) || error.step < shortest || spent > MOST;
      if (enough) done.push({ i, m, j, ...error });
      else next.push([i, m], [m, j]);
    });
    open = next;
  }
  return { points, done: done.sort((one, other) => points.z[one.i] - points.z[other.i]) };
}

// { knots, coefficients, off, steep }: the knots (n + 1), and of each cell six coefficients and the errors
// of value and slope. Cells come in pairs, the halves of one; a network without a finite value somewhere
// has no finite polynomial there.
function curveThrough({ points, done }) {
  const count = 2 * done.length;
  const knots = new Float64Array(count + 1);
  const coefficients = new Float64Array(6 * count);
  const [off, steep] = [new Float64Array(count), new Float64Array(count)];
  done.forEach(({ i, m, j, ...error }, n) => {
    [
      [i, m],
      [m, j],
    ].forEach(([from, to], half) => {
      const cell = 2 * n + half;
      knots[cell] = points.z[from];
      quintic(coefficients, 6 * cell, points.z[to] - points.z[from], points, from, to);
      off[cell] = KEPT * error.off + ROUNDED * Math.abs(points.value[m]);
      steep[cell] = KEPT * error.steep;
    });
    knots[2 * n + 2] = points.z[j];
  });
  return { knots, coefficients, off, steep };
}

export function cellAt({ knots }, z) {
  return Math.min(knots.length - 2, Math.max(0, pieceAt(knots, z) - 1));
}

export const quinticAt = (c, k, t) =>
  c[k] + t * (c[k + 1] + t * (c[k + 2] + t * (c[k + 3] + t * (c[k + 4] + t * c[k + 5]))));

export const slopeAt = (c, k, t) =>
  c[k + 1] + t * (2 * c[k + 2] + t * (3 * c[k + 3] + t * (4 * c[k + 4] + t * 5 * c[k + 5])));
export const bendAt = (c, k, t) => 2 * c[k + 2] + t * (6 * c[k + 3] + t * (12 * c[k + 4] + t * 20 * c[k + 5]));

export function onSmooth(curve, z, cell = cellAt(curve, z)) {
  const { knots, coefficients } = curve;
  return quinticAt(coefficients, 6 * cell, (z - knots[cell]) / (knots[cell + 1] - knots[cell]));
}

export function steepnessOn({ knots, coefficients }, z, cell) {
  const step = knots[cell + 1] - knots[cell];
  return Math.abs(slopeAt(coefficients, 6 * cell, (z - knots[cell]) / step)) / step;
}

// What the slope of G, and so a density, may be off by before the last halving, relative to it, for |z| up to
// these; the last halving makes it 32 times less. Beyond 8.5 lies nothing of p_z.
const RELATIVE = [
  [8.5, 6e-6],
  [Infinity, 0.2],
];
const ROUNDING = 64 * Number.EPSILON;
const D_IS_CLOSE = 3e-5; // the same of an output of D, and relative to it where that is more

// G, center + scale net(z), from the first to the last of the knots to begin with.
export function smoothG(net, center, scale, start) {
  const jets = jetsOf(net);
  const jetsAt = (z) => scaled(jets(z), center, scale, scale, scale);
  return curveThrough(
    closeCells(jetsAt, start, ({ z, value, slope }, i, j, m, { step, steep }) => {
      const most = Math.max(Math.abs(slope[i]), Math.abs(slope[j]), Math.abs(slope[m]));
      const [, relative] = RELATIVE.find(([far]) => Math.abs(z[m]) <= far);
      return !(steep > relative * most && steep * step > ROUNDING * Math.abs(value[m]));
    }),
  );
}

// D's output at x, net((x - center) / scale), from the first to the last of the knots to begin with.
export function smoothD(net, center, scale, start) {
  const jets = jetsOf(net);
  const jetsAt = (x) => scaled(jets(x.map((v) => (v - center) / scale)), 0, 1, 1 / scale, 1 / scale / scale);
  return curveThrough(
    closeCells(jetsAt, start, ({ value }, i, j, m, { off }) => !(off > D_IS_CLOSE * (1 + Math.abs(value[m])))),
  );
}

function scaled({ value, slope, bend }, center, ofValue, ofSlope, ofBend) {
  for (let i = 0; i < value.length; i++) {
    value[i] = center + ofValue * value[i];
    slope[i] *= ofSlope;
    bend[i] *= ofBend;
  }
  return { value, slope, bend };
}
