// A player on the line as a function in pieces, in data units: exact where its activation is linear
// in pieces, else interpolated.
//
// A curve has `knots` (n), sorted, and on each of its n + 1 pieces `anchor`, `start` and `slope`: it
// is start + slope (t - anchor) there. Where `knots` are the kinks of the network nothing is lost.

import { between, kinksOf, values, valuesWithSlopes } from "./network_values.js";
import { pieceAt } from "./sorted.js";

// Slopes from the values at both ends of each piece. A piece is flat where the rounding of the
// network would explain its rise.
function joined(knots, at, value) {
  const pieces = at.length - 1;
  const slope = new Float64Array(pieces);
  for (let i = 0; i < pieces; i++) {
    const rise = value[i + 1] - value[i];
    const size = Math.max(Math.abs(value[i]), Math.abs(value[i + 1]));
    slope[i] = Math.abs(rise) <= 16 * Number.EPSILON * size ? 0 : rise / (at[i + 1] - at[i]);
  }
  return { knots, anchor: at.subarray(0, pieces), start: value.subarray(0, pieces), slope };
}

const beyond = (knots) => (knots.length ? 1 + Math.max(Math.abs(knots[0]), Math.abs(knots[knots.length - 1])) : 1);

// G of a z of one number, center + scale net(z), for a net that is linear in pieces.
export function curveOfG(net, center, scale) {
  const knots = kinksOf(net);
  const z = between(knots, beyond(knots));
  return joined(knots, z, values(net, z).map((h) => center + scale * h));
}

// A smooth G by its values and slopes at evenly spaced z, an odd number of them: `fine`, the lines
// through all of them, `rough`, those through every second one, and `slopeAt` (see there).
export function smoothG(net, center, scale, knots) {
  const z = between(knots, beyond(knots));
  const { value, slope } = valuesWithSlopes(net, z);
  const x = value.map((h) => center + scale * h);
  const last = z.length - 1;
  const kept = (points) => points.filter((_, i) => i === 0 || i === last || i % 2 === 1);
  const inner = (points) => points.subarray(1, last);
  return {
    fine: joined(knots, z, x),
    rough: joined(inner(kept(z)), kept(z), kept(x)),
    slopeAt: slopeAt(knots, inner(x), inner(slope).map((v) => v * scale)),
  };
}

// D's output at x: net((x - center) / scale), for a net that is linear in pieces.
export function curveOfD(net, center, scale) {
  const kinks = kinksOf(net);
  const far = kinks.length ? 1 + kinks[kinks.length - 1] - kinks[0] : 1;
  const u = between(kinks, far);
  return joined(kinks.map(toData), u.map(toData), values(net, u));
  function toData(v) {
    return center + scale * v;
  }
}

export function onCurve(curve, t) {
  const i = pieceAt(curve.knots, t);
  return curve.start[i] + curve.slope[i] * (t - curve.anchor[i]);
}

const FOLDED = 0.2; // of the slope between two knots, below which a cubic is near a fold

// Of a smooth function, as cubics through its values and slopes at knots: (piece, z, x) -> log |slope|
// where the cubic of that piece is x, near z; null next to a fold and beyond the knots.
const slopeAt = (knots, value, slope) => (piece, z, x) => {
  if (piece === 0 || piece === knots.length) return null;
  const step = knots[piece] - knots[piece - 1];
  const ends = (array) => array.subarray(piece - 1, piece + 1);
  const cell = { low: knots[piece - 1], step, value: ends(value), slope: ends(slope) };
  const line = (value[piece] - value[piece - 1]) / step;
  let steep = slopeOfCubic(cell, z);
  for (let i = 0; i < 2 && steep / line > FOLDED; i++) {
    z -= (onCubic(cell, z) - x) / steep;
    steep = slopeOfCubic(cell, z);
  }
  return steep / line > FOLDED ? Math.log(Math.abs(steep)) : null;
};

function slopeOfCubic({ low, step, value: [a, b], slope: [p, q] }, x) {
  const t = (x - low) / step;
  return p + t * (2 * (3 * (b - a) / step - 2 * p - q) + 3 * t * (2 * (a - b) / step + p + q));
}

// A smooth D between two ends as cubics through its values and slopes at `count` even steps:
// { low, step, value, slope, error }, the error being the largest that 64 points between show.
export function smoothD(net, center, scale, low, high, count) {
  const step = (high - low) / count;
  const net_x = (x) => (x - center) / scale;
  const knots = Float64Array.from({ length: count + 1 }, (_, i) => net_x(low + i * step));
  const { value, slope } = valuesWithSlopes(net, knots);
  for (let i = 0; i <= count; i++) slope[i] /= scale;
  const curve = { low, step, value, slope, error: 0 };
  const some = Float64Array.from({ length: 64 }, (_, i) => low + ((i + 0.37) / 64) * (high - low));
  const truth = values(net, some.map(net_x));
  some.forEach((x, i) => {
    curve.error = Math.max(curve.error, Math.abs(truth[i] - onCubic(curve, x)));
  });
  return curve;
}

export function onCubic({ low, step, value, slope }, x) {
  const i = Math.min(value.length - 2, Math.max(0, Math.floor((x - low) / step)));
  const t = (x - low) / step - i;
  const [a, b] = [value[i], value[i + 1]];
  const [p, q] = [slope[i] * step, slope[i + 1] * step];
  return a + t * (p + t * (3 * (b - a) - 2 * p - q + t * (2 * (a - b) + p + q)));
}
